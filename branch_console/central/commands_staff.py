"""`branch-console central staff …`: who works in a branch, in which role, and whose figures a supervisor sees."""

from typing import Annotated

import typer

from branch_console.central import staffing
from branch_console.central.commands_base import Code, Database, Json, OfBranch, do
from branch_console.central.commands_output import show, show_rows

staff = typer.Typer(no_args_is_help=True, help="Staff of branches.")

StaffId = Annotated[str, typer.Argument(metavar="STAFF_ID")]


@staff.command("add")
def staff_add(
    code: Code,
    staff_id: StaffId,
    name: str,
    role: Annotated[str, typer.Option(help="guide, case_officer, supervisor, auditor or administrator")],
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Make a member of staff; hand over the first password in person."""
    password = do(database, lambda at: staffing.add_staff(at, code, staff_id, name, role))
    show({"staff": staff_id, "first_password": password}, as_json=as_json)


@staff.command("list")
def staff_list(of: OfBranch = None, database: Database = None, as_json: Json = False) -> None:
    """Staff, those out of service included."""
    show_rows(do(database, lambda at: staffing.list_staff(at, of)), as_json=as_json)


@staff.command("remove")
def staff_remove(code: Code, staff_id: StaffId, database: Database = None, as_json: Json = False) -> None:
    """Take a member of staff out of service."""
    do(database, lambda at: staffing.remove_staff(at, code, staff_id))
    show({"staff": staff_id, "active": False}, as_json=as_json)


@staff.command("role")
def staff_role(code: Code, staff_id: StaffId, role: str, database: Database = None, as_json: Json = False) -> None:
    """Give a member of staff another role."""
    do(database, lambda at: staffing.change_role(at, code, staff_id, role))
    show({"staff": staff_id, "role": role}, as_json=as_json)


@staff.command("reset-password")
def staff_reset_password(code: Code, staff_id: StaffId, database: Database = None, as_json: Json = False) -> None:
    """Give a member of staff a new first password."""
    password = do(database, lambda at: staffing.reset_password(at, code, staff_id))
    show({"staff": staff_id, "first_password": password}, as_json=as_json)


@staff.command("area")
def staff_area(
    code: Code,
    staff_id: StaffId,
    branches: Annotated[list[str] | None, typer.Argument(metavar="[BRANCH]...", help="codes; none: no area")] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Let a supervisor see the figures of other branches beside those of their own."""
    area = branches or []
    do(database, lambda at: staffing.set_area(at, code, staff_id, area))
    show({"staff": staff_id, "area": area}, as_json=as_json)
