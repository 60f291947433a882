"""`branch-console central cases …`: cases whose time is over, and taking their persons away."""

from typing import Annotated

import typer

from branch_console.central import administration as admin
from branch_console.central.case_retention import DueCase, cases_due, erase_cases
from branch_console.central.commands_base import Database, Json, do
from branch_console.central.commands_output import show, show_rows

cases = typer.Typer(
    no_args_is_help=True, help="Cases that have been over for so long that nobody is to be named in them."
)

Branch = Annotated[str, typer.Argument(metavar="BRANCH", help="branch code")]


@cases.command("due")
def cases_due_list(branch: Branch, database: Database = None, as_json: Json = False) -> None:
    """The cases that have been over for as many days as the table case_limits says (keep_days)."""

    async def read(at: admin.Office) -> list[DueCase]:
        return await cases_due(at, branch)

    show_rows([each._asdict() for each in do(database, read)], as_json=as_json)


@cases.command("erase")
def cases_erase(
    branch: Branch,
    confirmed_by: Annotated[
        str, typer.Option(help="staff id of the supervisor who confirms; it stands in the journal")
    ],
    case: Annotated[list[str] | None, typer.Option(help="a case as `due` lists it; repeat; default: all")] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Take the persons out of cases that are due, on every copy; numbers, codes, clocks and decisions stay."""

    async def work(at: admin.Office) -> int:
        wanted = case if case is not None else [each.case for each in await cases_due(at, branch)]
        return await erase_cases(at, branch, wanted, confirmed_by)

    show({"erased": do(database, work)}, as_json=as_json)
