"""Whole days as they are told: every figure of a branch's day, by its tallies and, where these do not say it, by rows.

What terminals report is not among them: that is worked out when somebody asks (`statistics_answer.py`).
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple, cast
from zoneinfo import ZoneInfo

from psycopg.types.json import Jsonb

from branch_console.central.database import Connection
from branch_console.central.statistics_rows import facts_for_days
from branch_console.central.statistics_tallies import KEPT_DAYS, tallies_of
from branch_console.rules.canonical import Json
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.board_rules import days_of
from branch_console.rules.statistics.counting import value_of
from branch_console.rules.statistics.definition import Counted, Value, value_only
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.figures import FIGURES, RATIOS, value
from branch_console.rules.statistics.freezing import day_ends, exact
from branch_console.rules.statistics.instants import Days
from branch_console.rules.statistics.tallies import FROM_ROWS, TALLIED
from branch_console.rules.statistics.tally import Key, Tally, whole
from branch_console.rules.statistics.whole_day import REPORTED, asked

SOME = 14
"""Days that are told anew in one transaction."""
AGAIN = timedelta(minutes=5)
"""After so long a day that goes on is told anew though nothing has come: limits run out by themselves."""

_ROWS: Final = sorted(FROM_ROWS - REPORTED)
_BY_TALLIES: Final = sorted({*TALLIED, *RATIOS})
_DAYS = """
INSERT INTO statistics_day (branch, day) SELECT %(branch)s, day::date FROM generate_series(
    greatest((SELECT min(day) FROM fact_day WHERE branch = %(branch)s AND day >= %(oldest)s), %(oldest)s),
    %(today)s::date, interval '1 day') AS day
ON CONFLICT DO NOTHING
"""
_AGAIN = """
UPDATE statistics_day SET stale = true
WHERE branch = %(branch)s AND NOT stale AND day BETWEEN %(oldest)s AND %(today)s AND (
    day < %(today)s AND made_at < %(begins)s - (%(today)s - day - 1) * interval '1 day'
    OR day = %(today)s AND (made_at < %(begins)s OR made_at < %(before)s AND EXISTS (
        SELECT FROM fact_day f WHERE f.branch = %(branch)s AND f.day = %(today)s AND f.kind = 'clock'))
)
"""
_STALE = "SELECT day FROM statistics_day WHERE branch = %s AND stale ORDER BY day DESC LIMIT %s"
_WRITE = "UPDATE statistics_day SET figures = %s, made_at = %s, stale = false WHERE branch = %s AND day = %s"


class Told(NamedTuple):
    """A figure as it is sent: value as `freezing.written` gives it, rows counted, rows looked at."""

    value: Json
    rows: int
    of: int


def reckoned(timezone: str, reference: Reference) -> Days:
    """How a branch of that time zone reckons its days."""
    return days_of(reference.board, ZoneInfo(timezone))


async def begin_days(connection: Connection, branch: str, days: Days, today: date, now: datetime) -> None:
    """See that every day up to today is there to be told, that a day is told anew once it is over, and today from time
    to time."""
    named = {
        "branch": branch,
        "today": today,
        "oldest": today - timedelta(days=KEPT_DAYS),
        "begins": day_ends(days, today - timedelta(days=1)),
        "before": now - AGAIN,
    }
    await connection.execute(_DAYS, named)
    await connection.execute(_AGAIN, named)


async def tell_some(connection: Connection, branch: str, days: Days, now: datetime) -> int:
    """Tell some of the days anew whose figures have changed, the newest first; return how many."""
    cursor = await connection.execute(_STALE, (branch, SOME))
    wanted = [cast(date, row[0]) for row in await cursor.fetchall()]
    if not wanted:
        return 0
    found = await tallies_of(connection, branch, wanted)
    rows = await facts_for_days(connection, branch, wanted, ["claim", "clock"])

    def work() -> list[tuple[object, ...]]:
        made = [(day, told_day(found.get(day, {}), rows, days, day, now)) for day in wanted]
        return [(Jsonb({name: list(each) for name, each in told.items()}), now, branch, day) for day, told in made]

    written_down = await asyncio.to_thread(work)
    async with connection.cursor() as writing:
        await writing.executemany(_WRITE, written_down)
    return len(wanted)


def told_day(found: Mapping[Key, Tally], rows: Facts, days: Days, day: date, now: datetime) -> dict[str, Told]:
    """Every figure of a day of which something was looked at, by its tallies; `rows` are what these do not say."""
    wholes = whole(found)
    values: dict[str, Value | Counted[Any]] = {name: value_of(name, wholes) for name in _BY_TALLIES}
    values |= {name: value(name, rows, asked(name, days, day, now)) for name in _ROWS}
    return {name: each for name in (*FIGURES, *RATIOS) if name in values and any((each := told(values[name]))[1:])}


def told(found: Value | Counted[Any]) -> Told:
    """A figure as it is sent."""
    value = value_only(found) if isinstance(found, Counted) else found
    return Told(exact(value.value), value.rows, value.of)


def in_words(figures: Mapping[str, Json]) -> dict[str, Told]:
    """What was written of a day, read back."""
    return {name: Told(*cast(Sequence[Any], each)) for name, each in figures.items()}
