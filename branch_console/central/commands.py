"""`branch-console central …`: serving, and administration while it serves. All commands have --json."""

import sys
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from branch_console.central import administration as admin
from branch_console.central.campaign_commands import campaign
from branch_console.central.commands_base import Code, Database, Json, OfBranch, do, settings_of
from branch_console.central.commands_cases import cases
from branch_console.central.commands_core import core
from branch_console.central.commands_gifts import claimed, facts, holds
from branch_console.central.commands_output import fail, show, show_rows
from branch_console.central.commands_staff import staff
from branch_console.central.gift_commands import claims, lease, stock
from branch_console.central.logs import log_to_stderr

app = typer.Typer(no_args_is_help=True, help="The server of the branches: serve it, and administer it while it serves.")
branch = typer.Typer(no_args_is_help=True, help="Branches.")
terminal = typer.Typer(no_args_is_help=True, help="Terminals.")
quarantine = typer.Typer(no_args_is_help=True, help="Entries that could not be folded.")
epoch = typer.Typer(no_args_is_help=True, help="The life of the database between two restores.")
for _name, _app in (
    ("branch", branch),
    ("staff", staff),
    ("terminal", terminal),
    ("quarantine", quarantine),
    ("epoch", epoch),
    ("facts", facts),
    ("holds", holds),
    ("claimed", claimed),
    ("campaign", campaign),
    ("stock", stock),
    ("lease", lease),
    ("claims", claims),
    ("core", core),
    ("cases", cases),
):
    app.add_typer(_app, name=_name)


@app.callback()
def _prepare() -> None:
    log_to_stderr()


@app.command()
def serve(
    database: Annotated[str | None, typer.Option(help="postgresql://…; without it an embedded one in home")] = None,
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one")] = 8440,
    tls_cert: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="certificate chain, PEM")] = None,
    tls_key: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="its private key, PEM")] = None,
    as_json: Json = False,
) -> None:
    """Serve until SIGTERM or Ctrl+C. Terminals refuse plain http except on loopback: give a certificate."""
    from branch_console.central.serve import AlreadyServingError, NotStartedError  # noqa: PLC0415  only serving needs a web server
    from branch_console.central.serve import serve as run_server  # noqa: PLC0415

    if (tls_cert is None) != (tls_key is None):
        raise typer.BadParameter("--tls-cert and --tls-key go together")
    certificate = None if tls_cert is None or tls_key is None else (tls_cert, tls_key)
    try:
        run_server(settings_of(database), host, port, certificate=certificate, announce=as_json)
    except (AlreadyServingError, NotStartedError, OSError, psycopg.OperationalError) as error:
        fail(str(error))


@branch.command("add")
def branch_add(
    code: Code,
    name: str,
    timezone: str = "Asia/Shanghai",
    language: str = "zh",
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Make a branch."""
    do(database, lambda at: admin.add_branch(at, code, name, timezone, language))
    show({"branch": code}, as_json=as_json)


@branch.command("region")
def branch_region(code: Code, region: str, database: Database = None, as_json: Json = False) -> None:
    """Say what staff of other branches are told of where a gift was given; without it: the code's letters."""
    do(database, lambda at: admin.set_region(at, code, region))
    show({"branch": code, "region": region}, as_json=as_json)


@branch.command("list")
def branch_list(database: Database = None, as_json: Json = False) -> None:
    """All branches."""
    show_rows(do(database, admin.list_branches), as_json=as_json)


@terminal.command("list")
def terminal_list(of: OfBranch = None, database: Database = None, as_json: Json = False) -> None:
    """Terminals: how far their journals have come, and what they last said of themselves."""
    show_rows(do(database, lambda at: admin.list_terminals(at, of)), as_json=as_json)


@terminal.command("revoke")
def terminal_revoke(
    terminal_id: Annotated[str, typer.Argument(metavar="TERMINAL")],
    why: str = "revoked by an administrator",
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Take nothing more from a terminal; it locks and erases its keys at its next contact."""
    do(database, lambda at: admin.revoke_terminal(at, terminal_id, why))
    show({"terminal": terminal_id, "revoked": True}, as_json=as_json)


@app.command("enrolment-code")
def enrolment_code(
    code: Code,
    hours: Annotated[int, typer.Option(min=1, max=24 * 30, help="how long it works")] = 24,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """A code that makes one machine a terminal of the branch."""
    made = do(database, lambda at: admin.enrolment_code(at, code, hours))
    show({"code": made.code, "expires": made.expires.isoformat(timespec="milliseconds")}, as_json=as_json)


@quarantine.command("list")
def quarantine_list(of: OfBranch = None, database: Database = None, as_json: Json = False) -> None:
    """What is in quarantine, and why."""
    show_rows(do(database, lambda at: admin.list_quarantine(at, of)), as_json=as_json)


@quarantine.command("refold")
def quarantine_refold(database: Database = None, as_json: Json = False) -> None:
    """Fold anew what is in quarantine or was folded by an older rule."""
    show(do(database, admin.refold_quarantine)._asdict(), as_json=as_json)


@app.command()
def entries(
    of: Annotated[str, typer.Option("--branch", help="branch code")], database: Database = None, as_json: Json = False
) -> None:
    """The entries of a branch as stored, one a line, in the order in which they were committed."""
    del as_json  # an entry is JSON; there is no other form of it

    async def write(at: admin.Office) -> None:
        async for wire in admin.stored_entries(at, of):
            line = wire.replace(b"\n", b" ").replace(b"\r", b" ")  # never inside a string: JSON escapes it there
            sys.stdout.buffer.write(line + b"\n")

    do(database, write)
    sys.stdout.buffer.flush()


@epoch.command("show")
def epoch_show(database: Database = None, as_json: Json = False) -> None:
    """The epoch."""

    async def read(at: admin.Office) -> str:
        return at.facts.epoch

    show({"epoch": do(database, read)}, as_json=as_json)


@epoch.command("renew")
def epoch_renew(database: Database = None, as_json: Json = False) -> None:
    """Begin a new epoch: to be done after every restore of the database, before terminals reach it again."""
    show({"epoch": do(database, admin.new_epoch)}, as_json=as_json)
