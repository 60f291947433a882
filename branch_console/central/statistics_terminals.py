"""Terminals as central last heard of them: whether a day can be complete, and what is said of them with the figures.

A terminal has synced at the moment at which it last said, in the present epoch, that central holds all of its journal.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, cast

from branch_console.central.batch import parse_stored
from branch_console.central.database import Connection
from branch_console.rules.statistics.facts import TerminalFact
from branch_console.rules.statistics.instants import Days

_TERMINALS = """
SELECT w.branch, w.name, w.label, w.registered_at, w.revoked_at, greatest(w.last_seen_at, w.last_push_at),
    CASE WHEN w.settled_epoch = m.value THEN w.settled_at END, coalesce(w.pending, 0), coalesce(w.clock_offset_ms, 0)
FROM writer w, meta m WHERE m.name = 'epoch' AND w.branch = ANY(%s) AND w.public_key IS NOT NULL
ORDER BY w.branch, w.registered_at, w.name
"""


_FIRST = """
SELECT w.branch, e.wire FROM writer w JOIN entry e ON e.branch = w.branch AND e.writer = w.name AND e.seq = 1
WHERE w.branch = ANY(%s) AND w.public_key IS NOT NULL
"""


class Terminal(NamedTuple):
    """One terminal, revoked ones too."""

    branch: str
    name: str
    label: str
    registered_at: datetime
    revoked_at: datetime | None
    seen_at: datetime | None
    synced_at: datetime | None
    pending: int
    clock_offset_ms: int

    def fact(self, days: Days) -> TerminalFact:
        """As rules look at it."""
        return TerminalFact(
            subject=f"terminal/{self.name}",
            name=self.label,
            registered=days.instant(self.registered_at),
            revoked=days.instant(self.revoked_at),
            synced=days.instant(self.synced_at),
            pending=self.pending,
            clock_offset_ms=self.clock_offset_ms,
        )


async def terminals_of(connection: Connection, branches: Sequence[str]) -> list[Terminal]:
    """All terminals that the branches have or had."""
    cursor = await connection.execute(_TERMINALS, (list(branches),))
    return [Terminal._make(row) for row in await cursor.fetchall()]


async def first_moments(connection: Connection, branches: Sequence[str]) -> dict[str, list[str]]:
    """When the first entry of each terminal's journal was made, by branch: before that there is nothing to count."""
    cursor = await connection.execute(_FIRST, (list(branches),), binary=True)
    found: dict[str, list[str]] = defaultdict(list)
    for branch, wire in cast(list[tuple[str, bytes]], await cursor.fetchall()):
        found[branch].append(parse_stored(wire).at)
    return found


def first_day(moments: Sequence[str], days: Days) -> date | None:
    """The business day of the first of these moments; None without any."""
    found = [instant.day for each in moments if (instant := days.instant(each)) is not None]
    return min(found, default=None)
