"""`branch-console central stock|lease|claims …`: goods sent out, rights in custody, and what was claimed."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from branch_console.central import administration as admin
from branch_console.central import gift_lists
from branch_console.central.commands_base import Database, Json, do
from branch_console.central.commands_output import show, show_rows
from branch_console.central.dispatching import Dispatch, Line, dispatch, read_dispatch, refused
from branch_console.central.leasing import recall_lease, write_off_lease

stock = typer.Typer(no_args_is_help=True, help="Goods for branches.")
lease = typer.Typer(no_args_is_help=True, help="What terminals may hand over without asking.")
claims = typer.Typer(no_args_is_help=True, help="Claims of all branches, and how they were ruled on.")

Branch = Annotated[str, typer.Argument(metavar="BRANCH", help="branch code")]
OfBranch = Annotated[str | None, typer.Option("--branch", help="only this branch")]
LeaseId = Annotated[str, typer.Argument(metavar="LEASE")]


@stock.command("dispatch")
def stock_dispatch(
    branch: Branch,
    file: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False, help="dispatch note, TOML")] = None,
    sku: Annotated[str | None, typer.Option(help="item, when there is no file")] = None,
    quantity: Annotated[int, typer.Option(min=1)] = 1,
    lot: str = "",
    expires: Annotated[str | None, typer.Option(help="YYYY-MM-DD, for food")] = None,
    note: Annotated[str, typer.Option(help="number of the dispatch note")] = "",
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Send goods: they are on their way until the branch unpacks and counts them."""
    if (file is None) == (sku is None):
        raise typer.BadParameter("give either a file or --sku")

    async def work(at: admin.Office) -> dict[str, object]:
        sent = _note(sku or "", quantity, lot, expires, note) if file is None else read_dispatch(file)
        return {"subject": await dispatch(at, branch, sent), "note_number": sent.note_number}

    show(do(database, work), as_json=as_json)


@stock.command("list")
def stock_list(of: OfBranch = None, database: Database = None, as_json: Json = False) -> None:
    """What is where, by what central has heard."""
    show_rows(do(database, lambda at: gift_lists.list_stock(at, of)), as_json=as_json)


def _note(sku: str, quantity: int, lot: str, expires: str | None, note: str) -> Dispatch:
    try:
        return Dispatch(note_number=note, lines=[Line(sku=sku, quantity=quantity, lot=lot, expires_on=expires)])
    except ValidationError as error:
        raise refused(error, "dispatch") from error


@lease.command("list")
def lease_list(of: OfBranch = None, database: Database = None, as_json: Json = False) -> None:
    """Leases, the newest first."""
    show_rows(do(database, lambda at: gift_lists.list_leases(at, of)), as_json=as_json)


@lease.command("recall")
def lease_recall(name: LeaseId, why: str = "recalled", database: Database = None, as_json: Json = False) -> None:
    """Ask for a lease back. It stays out until its terminal has returned it."""

    async def work(at: admin.Office) -> None:
        async with at.connection.transaction():
            if not await recall_lease(at.connection, gift_lists.uuid_of(name), why, at.reference):
                raise admin.AdministrationError(f"there is no open lease {name}")

    do(database, work)
    show({"lease": name, "status": "recalled"}, as_json=as_json)


@lease.command("write-off")
def lease_write_off(
    name: LeaseId,
    reason: Annotated[str, typer.Option(help="why the terminal is lost")],
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The terminal is lost: everything under the lease counts as handed over, and a new one may be granted."""

    async def work(at: admin.Office) -> None:
        text = admin.required(reason, "reason")
        async with at.connection.transaction():
            if not await write_off_lease(at.connection, gift_lists.uuid_of(name), text, at.reference):
                raise admin.AdministrationError(f"there is no lease {name} to write off")

    do(database, work)
    show({"lease": name, "status": "written_off"}, as_json=as_json)


@claims.command("list")
def claims_list(of: OfBranch = None, database: Database = None, as_json: Json = False) -> None:
    """Claims, the newest first; nobody is named."""
    show_rows(do(database, lambda at: gift_lists.list_claims(at, of)), as_json=as_json)


@claims.command("exceptions")
def claims_exceptions(of: OfBranch = None, database: Database = None, as_json: Json = False) -> None:
    """Claims that were not simply confirmed, and those that still wait for a ruling."""
    show_rows(do(database, lambda at: gift_lists.list_exceptions(at, of)), as_json=as_json)
