"""Tallies of business days in PostgreSQL: moved with the rows that they are made of; which days must be told anew.

The caller holds the branch's row in `statistics_branch`.
"""

import asyncio
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import cast

from branch_console.central.database import Connection
from branch_console.rules.statistics.changing import Changes, days_touched, tallies_moved
from branch_console.rules.statistics.days_of_rows import begins_and_ends
from branch_console.rules.statistics.tally import Key, Tally, add, by_day, take
from branch_console.rules.statistics.tally_bytes import pack_tallies, unpack_tallies

KEPT_DAYS = 90
"""So many days back figures are told anew when something that stands open has changed; tallies go back for ever."""

_READ = "SELECT day, tallies FROM statistics_day WHERE branch = %s AND day = ANY(%s) AND tallies IS NOT NULL"
_WRITE = """
INSERT INTO statistics_day (branch, day, tallies) VALUES (%s, %s, %s)
ON CONFLICT (branch, day) DO UPDATE SET tallies = excluded.tallies
"""
_STALE = "UPDATE statistics_day SET stale = true WHERE branch = %s AND (day = ANY(%s) OR day BETWEEN %s AND %s)"


async def move_tallies(connection: Connection, branch: str, made: Changes, now: datetime) -> None:
    """Take away what the rows were and add what they are. Raises ValueError when the tallies do not hold that."""
    less, more = await asyncio.to_thread(lambda: tuple(by_day(each) for each in tallies_moved(made)))
    changed = less.keys() | more.keys()
    kept = await tallies_of(connection, branch, changed)
    rows = []
    for day in sorted(changed):
        own = kept.get(day, {})
        take(own, less.get(day, {}))
        add(own, more.get(day, {}))
        rows.append((branch, day, pack_tallies(own) if own else None))
    if rows:
        async with connection.cursor() as cursor:
            await cursor.executemany(_WRITE, rows)
    await _mark(connection, branch, made, now)


async def tallies_of(connection: Connection, branch: str, wanted: Collection[date]) -> dict[date, dict[Key, Tally]]:
    """The tallies of the days; days of which there are none are left out."""
    cursor = await connection.execute(_READ, (branch, list(wanted)), binary=True)
    return {day: unpack_tallies(day, packed) for day, packed in cast(list[tuple[date, bytes]], await cursor.fetchall())}


async def _mark(connection: Connection, branch: str, made: Changes, now: datetime) -> None:
    """Mark the days whose figures must be told anew: those of the rows, and those on which something stood open."""
    oldest = now.date() - timedelta(days=KEPT_DAYS)
    own = {day for day, _kind in days_touched(made)}
    first, last = date.max, date.min
    for facts in (*made.now.values(), *made.before.values()):
        if facts.cases:
            begins, ends = begins_and_ends(facts)
            first, last = min(first, begins or date.max), max(last, ends or date.max)
    await connection.execute(_STALE, (branch, list(own), max(first, oldest), last))
