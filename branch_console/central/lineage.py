"""Noticing that the database is not the one, or is older than the one, that this central served last.

Beside the database stands a small file with PostgreSQL's identity, timeline and log position as last seen. A restored
backup, a fail-over or an exchanged database differs in one of them: then a new epoch begins, so that no terminal takes
an answer of the lost time for an acknowledgement. Where the file cannot know (a central on a new machine), an
administrator says `central epoch renew` after a restore.
"""

import asyncio
import json
from pathlib import Path
from typing import NamedTuple, cast

import psycopg
import structlog

from branch_console.central.database import Connection, connect
from branch_console.central.facts import renew_epoch
from branch_console.security.keys import write_private

_EVERY = 30.0  # seconds between two looks

log = structlog.get_logger(__name__)


class Sight(NamedTuple):
    """A database as seen at a moment."""

    system: str
    name: str
    timeline: int
    position: int


class Lineage:
    """Compares with and keeps the file."""

    def __init__(self, path: Path, database: str) -> None:
        self._path = path
        self._database = database

    async def check(self, connection: Connection) -> str | None:
        """Renew the epoch if the database lost something since the last sight; return the new epoch."""
        sight, last = await _look(connection), self._last()
        renewed = None
        if last is not None and sight is not None and _lost(last, sight):
            log.warning("database_went_back", last=last._asdict(), now=sight._asdict())
            renewed = await renew_epoch(connection)
        self._write(sight)
        return renewed

    async def note(self) -> None:
        """Look once more; silent when the database is away."""
        try:
            async with await connect(self._database) as connection:
                self._write(await _look(connection))
        except psycopg.OperationalError:
            log.info("lineage_not_noted")

    async def keep(self) -> None:
        """Look again and again until cancelled."""
        while True:
            await asyncio.sleep(_EVERY)
            await self.note()

    def _last(self) -> Sight | None:
        try:
            return Sight(**json.loads(self._path.read_text()))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):  # cut short by a crash: as good as none
            return None

    def _write(self, sight: Sight | None) -> None:
        if sight is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_private(self._path, json.dumps(sight._asdict()).encode())


async def _look(connection: Connection) -> Sight | None:
    """The database now; None when the account may not ask or this is no ordinary primary."""
    try:
        cursor = await connection.execute(
            "SELECT system_identifier::text, current_database(), timeline_id,"
            " (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::bigint FROM pg_control_system(), pg_control_checkpoint()"
        )
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectNotInPrerequisiteState):
        return None
    row = await cursor.fetchone()
    return None if row is None else Sight(*cast(tuple[str, str, int, int], row))


def _lost(last: Sight, now: Sight) -> bool:
    same = (last.system, last.name, last.timeline) == (now.system, now.name, now.timeline)
    return not same or now.position < last.position
