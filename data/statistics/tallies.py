"""What facts add up to, as figures ask for it: one day with all groups, many days as a whole, few figures in groups."""

from collections.abc import Iterable
from datetime import date

import orjson

from branch_console.rules.statistics.tally import Key, Tally, whole
from branch_console.rules.statistics.tally_bytes import unpack_tallies
from data.reading import Reading

_DAY = "SELECT body FROM day_tally WHERE day = :day"
_TOTALS = "SELECT day, body FROM day_total WHERE day BETWEEN :first AND :last"
_FIGURES = """
SELECT kept.day, kept.body FROM json_each(:figures) AS wanted
JOIN day_tally AS kept ON kept.day BETWEEN :first AND :last AND kept.figure = wanted.value
"""


def tallies_of(source: Reading, day: date) -> dict[Key, Tally]:
    """All tallies of a business day."""
    found: dict[Key, Tally] = {}
    with source.reading() as connection:
        bodies = connection.exec_driver_sql(_DAY, {"day": day.isoformat()}).scalars().all()
    for body in bodies:
        found.update(unpack_tallies(day, body))
    return found


def totals(source: Reading, first: date, last: date) -> dict[date, dict[str, Tally]]:
    """The tallies of all figures as a whole, by day. Days on which nothing counts are left out."""
    with source.reading() as connection:
        span = {"first": first.isoformat(), "last": last.isoformat()}
        rows = connection.exec_driver_sql(_TOTALS, span).all()
    days = ((date.fromisoformat(row.day), row.body) for row in rows)
    return {day: whole(unpack_tallies(day, body)) for day, body in days}


def days_with_groups(source: Reading, first: date, last: date, figures: Iterable[str]) -> dict[Key, Tally]:
    """The tallies of some figures with all groups, of all days of a span."""
    found: dict[Key, Tally] = {}
    values = {"first": first.isoformat(), "last": last.isoformat(), "figures": orjson.dumps(list(figures))}
    with source.reading() as connection:
        rows = connection.exec_driver_sql(_FIGURES, values).all()
    for row in rows:
        found.update(unpack_tallies(date.fromisoformat(row.day), row.body))
    return found
