"""The figures of one business day. One definition each, read from indexed columns of journeys.

received: journeys started; onboarded: journeys finished; first_use: first use done. Each on its own business date.
Of a member of staff: who received the customer, who held the journey at its end, who did the first use.
"""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from data.lists import LISTED
from data.store import Store

HOURS = 24


class DayFigures(NamedTuple):
    """Figures of a day; `by_hour` counts the received customers of each hour, 0 to 23."""

    received: int
    onboarded: int
    first_use: int
    by_hour: tuple[int, ...]


def day_figures(store: Store, business_date: date, staff: str | None = None) -> DayFigures:
    """The figures of the branch, or of one member of staff, on a business date of the branch's time zone."""
    received = _hours(store, "started", business_date, staff)
    onboarded = _hours(store, "finished", business_date, staff)
    first_use = _hours(store, "first_use", business_date, staff)
    return DayFigures(sum(received), sum(onboarded), sum(first_use), received)


def _hours(store: Store, event: str, business_date: date, staff: str | None) -> tuple[int, ...]:
    """How often the event happened in each hour of the day."""
    day, hour, by = (LISTED.c[f"{event}_{part}"] for part in ("day", "hour", "by"))
    counted = select(hour, func.count()).where(day == business_date.isoformat()).group_by(hour)
    if staff is not None:
        counted = counted.where(by == staff)
    with store.database.read() as connection:
        found = {row[0]: row[1] for row in connection.execute(counted)}
    return tuple(found.get(each, 0) for each in range(HOURS))
