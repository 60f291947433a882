"""A day against the previous comparable one, both up to the same time of day; never a part of a day with a whole one.

A working day is compared with the working day before it: make-up weekend days (调休) are working days, holidays and the
bank's own closed days are passed over. A day that is not worked has nothing comparable.
The other day is asked for as it was known at the same time, so any figure can be compared by its one definition: of a
cohort, too, what had become of it by then, and not what has become of it since.
Source: rule 6 of the trust rules of the domain page. Names: `Comparable`, `Before`, `comparable`, `same_time_before`.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from branch_console.rules.statistics.instants import Scope
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.workdays import is_known, workday

FURTHEST = 31
"""Days to look back: no holiday is longer."""


class Comparable(NamedTuple):
    """The day to compare with. `calendar_known` False: which days are worked is estimated, nobody has published it."""

    day: date
    calendar_known: bool


class Before(NamedTuple):
    """What to ask for to compare; `calendar_known` as in `Comparable`."""

    scope: Scope
    calendar_known: bool


def comparable(calendar: Calendar, day: date) -> Comparable | None:
    """The working day before a working day; None for a day that is not worked, or after a month without work."""
    if not workday(calendar, day).working:
        return None
    for back in range(1, FURTHEST + 1):
        before = day - timedelta(days=back)
        if workday(calendar, before).working:
            return Comparable(before, is_known(calendar, before, day))
    return None


def same_time_before(calendar: Calendar, scope: Scope) -> Before | None:
    """The comparable of what is asked for one day, as it was known at the same time of day by the clocks on the wall.

    None where nothing is comparable. Raises ValueError for a span of several days.
    """
    if scope.first != scope.last:
        raise ValueError("only one day has a comparable one")
    found = comparable(calendar, scope.first)
    if found is None:
        return None
    as_of = scope.as_of.astimezone(calendar.zone) - (scope.first - found.day)
    return Before(replace(scope, first=found.day, last=found.day, as_of=as_of), found.calendar_known)
