"""Pictures of the real screens: `python -m tests.screenshots docs/screens`.

A real central, an enrolled terminal and the demo's invented day in a temporary folder; the real console is driven by
keys, and each picture is an SVG that loads nothing from anywhere. The gift screens and the Day board show what the
tests' fakes invent.
"""

import asyncio
import os
import random
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from branch_console.app import BranchConsole
from branch_console.central import administration, staffing
from branch_console.central.loop import run
from branch_console.central.settings import CentralSettings
from branch_console.demo.cases import play_cases
from branch_console.demo.central import DemoCentral
from branch_console.demo.history import Clock, Visit, play_day
from branch_console.demo.people import DemoCustomer, DemoPeople, load_people
from branch_console.desk.desk import Desk
from branch_console.rules.staff import Role
from branch_console.services import Services
from branch_console.services.enrolling import enrol
from branch_console.services.terminal import OpenTerminal
from branch_console.settings import Settings, load_settings
from branch_console.views import DemoAccount
from screens.cases.view.case_screen import CaseScreen
from screens.lock import Lock
from screens.login import Login
from screens.onboarding import JourneyScreen
from screens.onboarding.review_pane import ReviewPane
from screens.onboarding.stage import Stage
from screens.onboarding.step_pane import StepPane
from screens.today import Today
from screens.widgets.choices import Choices
from tests.picture import write_picture
from tests.screens.board.pictures import board_pictures
from tests.screens.driving import lines, log_in, text, until
from tests.screens.gifts.pictures import gift_pictures

WIDE, NARROW = (120, 40), (80, 24)
LOCAL_HOUR = 14
PAUSED = "张丰"
REVIEWED = DemoCustomer(
    name="何静", phone="13100000016", target="II", segment="merchant", end="paused", pause_at="review"
)


def main(folder: Path) -> None:
    """Make all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(gift_pictures(folder))
    asyncio.run(board_pictures(folder))
    zone = _afternoon()
    root = Path(tempfile.mkdtemp(prefix="screens-"))
    root.chmod(0o755)  # PostgreSQL runs as another user when this runs as root
    people = load_people()
    central = DemoCentral.find_or_start(root, 0)
    try:
        code = run(_found(root, people, zone))
        settings = replace(load_settings({}), home=root / "terminal-1", sync_spread_seconds=0, idle_lock_seconds=300)
        enrol(settings, central.url, code, people.branches[0].terminals[0])
        _invent(settings, people)
        asyncio.run(_wide(settings, people, folder))
        asyncio.run(_narrow(settings, people, folder))
        asyncio.run(_cases(settings, people, folder))
    finally:
        central.stop()
        shutil.rmtree(root, ignore_errors=True)


def _afternoon() -> str:
    """A time zone in which it is early in the afternoon, so that the invented day is whole at any hour."""
    ahead = (LOCAL_HOUR - datetime.now(UTC).hour + 11) % 24 - 11
    zone = f"Etc/GMT{-ahead:+d}"  # the signs of these names are the other way round
    os.environ["TZ"] = zone
    time.tzset()
    return zone


async def _found(root: Path, people: DemoPeople, zone: str) -> str:
    """The demo's first branch with its staff; a code to enrol a terminal."""
    branch = people.branches[0]
    async with administration.office(CentralSettings(home=root)) as office:
        await administration.add_branch(office, branch.code, branch.name, zone, "zh")
        for each in branch.staff:
            await staffing.add_staff(office, branch.code, each.id, each.name, each.role, password=people.password)
        return (await administration.enrolment_code(office, branch.code, 1)).code


def _invent(settings: Settings, people: DemoPeople) -> None:
    """The demo's day and cases, and one more customer who has come as far as the check of the answers."""
    staff = people.branches[0].staff
    opened = OpenTerminal.unlock(settings, staff[0].id, people.password, lambda _: None, sync=False)
    try:
        now = datetime.now(opened.store.identity.zone)
        by_role: dict[Role, list[Desk]] = {}
        for each in staff:
            desk = Desk(opened.store, each.id, each.role, lambda: now, opened.second_person)
            by_role.setdefault(each.role, []).append(desk)
        desks = by_role["guide"]
        play_day(desks[::-1], people.customers, now)
        play_cases(by_role, now)
        clock = Clock(now - timedelta(minutes=5))
        rng = random.Random(1)
        Visit(replace(desks[0], now=clock), clock, REVIEWED, rng).play(within=timedelta(minutes=4))
    finally:
        opened.close("left")


