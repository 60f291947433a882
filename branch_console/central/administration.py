"""Administration of central: branches, terminals, codes, quarantine, entries. Staff: staffing.py.

These functions talk to PostgreSQL directly; the central that serves hears of what they publish through NOTIFY.
"""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from branch_console.central.database import Connection, connect, schema_version
from branch_console.central.enrolment import NewCode, make_code
from branch_console.central.facts import Facts, load_facts, renew_epoch
from branch_console.central.migrations import LATEST
from branch_console.central.publish import Act, first_writer, publish
from branch_console.central.references import load_reference, publish_documents, read_documents, record_documents
from branch_console.central.refolding import Refolded, refold_all
from branch_console.central.settings import CentralSettings
from branch_console.rules.journal import Data
from branch_console.rules.reference import Reference
from branch_console.rules.staff import subject_for
from branch_console.security.text import clean

_BRANCH_CODE = re.compile(r"[A-Za-z0-9_-]{1,32}")


class AdministrationError(Exception):
    """The command cannot be carried out; the text says why, for the administrator."""


@dataclass(frozen=True, slots=True)
class Office:
    """An open connection to central's database, with what publishing needs."""

    connection: Connection
    facts: Facts
    reference: Reference
    settings: CentralSettings


@asynccontextmanager
async def office(settings: CentralSettings) -> AsyncIterator[Office]:
    """Open the database that the settings name, or that of the central serving from the home folder.

    Raises AdministrationError, psycopg.OperationalError.
    """
    database = settings.database
    if database is None:
        try:
            database = str(json.loads(settings.facts_path.read_text())["database"])
        except (FileNotFoundError, ValueError, KeyError) as error:
            raise AdministrationError(
                f"no central serves from {settings.home}; start it, or give --database"
            ) from error
    if schema_version(database) != LATEST:
        raise AdministrationError("the database has another schema than this program; start central to bring it up")
    async with await connect(database) as connection:
        yield Office(connection, await load_facts(connection), await load_reference(connection), settings)


async def add_branch(at: Office, code: str, name: str, timezone: str, language: str) -> None:
    """Make a branch and publish to it what it is and all reference documents. Raises AdministrationError."""
    if not _BRANCH_CODE.fullmatch(code):
        raise AdministrationError("a branch code has 1 to 32 letters, digits, - or _")
    name = required(name, "name")
    if language not in {"zh", "en"}:
        raise AdministrationError("language is zh or en")
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise AdministrationError(f"unknown time zone {timezone}") from error
    async with at.connection.transaction():
        added = await at.connection.execute(
            "INSERT INTO branch (code, name, timezone, language) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (code, name, timezone, language),
        )
        if added.rowcount == 0:
            raise AdministrationError(f"there is a branch {code} already")
        await at.connection.execute(
            "INSERT INTO writer (name, branch, label) VALUES (%s, %s, 'central')", (first_writer(code), code)
        )
        data: Data = {"code": code, "name": name, "timezone": timezone, "language": language}
        act = Act("branch.registered", subject_for("branch", code), data)
        await publish(at.connection, code, [act], at.reference)
        documents = read_documents(at.settings.reference_dir)
        await record_documents(at.connection, at.facts, documents)
        await publish_documents(at.connection, code, documents, at.reference)


async def set_region(at: Office, code: str, region: str) -> None:
    """Name the region of a branch, at most 64 characters. Raises AdministrationError."""
    region = required(region, "region")
    if len(region) > 64:
        raise AdministrationError("a region has at most 64 characters")
    await check_branch(at, code)
    await at.connection.execute("UPDATE branch SET region = %s WHERE code = %s", (region, code))


async def rows(at: Office, statement: str, *values: object) -> list[dict[str, object]]:
    """The rows of a fixed query as objects by column name."""
    cursor = await at.connection.execute(statement, values)
    names = [column.name for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in await cursor.fetchall()]


async def list_branches(at: Office) -> list[dict[str, object]]:
    """All branches with their number of terminals in service."""
    return await rows(
        at,
        "SELECT code AS branch, name, timezone, language, (SELECT count(*) FROM writer w WHERE w.branch = b.code"
        " AND w.public_key IS NOT NULL AND w.revoked_at IS NULL) AS terminals FROM branch b ORDER BY code",
    )


