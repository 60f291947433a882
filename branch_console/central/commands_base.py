"""What the commands of central have in common: options, and opening the database for one piece of work."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import psycopg
import typer

from branch_console.central import administration as admin
from branch_console.central.commands_output import fail
from branch_console.central.loop import run
from branch_console.central.settings import CentralSettings

T = TypeVar("T")

Code = Annotated[str, typer.Argument(metavar="CODE", help="branch code")]
OfBranch = Annotated[str | None, typer.Option("--branch", help="only this branch")]
Json = Annotated[bool, typer.Option("--json", help="print JSON")]
Database = Annotated[str | None, typer.Option(help="postgresql://… (default: that of the central serving from home)")]


def do(database: str | None, work: Callable[[admin.Office], Awaitable[T]]) -> T:
    """Open the database, do the work; what goes wrong ends the program with status 1 and a sentence."""

    async def inside() -> T:
        async with admin.office(settings_of(database)) as office:
            return await work(office)

    try:
        return run(inside())
    except (admin.AdministrationError, psycopg.OperationalError) as error:
        fail(str(error))


def settings_of(database: str | None) -> CentralSettings:
    """The settings, with the database that was given on the command line."""
    return CentralSettings() if database is None else CentralSettings(database=database)