async def _wide(settings: Settings, people: DemoPeople, folder: Path) -> None:
    services = _services(settings, people)
    try:
        app = BranchConsole(services)
        async with app.run_test(size=WIDE) as pilot:
            await until(pilot, lambda: isinstance(app.screen, Login) and app.screen.query_one("#who", Choices).options)
            await _picture(pilot, folder / "login.svg")
            await _work(pilot, services, people)
            await _picture(pilot, folder / "today.svg")
            await _open(pilot, PAUSED, StepPane)
            await _picture(pilot, folder / "onboarding.svg")
            await pilot.press("escape")
            await _open(pilot, REVIEWED.name, ReviewPane)
            await _picture(pilot, folder / "review.svg")
            await pilot.press("f8")
            await until(pilot, lambda: app.current_mode == "sync" and services.sync_view().drained)
            await _picture(pilot, folder / "sync.svg")
            await pilot.press("escape", "ctrl+t")
            await until(pilot, lambda: app.current_mode == "today" and "Refresh" in text(app))
            await _picture(pilot, folder / "today-en.svg")
            await pilot.press("ctrl+t", "ctrl+l")
            await until(pilot, lambda: isinstance(app.screen, Lock))
            await _picture(pilot, folder / "lock.svg")
    finally:
        services.stop()


async def _narrow(settings: Settings, people: DemoPeople, folder: Path) -> None:
    services = _services(settings, people)
    try:
        app = BranchConsole(services)
        async with app.run_test(size=NARROW) as pilot:
            await _work(pilot, services, people)
            await _open(pilot, PAUSED, StepPane)
            await _picture(pilot, folder / "onboarding-80x24.svg")
    finally:
        services.stop()


async def _cases(settings: Settings, people: DemoPeople, folder: Path) -> None:
    """Cases, as the case officer sees them."""
    officer = next(each.id for each in people.branches[0].staff if each.role == "case_officer")
    services = _services(settings, people)
    try:
        app = BranchConsole(services)
        async with app.run_test(size=WIDE) as pilot:
            await log_in(pilot, officer, people.password)
            await until(pilot, lambda: isinstance(app.screen, Today) and services.sync_view().drained, 60)
            await pilot.press("f6")
            await until(pilot, lambda: app.current_mode == "cases" and lines(app))
            await _picture(pilot, folder / "cases.svg")
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, CaseScreen))
            await app.workers.wait_for_complete()
            await _picture(pilot, folder / "case.svg")
            await pilot.press("f4")
            await until(pilot, lambda: app.current_mode == "register")
            await _picture(pilot, folder / "case-form.svg")
            await pilot.press("f9")
            await until(pilot, lambda: app.current_mode == "deduction")
            await _picture(pilot, folder / "deduction.svg")
    finally:
        services.stop()


def _services(settings: Settings, people: DemoPeople) -> Services:
    accounts = (DemoAccount(each.id, each.name, each.role, people.password) for each in people.branches[0].staff)
    return Services(settings, tuple(accounts))


async def _work(pilot: Pilot[Any], services: Services, people: DemoPeople) -> None:
    """Log in as the first guide and wait until everything has reached central."""
    await log_in(pilot, people.branches[0].staff[0].id, people.password)
    await until(pilot, lambda: isinstance(pilot.app.screen, Today) and services.sync_view().drained, 60)
    await until(pilot, lambda: "全部已到中心" in text(pilot.app) and "↑" not in text(pilot.app), 60)


async def _open(pilot: Pilot[Any], name: str, pane: type[StepPane | ReviewPane]) -> None:
    """Find a customer by name, as a guide would, and go on with the journey."""
    await pilot.press("f2")
    await until(pilot, lambda: pilot.app.current_mode == "onboarding")
    await pilot.press("ctrl+f", "ctrl+u", *name)
    await until(pilot, lambda: [row[0] for row in lines(pilot.app) if " 二类 " in row] == [name[0]])
    await pilot.press("enter", "enter")

    def shown() -> bool:
        screen = pilot.app.screen
        return isinstance(screen, JourneyScreen) and isinstance(screen.query_one(Stage).pane, pane)

    await until(pilot, shown)


async def _picture(pilot: Pilot[Any], path: Path) -> None:
    """Let everything settle, and write what is on the screen."""
    pilot.app.clear_notifications()
    await pilot.pause(0.5)
    write_picture(pilot.app.export_screenshot(title="Branch Console 网点控制台"), path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
