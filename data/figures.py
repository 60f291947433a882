"""The figures of one business day. One definition each, read from indexed columns of journeys.

received: journeys started; onboarded: journeys finished; first_use: first use done. Each on its own business date.
Of a member of staff: who received the customer, who held the journey at its end, who did the first use.
"""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from data.lists import LISTED
from data.store import Store

HOURS = 24

_LAST = "SELECT COALESCE(max(rowid), 0) FROM entry"
_NEWS = "SELECT EXISTS (SELECT 1 FROM entry WHERE rowid > :since AND subject BETWEEN 'journey/' AND 'journey0')"


class DayFigures(NamedTuple):
    """Figures of a day; `by_hour` counts the received customers of each hour, 0 to 23."""

    received: int
    onboarded: int
    first_use: int
    by_hour: tuple[int, ...]


def day_figures(store: Store, business_date: date, staff: str | None = None) -> DayFigures:
    """The figures of the branch, or of one member of staff, on a business date of the branch's time zone."""
    branch, own = figures_with_own(store, business_date, staff)
    return branch if staff is None else own


def journeys_since(store: Store, place: int) -> tuple[bool, int]:
    """Whether an entry about a journey has come since that place of the journal, and the place where it ends now.

    Entries are never taken out while a store is open, so those that came have the highest rowids.
    """
    with store.database.read() as connection:
        last = int(connection.exec_driver_sql(_LAST).scalar_one())
        news = last != place and bool(connection.exec_driver_sql(_NEWS, {"since": place}).scalar_one())
    return news or last < place, last


def figures_with_own(store: Store, business_date: date, staff: str | None) -> tuple[DayFigures, DayFigures]:
    """The branch's figures and those of one member of staff, in one reading of the day's journeys."""
    with store.database.read() as connection:
        received, onboarded, first_use = (
            _hours(connection, event, business_date, staff) for event in ("started", "finished", "first_use")
        )
    branch, own = (
        DayFigures(sum(received[side]), sum(onboarded[side]), sum(first_use[side]), received[side]) for side in (0, 1)
    )
    return branch, own


def _hours(
    connection: Connection, event: str, business_date: date, staff: str | None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """How often the event happened in each hour of the day: in the branch, by `staff`."""
    day, hour, by = (LISTED.c[f"{event}_{part}"] for part in ("day", "hour", "by"))
    counted = (
        select(hour, func.count(), func.count().filter(by == staff))
        .where(day == business_date.isoformat())
        .group_by(hour)
    )
    found = {row[0]: (row[1], row[2]) for row in connection.execute(counted)}
    branch, own = (tuple(found.get(each, (0, 0))[side] for each in range(HOURS)) for side in (0, 1))
    return branch, own
