"""Journals made with the rules, and central's functions called in this process."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

import orjson

from branch_console.central.batch import read_batch
from branch_console.central.database import Connection, connect
from branch_console.central.ingest import Pushed, push
from branch_console.central.loop import run
from branch_console.central.publish import uuid7
from branch_console.rules.clock import format_clock
from branch_console.rules.journal import FIRST_PREV, Data, Entry, seal
from branch_console.rules.reference import Reference
from branch_console.security.signing import make_checkpoint, new_signing_key, public_jwk

T = TypeVar("T")

START_MS = 1_780_000_000_000


def with_database(database: str, work: Callable[[Connection], Awaitable[T]]) -> T:
    """Run `work` on a connection of its own."""

    async def inside() -> T:
        async with await connect(database) as connection:
            return await work(connection)

    return run(inside())


@dataclass
class Writer:
    """A terminal that exists in the database only."""

    terminal: str = field(default_factory=uuid7)
    seed: bytes = field(default_factory=new_signing_key)
    entries: list[Entry] = field(default_factory=list)
    branch: str = "B1"

    async def register(self, connection: Connection, branch: str = "B1") -> None:
        """Make the branch, if it is not there, and the terminal."""
        self.branch = branch
        await connection.execute(
            "INSERT INTO branch (code, name, timezone, language) VALUES (%s, 'x', 'Asia/Shanghai', 'zh')"
            " ON CONFLICT DO NOTHING",
            (branch,),
        )
        await connection.execute("INSERT INTO meta (name, value) VALUES ('epoch', 'e') ON CONFLICT DO NOTHING")
        await connection.execute(
            "INSERT INTO writer (name, branch, label, public_key) VALUES (%s, %s, 'x', %s)",
            (self.terminal, branch, public_jwk(self.seed)["x"]),
        )

    def write(self, type_: str, subject: str, data: Data, *, at_ms: int | None = None, id_: str | None = None) -> Entry:
        """Append an entry at a moment in milliseconds after the start of the test's time."""
        last = self.entries[-1] if self.entries else None
        moment = START_MS + (len(self.entries) if at_ms is None else at_ms)
        entry = seal(
            terminal=self.terminal,
            seq=len(self.entries) + 1,
            prev=last.hash if last else FIRST_PREV,
            id=id_ or uuid7(),
            type=type_,
            version=1,
            branch=self.branch,
            subject=subject,
            staff="g01",
            at="2026-05-06T09:30:00.000+08:00",
            clock=format_clock(moment, 0),
            data=data,
        )
        self.entries.append(entry)
        return entry

    async def push(self, connection: Connection, first: int = 1, last: int | None = None) -> Pushed:
        """Push entries `first` to `last`."""
        some = self.entries[first - 1 : last]
        point = make_checkpoint(self.seed, self.terminal, some[-1].seq, some[-1].hash, datetime.now(UTC))
        body = orjson.dumps({"entries": [each.wire() for each in some], "checkpoint": point})
        async with connection.transaction():
            return await push(connection, self.terminal, read_batch(body), Reference())


async def state_of(connection: Connection, subject: str) -> bytes:
    """The stored fold of a subject of branch B1."""
    cursor = await connection.execute("SELECT state FROM state WHERE branch = 'B1' AND subject = %s", (subject,))
    row = await cursor.fetchone()
    assert row is not None
    assert isinstance(row[0], bytes)
    return row[0]


def started(name: str = "张三") -> Data:
    """Data of a journey.started entry."""
    return {"flow": {"id": "ecny_personal", "version": 1}, "target": "III", "name": name}


def interleaved(journals: Sequence[Sequence[Entry]]) -> list[Entry]:
    """All entries in the total order."""
    return sorted((entry for journal in journals for entry in journal), key=lambda each: each.order)
