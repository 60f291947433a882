"""Terminals as central last heard of them: whether a day can be complete, and what is said of them with the figures.

A terminal has synced at the moment at which it last said, in the present epoch, that central holds all of its journal.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from branch_console.central.database import Connection
from branch_console.rules.statistics.facts import TerminalFact
from branch_console.rules.statistics.instants import Days

_TERMINALS = """
SELECT w.branch, w.name, w.label, w.registered_at, w.revoked_at, greatest(w.last_seen_at, w.last_push_at),
    CASE WHEN w.settled_epoch = m.value THEN w.settled_at END, coalesce(w.pending, 0), coalesce(w.clock_offset_ms, 0)
FROM writer w, meta m WHERE m.name = 'epoch' AND w.branch = ANY(%s) AND w.public_key IS NOT NULL
ORDER BY w.branch, w.registered_at, w.name
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