async def list_terminals(at: Office, branch: str | None) -> list[dict[str, object]]:
    """Terminals, how far their journals have come, and what they last reported of themselves."""
    return await rows(
        at,
        "SELECT w.name AS terminal, w.branch, w.label AS name, w.seq, w.hash, w.registered_at, w.last_push_at,"
        " greatest(w.last_seen_at, w.last_push_at) AS last_seen_at, w.client_version, w.pending, w.quarantined_here,"
        " w.clock_offset_ms, nullif(w.problem, '') AS problem, w.revoked_at, w.revoked_why,"
        " (SELECT count(*) FROM quarantine q WHERE q.branch = w.branch"
        " AND q.writer = w.name AND q.released_at IS NULL) AS quarantined"
        " FROM writer w WHERE w.public_key IS NOT NULL AND (%s::text IS NULL OR w.branch = %s) ORDER BY 2, 6",
        branch,
        branch,
    )


async def revoke_terminal(at: Office, terminal: str, why: str) -> None:
    """From now on central answers this terminal 403 terminal-revoked, which makes it lock and erase its keys."""
    why = required(why, "why")
    async with at.connection.transaction():
        cursor = await at.connection.execute(
            "UPDATE writer SET revoked_at = now(), revoked_why = %s WHERE name = %s AND public_key IS NOT NULL"
            " AND revoked_at IS NULL RETURNING branch",
            (why, terminal),
        )
        row = await cursor.fetchone()
        if row is None:
            raise AdministrationError(f"there is no terminal {terminal} in service")
        act = Act("terminal.revoked", subject_for("terminal", terminal), {"why": why})
        await publish(at.connection, cast(str, row[0]), [act], at.reference)


async def enrolment_code(at: Office, branch: str, hours: int) -> NewCode:
    """A code for one new terminal of the branch. Raises AdministrationError."""
    await check_branch(at, branch)
    return await make_code(at.connection, branch, timedelta(hours=hours))


async def list_quarantine(at: Office, branch: str | None) -> list[dict[str, object]]:
    """What is in quarantine now, and why."""
    return await rows(
        at,
        "SELECT branch, writer AS terminal, seq, type, version, subject, code, detail, since FROM quarantine"
        " WHERE released_at IS NULL AND (%s::text IS NULL OR branch = %s) ORDER BY branch, writer, seq",
        branch,
        branch,
    )


async def refold_quarantine(at: Office) -> Refolded:
    """Fold anew what is quarantined and what was folded by an older rule."""
    return await refold_all(at.connection, at.reference)


async def stored_entries(at: Office, branch: str) -> AsyncIterator[bytes]:
    """The entries of a branch as stored, in feed order. Raises AdministrationError."""
    await check_branch(at, branch)
    async with at.connection.transaction(), at.connection.cursor("entries", binary=True) as cursor:
        await cursor.execute(
            "SELECT e.wire FROM feed f JOIN entry e ON e.branch = f.branch AND e.writer = f.writer"
            " AND e.seq BETWEEN f.first_seq AND f.last_seq WHERE f.branch = %s ORDER BY f.position, e.seq",
            (branch,),
        )
        async for (wire,) in cursor:
            yield cast(bytes, wire)


async def new_epoch(at: Office) -> str:
    """To be said after every restore of the database: begin a new epoch."""
    return await renew_epoch(at.connection)


async def check_branch(at: Office, branch: str) -> None:
    """Raises AdministrationError unless there is such a branch."""
    cursor = await at.connection.execute("SELECT 1 FROM branch WHERE code = %s", (branch,))
    if await cursor.fetchone() is None:
        raise AdministrationError(f"there is no branch {branch}")


def required(text: str, what: str) -> str:
    """`text` cleaned. Raises AdministrationError if nothing is left."""
    cleaned = clean(text).strip()
    if not cleaned:
        raise AdministrationError(f"{what} is empty")
    return cleaned
