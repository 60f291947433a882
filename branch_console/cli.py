"""The commands. Each imports what it needs when it runs; the console itself starts in `console.py`."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NoReturn, cast

import typer
from typer.core import TyperGroup
from typer.main import get_group

from branch_console.errors import words
from branch_console.locale import LANGUAGES, set_language, t
from branch_console.settings import Settings, SettingsError, load_settings


class _Root(TyperGroup):
    """The commands; those of central, which take longer to load than all others, only when one of them is called."""

    def resolve_command(self, *args: Any, **more: Any) -> Any:
        """The command that is called, and its arguments."""
        name, command, rest = super().resolve_command(*args, **more)
        if name == "central":
            from branch_console.central.commands import app as commands_of_central

            command = get_group(commands_of_central)
        return name, command, rest


app = typer.Typer(
    name="branch-console",
    cls=_Root,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help="The offline-first console for the staff of bank branches. Without a command it shows the console.",
)

PASSWORD = "BRANCH_CONSOLE_PASSWORD"  # noqa: S105  the name of a variable
STAFF = "BRANCH_CONSOLE_STAFF"

Json = Annotated[bool, typer.Option("--json", help="print JSON")]
Staff = Annotated[
    str,
    typer.Option(
        "--staff",
        envvar=STAFF,
        help=f"whose password opens the store; it is asked for, or taken from {PASSWORD}",
    ),
]


def show(facts: dict[str, object], *, as_json: bool) -> None:
    """Print facts as JSON or as lines; a list below its name, one line each."""
    if as_json:
        sys.stdout.write(json.dumps(facts, ensure_ascii=False, default=str) + "\n")
        return
    width = max((len(name) for name in facts), default=0)
    for name, value in facts.items():
        if isinstance(value, list):
            sys.stdout.write(f"{name}\n")
            sys.stdout.writelines(f"  {_line(each)}\n" for each in value)
        else:
            sys.stdout.write(f"{name:<{width}}  {_line(value)}\n")


def _looked_at(found: dict[str, object]) -> dict[str, object]:
    """What the doctor says of each thing it looked at."""
    checks = cast(list[dict[str, object]], found["checks"])
    return {str(each["name"]): "ok" if each["ok"] else f"!!  {each['what']}" for each in checks}


def _line(value: object) -> str:
    """One fact in one line."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "NO"
    if isinstance(value, dict):
        return "  ".join(f"{name} {_line(each)}" for name, each in value.items() if each != "")
    return str(value)


def refuse(message: str, code: int = 1) -> NoReturn:
    """Say what is wrong and end; 1: found something wrong, 2: wrong use."""
    sys.stderr.write(message.rstrip() + "\n")
    raise typer.Exit(code)


def settings() -> Settings:
    """The settings, or the end with 2; from here on the commands speak the language set."""
    try:
        found = load_settings()
    except SettingsError as error:
        refuse(str(error), 2)
    for each in LANGUAGES:
        if each == found.language:
            set_language(each)
    return found


def asked(staff: str) -> str:
    """The staff id that the command needs, or the end with 2."""
    if not staff:
        refuse(f"--staff ID (or {STAFF}) says whose password opens the store", 2)
    return staff


def password_of(staff: str) -> str:
    """The password from the environment, or typed without echo."""
    given = os.environ.get(PASSWORD)
    return given if given is not None else str(typer.prompt(f"Password of {staff}", hide_input=True, err=True))


@app.command()
def run() -> None:
    """Show the console."""
    from branch_console.console import run_console

    raise typer.Exit(run_console())


