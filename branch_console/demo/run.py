"""The demo from start to end: central, branches, an enrolled terminal, an invented day, then the console."""

import json
import shutil
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from branch_console.central import administration, staffing
from branch_console.central.clocks import now
from branch_console.central.facts_import import import_facts
from branch_console.central.loop import run
from branch_console.central.settings import CentralSettings
from branch_console.demo import gifts
from branch_console.demo.at_once import at_once
from branch_console.demo.cases import play_cases
from branch_console.demo.central import DemoCentral, DemoError, serving_url
from branch_console.demo.history import play_day
from branch_console.demo.past.beside import writing_past
from branch_console.demo.people import ZONE, DemoBranch, DemoPeople, load_people
from branch_console.demo.wallet_core import DemoWalletCore
from branch_console.desk.desk import Desk
from branch_console.rules.staff import Role
from branch_console.security.keys import unb64url
from branch_console.services import Services
from branch_console.services.enrolling import enrol, move_central
from branch_console.services.terminal import OpenTerminal
from branch_console.settings import Settings
from branch_console.views import DemoAccount

MARK = "demo.json"
PORT = 18440


def run_demo(settings: Settings, *, fresh: bool, number: int, weeks: int) -> int:
    """Show terminal `number` (1 or 2) of the demo's first branch; return the console's exit code. Raises DemoError.

    `weeks`: how much of the invented past is written at most, at the first start.
    """
    root = settings.home
    people = load_people()
    if fresh or _half_made(root):
        _forget(root)
    _check_ours(root)
    root.mkdir(parents=True, exist_ok=True)
    first = not (root / MARK).exists()
    if first:
        _mark(root, made=False)
    _say("启动中心和数据库 · starting central and its database")
    central = DemoCentral.find_or_start(root, PORT)
    try:
        if first:
            _say("建立演示网点和员工 · making the demo branches and their staff")
            run(_found(root, people))
        terminal = replace(settings, home=root / f"terminal-{number}", sync_spread_seconds=0)
        _prepare(root, terminal, people.branches[0], number, central.url)
        with writing_past(root, weeks):
            if first:
                _say("补上虚构的一天 · inventing a day of customers")
                _invent(terminal, people)
                _mark(root, made=True)
            return _show(terminal, people)
    finally:
        central.stop()


def _show(terminal: Settings, people: DemoPeople) -> int:
    """The console, with the accounts on its login screen."""
    from branch_console.app import BranchConsole  # noqa: PLC0415  Textual is loaded when everything is ready for it

    accounts = tuple(DemoAccount(each.id, each.name, each.role, people.password) for each in people.branches[0].staff)
    services = Services(terminal, accounts)
    try:
        app = BranchConsole(services)
        app.run()
        return app.return_code or 0
    finally:
        services.stop()


async def _found(root: Path, people: DemoPeople) -> None:
    """Make branches and staff, through the administration that a real central has."""
    async with administration.office(CentralSettings(home=root)) as office:
        for branch in people.branches:
            await administration.add_branch(office, branch.code, branch.name, ZONE, "zh")
            for each in branch.staff:
                await staffing.add_staff(office, branch.code, each.id, each.name, each.role, password=people.password)
        keys = {version: unb64url(key) for version, key in office.facts.tenant_keys.items()}
        moment = now()
        await import_facts(office.connection, keys, DemoWalletCore(people.customers, moment), moment)
        await gifts.open_campaigns(office, people)
        for branch in people.branches:
            await gifts.send_goods(office, branch, moment.date())
            for each in branch.staff:
                if each.area:
                    await staffing.set_area(office, branch.code, each.id, each.area)


def _prepare(root: Path, terminal: Settings, branch: DemoBranch, number: int, url: str) -> None:
    """Enrol the terminal by a real one-time code, once; later only tell it where central is today."""
    if (terminal.home / "device.json").exists():
        move_central(terminal, url)
        return
    _say("登记终端 · enrolling the terminal")
    code = run(_code(root, branch.code))
    enrol(terminal, url, code, branch.terminals[number - 1])


async def _code(root: Path, branch: str) -> str:
    async with administration.office(CentralSettings(home=root)) as office:
        return (await administration.enrolment_code(office, branch, 1)).code


def _invent(terminal: Settings, people: DemoPeople) -> None:
    """Write the invented day, and the cases of the days before, into the terminal's journal, by its staff."""
    staff = people.branches[0].staff
    guide = next(each.id for each in staff if each.role == "guide")
    opened = OpenTerminal.unlock(terminal, guide, people.password, lambda _: None, sync=False)
    try:
        moment = datetime.now(opened.store.identity.zone)
        with at_once(opened.store) as store:
            desks: dict[Role, list[Desk]] = {}
            for each in staff:
                desk = Desk(store, each.id, each.role, lambda: moment, opened.second_person)
                desks.setdefault(each.role, []).append(desk)
            gifts.unpack(desks["guide"][0], desks["supervisor"][0].staff, people.password)
            play_day(desks["guide"], people.customers, moment)
            play_cases(desks, moment)
    finally:
        opened.close("left")


def _check_ours(root: Path) -> None:
    """Refuse a folder that holds something else than a demo: a real terminal, a real central."""
    if root.exists() and any(root.iterdir()) and not (root / MARK).exists():
        raise DemoError(f"{root} holds something else than a demo; set BRANCH_CONSOLE_HOME to another folder")


def _mark(root: Path, *, made: bool) -> None:
    """Write that this folder is a demo's, and whether its invented day is complete."""
    (root / MARK).write_text(json.dumps({"everything here is invented": True, "made": made}), encoding="utf-8")


def _half_made(root: Path) -> bool:
    """Whether the very first start of the demo was interrupted; it is then made anew."""
    try:
        return not json.loads((root / MARK).read_text(encoding="utf-8"))["made"]
    except FileNotFoundError:
        return False


def _forget(root: Path) -> None:
    """Remove the demo of before. Raises DemoError while it is running, or when the folder is no demo's."""
    if serving_url(root) is not None:
        raise DemoError("the demo is running; leave it first (Ctrl+Q)")
    if (root / MARK).exists():
        shutil.rmtree(root)


def _say(text: str) -> None:
    sys.stdout.write(f"· {text}\n")
    sys.stdout.flush()
