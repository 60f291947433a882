"""Freezing days that can be complete, and saying what has changed in those that are frozen: entries of central.

Each is one transaction under the branch's row in `statistics_branch`, so that of several workers one does it, once.
The figures of a frozen day are taken from rows as they were known when it was frozen (`rules/statistics/whole_day.py`).
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple, cast

from branch_console.central.database import Connection
from branch_console.central.publish import Act, publish
from branch_console.central.statistics_rows import facts_for_days
from branch_console.central.statistics_terminals import first_day, first_moments
from branch_console.rules.canonical import Json
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.day_entries import figures_subject
from branch_console.rules.statistics.day_state import (
    DayState,
    frozen_data,
    frozen_of,
    restated_data,
    restatements_of,
)
from branch_console.rules.statistics.facts import Facts, TerminalFact
from branch_console.rules.statistics.figures import DEFINITIONS, meanings
from branch_console.rules.statistics.freezing import Completeness, completeness, freeze, written
from branch_console.rules.statistics.instants import Days, all_days
from branch_console.rules.statistics.restating import Late, restate
from branch_console.rules.statistics.whole_day import REPORTED, day_values

FREEZABLE_DAYS = 40
"""Days that are older are not frozen any more: nobody waited for them."""

_SOURCES: Final = {name: each.sources for name, each in meanings().items()}
_FROZEN = "SELECT day FROM statistics_day WHERE branch = %s AND frozen_at IS NOT NULL AND day >= %s"
_FREEZE = """
INSERT INTO statistics_day (branch, day, frozen_at) VALUES (%s, %s, %s)
ON CONFLICT (branch, day) DO UPDATE SET frozen_at = excluded.frozen_at, moved = false
"""
_MOVED = """
SELECT day FROM statistics_day WHERE branch = %s AND moved AND frozen_at IS NOT NULL ORDER BY day DESC LIMIT 1
"""
_SAID = "UPDATE statistics_day SET moved = false WHERE branch = %s AND day = %s"
_STATE = "SELECT state FROM state WHERE branch = %s AND subject = %s AND state IS NOT NULL"
_REPORTED = "SELECT 1 FROM fact_day WHERE branch = %s AND day = %s AND kind <> 'clock' LIMIT 1"
_LATE = "SELECT id, type, terminal, received_at FROM late_entry WHERE branch = %s AND day = %s"


class Office(NamedTuple):
    """Whose days they are, how they are reckoned, and the moment."""

    branch: str
    days: Days
    reference: Reference
    terminals: Sequence[TerminalFact]
    today: date
    now: datetime


async def freeze_next(connection: Connection, at: Office) -> bool:
    """Freeze the first day that may be frozen, from that of the first entry on; whether there was one.

    All that these terminals had sent must be counted already. One day in a transaction: the branch's pushes wait from
    the entry to the commit.
    """
    begun = first_day((await first_moments(connection, [at.branch]))[at.branch], at.days)
    if begun is None:
        return False
    first = max(begun, at.today - timedelta(days=FREEZABLE_DAYS))
    cursor = await connection.execute(_FROZEN, (at.branch, first))
    frozen = {cast(date, each[0]) for each in await cursor.fetchall()}
    for day in all_days(first, at.today - timedelta(days=1)):
        if day not in frozen and (found := completeness(at.days, day, at.terminals, at.now)).may_freeze:
            await _freeze(connection, at, day, found)
            return True
    return False


async def _freeze(connection: Connection, at: Office, day: date, found: Completeness) -> None:
    moment = at.now.replace(microsecond=at.now.microsecond // 1000 * 1000)  # entries know milliseconds
    facts = await _rows(connection, at, day, synced=bool(found.synced))
    figures = await asyncio.to_thread(_written, facts, at.days, day, moment)
    frozen = freeze(at.branch, day, figures, found, moment, DEFINITIONS)
    act = Act("day.frozen", figures_subject(at.branch, day), frozen_data(frozen))
    await publish(connection, at.branch, [act], at.reference)
    await connection.execute(_FREEZE, (at.branch, day, moment))


async def restate_next(connection: Connection, at: Office) -> bool:
    """Look at the newest frozen day in which something has moved, and say what is another figure now; whether there
    was such a day."""
    row = await (await connection.execute(_MOVED, (at.branch,))).fetchone()
    if row is None:
        return False
    day = cast(date, row[0])
    state = await _state(connection, at.branch, day)
    frozen = frozen_of(state)
    if frozen is not None:
        found = completeness(at.days, day, at.terminals, at.now)
        facts = await _rows(connection, at, day, synced=bool(found.synced))
        values = await asyncio.to_thread(_written, facts, at.days, day, frozen.at)
        current = {name: each for name, each in values.items() if name not in REPORTED}
        cursor = await connection.execute(_LATE, (at.branch, day))
        late = [Late._make(each) for each in cast(list[tuple[str, str, str, datetime]], await cursor.fetchall())]
        moved = restate(frozen, restatements_of(state), current, late, _SOURCES, definitions=DEFINITIONS, at=at.now)
        if moved:
            data = restated_data(frozen, moved, at.now, DEFINITIONS)
            await publish(
                connection, at.branch, [Act("day.restated", figures_subject(at.branch, day), data)], at.reference
            )
    await connection.execute(_SAID, (at.branch, day))
    return True


async def _rows(connection: Connection, at: Office, day: date, *, synced: bool) -> Facts:
    """Everything that the figures of a day are made of. Without a row, and a terminal that has synced, it is silent."""
    found = await facts_for_days(connection, at.branch, [day])
    row = await (await connection.execute(_REPORTED, (at.branch, day))).fetchone()
    silent = frozenset([day]) if row is None and not synced else frozenset[date]()
    return replace(found, terminals=tuple(at.terminals), silent=silent)


def _written(facts: Facts, days: Days, day: date, at: datetime) -> dict[str, Json]:
    return {name: written(each) for name, each in day_values(facts, days, day, at).items()}


async def _state(connection: Connection, branch: str, day: date) -> DayState:
    row = await (await connection.execute(_STATE, (branch, figures_subject(branch, day)), binary=True)).fetchone()
    return DayState() if row is None else cast(DayState, FOLDS["figures"].load(cast(bytes, row[0])))
