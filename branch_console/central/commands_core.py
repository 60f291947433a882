"""`branch-console central core …`: what is being asked of the wallets' core, and what the sandbox in its place says."""

from typing import Annotated, cast, get_args

import typer

from branch_console.central import administration as admin
from branch_console.central.commands_base import Database, Json, do, settings_of
from branch_console.central.commands_output import show, show_rows
from branch_console.central.sandbox_core import Mood, set_answer

core = typer.Typer(no_args_is_help=True, help="Requests to stop a loss, and the core of the wallets.")

_OPEN = """
SELECT request, branch, subject AS case, heard_at, asked_at, next_at FROM containment ORDER BY heard_at, request
"""


@core.command("requests")
def core_requests(database: Database = None, as_json: Json = False) -> None:
    """What is not settled; nobody is named."""

    async def read(at: admin.Office) -> list[dict[str, object]]:
        cursor = await at.connection.execute(_OPEN)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in await cursor.fetchall()]

    show_rows(do(database, read), as_json=as_json)


@core.command("answer")
def core_answer(
    mood: Annotated[str, typer.Argument(metavar="ANSWER", help=f"one of {', '.join(get_args(Mood))}")],
    seconds: Annotated[float, typer.Option(min=0, max=60, help="how long it takes")] = 0,
    as_json: Json = False,
) -> None:
    """Set what the sandbox answers from now on; a real core is not touched."""
    if mood not in get_args(Mood):
        raise typer.BadParameter(f"one of {', '.join(get_args(Mood))}")
    set_answer(settings_of(None).central_dir, cast(Mood, mood), seconds)
    show({"answer": mood, "seconds": seconds}, as_json=as_json)