@app.command()
def demo(
    fresh: Annotated[bool, typer.Option("--fresh", help="forget the demo of before and start anew")] = False,
    terminal: Annotated[int, typer.Option(min=1, max=2, help="which terminal of the demo branch to show")] = 1,
    weeks: Annotated[int, typer.Option(min=1, max=13, help="how much of the invented past at most, at first")] = 13,
) -> None:
    """Everything on this machine with invented people: database, central, an enrolled terminal, the console."""
    from branch_console.demo.central import DemoError
    from branch_console.demo.run import run_demo

    found = settings()
    if "BRANCH_CONSOLE_HOME" not in os.environ:  # never among the files of a real terminal
        found = replace(found, home=found.home / "demo")
    try:
        raise typer.Exit(run_demo(found, fresh=fresh, number=terminal, weeks=weeks))
    except DemoError as error:
        refuse(str(error))


@app.command()
def enrol(
    url: str,
    code: str,
    name: Annotated[str, typer.Option(help="what the terminal is called, e.g. K-03")] = "",
    ca_file: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="private CA, PEM")] = None,
    continue_journal: Annotated[
        bool, typer.Option("--continue", help="after a restore: keep the store, go on under a new name")
    ] = False,
    staff: Staff = "",
    as_json: Json = False,
) -> None:
    """Make this machine a terminal of a branch: URL of central, one-time CODE."""
    from branch_console.services import enrolling

    found = settings()
    if not continue_journal and not name.strip():
        refuse(t("error.terminal_name_missing"), 2)
    with told():
        if continue_journal:
            facts = enrolling.continue_journal(found, url, code, name, asked(staff), password_of(staff), ca_file)
        else:
            facts = enrolling.enrol(found, url, code, name, ca_file)
    show(
        {"terminal": facts.id, "name": facts.name, "branch": facts.branch, "branch_name": facts.branch_name},
        as_json=as_json,
    )


@app.command()
def verify(staff: Staff = "", as_json: Json = False) -> None:
    """Check every chain and checkpoint of this terminal's store; name the first broken entry."""
    from branch_console.services import maintenance

    with told():
        found = maintenance.verify(settings(), asked(staff), password_of(staff))
    show(found, as_json=as_json)
    raise typer.Exit(0 if found["ok"] else 1)


@app.command()
def doctor(staff: Staff = "", as_json: Json = False) -> None:
    """Check the store and what is around it: pages, structure, permissions, disk, clock, history."""
    from branch_console.services import maintenance

    with told():
        found = maintenance.doctor(settings(), asked(staff), password_of(staff))
    show(found if as_json else _looked_at(found), as_json=as_json)
    raise typer.Exit(0 if found["ok"] else 1)


@app.command()
def info(as_json: Json = False) -> None:
    """Where everything is, and of which version."""
    from branch_console.services import maintenance

    show(maintenance.info(settings()), as_json=as_json)


@app.command()
def backup(
    folder: Annotated[
        Path | None, typer.Argument(help="a folder that must not exist; default: in the home folder")
    ] = None,
    staff: Staff = "",
    as_json: Json = False,
) -> None:
    """Write an encrypted backup of the store."""
    from branch_console.services import maintenance

    with told():
        found = maintenance.backup(settings(), asked(staff), password_of(staff), folder)
    show(found, as_json=as_json)


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)],
    give_up_unsent: Annotated[
        bool, typer.Option("--give-up-unsent", help="even if the present store holds what central never got")
    ] = False,
    staff: Staff = "",
    as_json: Json = False,
) -> None:
    """Put a backup in the place of the store; the store that is there is kept aside. No console may be open."""
    from branch_console.services import maintenance

    with told():
        found = maintenance.restore(settings(), asked(staff), password_of(staff), folder, give_up_unsent=give_up_unsent)
    show(found, as_json=as_json)


@app.command()
def central() -> None:
    """The server of the branches: serve it, and administer it while it serves."""


@contextmanager
def told() -> Iterator[None]:
    """Say a refusal, or what the system refuses, in words and end with 1; a defect keeps its traceback."""
    from branch_console.services.maintenance import REFUSALS

    try:
        yield
    except REFUSALS as error:
        refuse(words(error)[1])
    except OSError as error:
        refuse(f"{error.filename or ''}: {error.strerror or error}".removeprefix(": "))
