"""Days that central has frozen, and days of which nobody has reported anything."""

from datetime import date
from typing import NamedTuple

from branch_console.rules.statistics.day_state import FROZEN_DAY, DayState
from branch_console.rules.statistics.instants import all_days
from data.reading import Reading

_FROZEN = "SELECT day, subject, at, restated FROM frozen_day WHERE day BETWEEN :first AND :last ORDER BY day"
_STATE = "SELECT state.body FROM frozen_day AS day JOIN state ON state.subject = day.subject WHERE day.day = :day"
_WITH_FACTS = "SELECT DISTINCT day FROM fact_day WHERE day BETWEEN :first AND :last AND kind <> 'clock'"


class FrozenDay(NamedTuple):
    """That a day is frozen: the subject of central's entries about it, when (RFC 3339), how many restatements."""

    subject: str
    at: str
    restated: int


def frozen_days(source: Reading, first: date, last: date) -> dict[date, FrozenDay]:
    """The frozen days of this branch in a span."""
    with source.reading() as connection:
        rows = connection.exec_driver_sql(_FROZEN, {"first": first.isoformat(), "last": last.isoformat()}).all()
    return {date.fromisoformat(row.day): FrozenDay(row.subject, row.at, row.restated) for row in rows}


def day_state(source: Reading, day: date) -> DayState | None:
    """What central said of a day of this branch; None while it is not frozen."""
    with source.reading() as connection:
        body = connection.exec_driver_sql(_STATE, {"day": day.isoformat()}).scalar_one_or_none()
    return None if body is None else FROZEN_DAY.load(body)


def silent_days(source: Reading, first: date, last: date) -> frozenset[date]:
    """The days of a span of which there is no fact. A time limit that ran out is none: nobody did anything.

    Whether a terminal has synced since and had nothing to report is not known here; central says it.
    """
    with source.reading() as connection:
        span = {"first": first.isoformat(), "last": last.isoformat()}
        known = set(connection.exec_driver_sql(_WITH_FACTS, span).scalars())
    return frozenset(day for day in all_days(first, last) if day.isoformat() not in known)
