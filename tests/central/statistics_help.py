"""Made-up days of a branch, pushed to a real central's store as its terminals would push them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, cast

import orjson

from branch_console.central.batch import Received
from branch_console.central.database import Connection
from branch_console.central.publish import first_writer
from branch_console.central.statistics_worker import Counting, count_branch
from branch_console.central.store import store
from branch_console.rules.journal import FIRST_PREV, Entry, parse_at, seal
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.instants import Days
from tests.central.inside import Writer
from tests.rules.statistics.day_branch import CENTRAL, FIRST, TERMINALS, Branch
from tests.rules.statistics.fact_help import facts_of, reference
from tests.rules.statistics.row_help import DAYS

BRANCH = "SZ01"
CENTRAL_NAME = f"{first_writer(BRANCH)}-00000000"
"""Central's journal of the made-up days; what it publishes itself stands in a newer one."""


def sealed_anew(entry: Entry, writer: Writer) -> None:
    """The same act at the end of a journal."""
    last = writer.entries[-1] if writer.entries else None
    writer.entries.append(
        seal(
            terminal=writer.terminal,
            seq=len(writer.entries) + 1,
            prev=last.hash if last else FIRST_PREV,
            **{name: getattr(entry, name) for name in ("id", "type", "version", "branch", "subject", "staff", "at")},
            clock=entry.clock,
            data=entry.data or {},
        )
    )


@dataclass
class Pushing:
    """The journals of a branch's terminals, and how far each has been pushed."""

    connection: Connection
    writers: dict[str, Writer] = field(default_factory=dict)
    pushed: dict[str, int] = field(default_factory=dict)
    time: datetime = FIRST + timedelta(hours=12)

    @classmethod
    async def open(cls, connection: Connection, branch: Branch | None = None, *, before: bool = False) -> "Pushing":
        """A branch whose terminals have been there since the first day; the entries of made-up days in journals.

        Subjects that began `before` the first day are left out, if not said otherwise.
        """
        self = cls(connection)
        for name in TERMINALS:
            self.writers[name] = Writer(terminal=name)
            await self.writers[name].register(connection, BRANCH)
        self.writers[CENTRAL] = Writer(terminal=CENTRAL_NAME, branch=BRANCH)
        for name, since in ((CENTRAL_NAME, 9), (first_writer(BRANCH), 8)):
            await connection.execute(
                "INSERT INTO writer (name, branch, label, registered_at) VALUES (%s, %s, 'central', %s)",
                (name, BRANCH, FIRST - timedelta(days=since)),
            )
        await connection.execute(
            "UPDATE writer SET registered_at = %s WHERE public_key IS NOT NULL", (FIRST + timedelta(seconds=1),)
        )
        entries = [] if branch is None else branch.entries
        old = set() if before else {each.subject for each in entries if parse_at(each.at) < FIRST}
        for entry in sorted(entries, key=lambda each: each.order):
            if entry.subject not in old:
                self.write(entry)
        return self

    def write(self, entry: Entry) -> None:
        sealed_anew(entry, self.writers[entry.terminal])

    @property
    def waiting(self) -> list[str]:
        """The journals of which something was not pushed yet."""
        return [name for name, each in self.writers.items() if self.pushed.get(name, 0) < len(each.entries)]

    async def push(self, name: str, count: int | None = None, again: int = 0) -> None:
        """Push the next entries of a journal, and with them some that have been pushed before."""
        writer, done = self.writers[name], self.pushed.get(name, 0)
        last = len(writer.entries) if count is None else min(done + count, len(writer.entries))
        if last == done:
            return
        if name == CENTRAL:
            some = [Received(each, orjson.dumps(each.wire())) for each in writer.entries]
            async with self.connection.transaction():
                await store(self.connection, BRANCH, some[done:last], Reference())
        else:
            await writer.push(self.connection, max(1, done + 1 - again), last)
        self.pushed[name] = last

    async def push_all(self, *leaving: str) -> None:
        for name in self.waiting:
            if name not in leaving:
                await self.push(name)

    async def push_some(self, random: Random, *leaving: str) -> bool:
        """Push a random batch of a random terminal; whether there was any."""
        names = [name for name in self.waiting if name not in leaving]
        if names:
            await self.push(random.choice(names), random.randint(1, 60), again=random.choice([0, 0, 7]))
        return bool(names)

    def facts(self, days: Days = DAYS) -> Facts:
        """All rows of what has been pushed, derived and linked at once."""
        entries = [each for name, writer in self.writers.items() for each in writer.entries[: self.pushed.get(name, 0)]]
        return facts_of(entries, _finished(entries), days)

    async def count(self, now: datetime | None = None) -> None:
        """Let a worker count."""
        self.time = now or self.time
        await count_branch(self.connection, BRANCH, self.counting)

    @property
    def counting(self) -> Counting:
        return Counting(reference(), lambda: self.time)

    async def synced(self, at: datetime, *names: str, pending: int = 0) -> None:
        """Let terminals have said that central holds all of theirs."""
        await self.connection.execute(
            "UPDATE writer SET settled_epoch = 'e', settled_at = %s, last_seen_at = %s, pending = %s"
            " WHERE name = ANY(%s)",
            (at, at, pending, list(names or TERMINALS)),
        )

    async def rows(self, statement: str, *values: Any) -> list[Any]:
        return await (await self.connection.execute(cast(Any, statement), values)).fetchall()


def _finished(entries: Iterable[Entry]) -> set[str]:
    return {each.subject for each in entries if each.type == "journey.finished"}
