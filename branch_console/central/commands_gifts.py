"""`branch-console central facts …` and `central claimed …`: what central is told of people, and what it tells."""

from pathlib import Path
from typing import Annotated, NoReturn
from uuid import UUID

import typer

from branch_console.central import administration as admin
from branch_console.central.claimed_filter import build_filter
from branch_console.central.clocks import now
from branch_console.central.commands_base import Database, Json, do
from branch_console.central.commands_output import fail, show, show_rows
from branch_console.central.facts_csv import CsvCore
from branch_console.central.facts_import import Imported, ImportRefusedError, Problem, import_facts
from branch_console.central.facts_words import FACT_WORDS
from branch_console.central.hold_office import list_holds, settle_hold
from branch_console.security.keys import unb64url

facts = typer.Typer(no_args_is_help=True, help="Facts about people, from the bank's wallet core.")
holds = typer.Typer(no_args_is_help=True, help="Rights that are kept for customers who are being served.")
claimed = typer.Typer(no_args_is_help=True, help="The list of claims that terminals keep for when they are cut off.")


@facts.command("import")
def facts_import(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV; see: facts schema")],
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Take in a CSV file: the whole of it, or, if any line is wrong, nothing; then every wrong line is named."""

    async def work(at: admin.Office) -> Imported:
        keys = {version: unb64url(key) for version, key in at.facts.tenant_keys.items()}
        return await import_facts(at.connection, keys, CsvCore(file), now())

    try:
        imported = do(database, work)
    except ImportRefusedError as error:
        _refuse(error.problems, as_json=as_json)
    except OSError as error:
        fail(f"{file.name}: {error.strerror}")
    show(imported._asdict(), as_json=as_json)


@facts.command("schema")
def facts_schema(as_json: Json = False) -> None:
    """The columns of the file, the names of facts and the form of their values."""
    show_rows([{"fact": name, "value": value} for name, value in FACT_WORDS.items()], as_json=as_json)


@claimed.command("rebuild")
def claimed_rebuild(database: Database = None, as_json: Json = False) -> None:
    """Build the list anew from all claims that stand. Central does it by itself when the list is 20 hours old."""

    async def work(at: admin.Office) -> int | None:
        return await build_filter(at.connection, at.facts, at.facts.epoch)

    show({"sequence": do(database, work)}, as_json=as_json)


@holds.command("list")
def holds_list(
    of: Annotated[str | None, typer.Option("--branch", help="only this branch")] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Holds that stand. One whose time is long over belongs to a terminal that has not been heard since."""
    show_rows(do(database, lambda at: list_holds(at, of)), as_json=as_json)


@holds.command("settle")
def holds_settle(
    hold: Annotated[UUID, typer.Argument(metavar="HOLD")],
    used: Annotated[bool, typer.Option("--used/--unused", help="whether the reward counts as handed over")],
    database: Database = None,
    as_json: Json = False,
) -> None:
    """End a hold of a revoked terminal."""
    do(database, lambda at: settle_hold(at, str(hold), used=used))
    show({"hold": str(hold), "used": used}, as_json=as_json)


def _refuse(problems: list[Problem], *, as_json: bool) -> NoReturn:
    """Name every wrong line, and end with status 1."""
    if as_json:
        show({"imported": False, "problems": [each._asdict() for each in problems]}, as_json=True)
    fail("\n".join(f"{each.place}: {each.reason}" for each in problems) + "\nnothing was imported")
