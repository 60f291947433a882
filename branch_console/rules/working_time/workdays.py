"""Which days are worked: make-up weekends, holidays, the bank's own days; and whether that is known or estimated.

Of a year that nobody has published only the week is known (Monday to Friday); such a day is `known = False`, and what
was reckoned with it is shown as estimated, never silently guessed.
Names: `WorkDay`, `workday(calendar, day)`, `is_known(calendar, first, last)`, `step_workdays`, `next_workday`,
`base_digest`, `replaces`.
"""

from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from typing import NamedTuple

from chinese_calendar import get_holiday_detail

from branch_console.rules.documents import Words
from branch_console.rules.working_time.calendar import Calendar

_DAY = timedelta(days=1)


class WorkDay(NamedTuple):
    """One day: whether it is worked, whether that is known, and the bank's reason if it is the bank's own doing."""

    working: bool
    known: bool
    why: Words | None = None


class _Days:
    """The days of one calendar, each worked out once."""

    def __init__(self, calendar: Calendar) -> None:
        self._week = frozenset(calendar.week)
        self._holidays = calendar.holidays
        self._base = calendar.base
        self._years = {each.year for each in calendar.years}
        self._rest = frozenset(chain.from_iterable(each.rest for each in calendar.years))
        self._work = frozenset(chain.from_iterable(each.work for each in calendar.years))
        self._overrides = {each.day: each for each in calendar.overrides}
        self._kept: dict[date, WorkDay] = {}

    def day(self, day: date) -> WorkDay:
        found = self._kept.get(day)
        if found is None:
            found = self._kept[day] = self._find(day)
        return found

    def knows(self, year: int) -> bool:
        return not self._holidays or year in self._years or self._in_base(year)

    def _in_base(self, year: int) -> bool:
        if self._base is None or not self._base.first_year <= year <= self._base.last_year:
            return False
        return _library_day(date(year, 1, 1)) is not None

    def _find(self, day: date) -> WorkDay:
        override = self._overrides.get(day)
        if override is not None:
            return WorkDay(override.working, known=True, why=override.why)
        usual = day.isoweekday() in self._week
        if not self._holidays:
            return WorkDay(usual, known=True)
        if day.year in self._years:
            return WorkDay(day in self._work or (usual and day not in self._rest), known=True)
        if self._in_base(day.year):
            listed = _library_day(day)
            return WorkDay(usual if listed == "usual" else listed == "work", known=True)
        return WorkDay(usual, known=False)


@lru_cache(maxsize=64)
def _days(calendar: Calendar) -> _Days:
    return _Days(calendar)


@lru_cache(maxsize=16384)
def _library_day(day: date) -> str | None:
    """What chinesecalendar lists for a day: "rest" (holiday), "work" (made up for one), "usual" (as the week says).

    None: it does not know the year, which it says by raising, as it should.
    """
    try:
        rest, name = get_holiday_detail(day)
    except NotImplementedError:
        return None
    if name is None:
        return "usual"
    return "rest" if rest else "work"


def workday(calendar: Calendar, day: date) -> WorkDay:
    """What a day is."""
    return _days(calendar).day(day)


def is_known(calendar: Calendar, first: date, last: date) -> bool:
    """Whether all years between two days (both included) are known."""
    return all(_days(calendar).knows(year) for year in range(first.year, last.year + 1))


def step_workdays(calendar: Calendar, day: date, count: int) -> date:
    """The `count`-th working day after `day` (which itself is not counted); 0 gives `day`."""
    while count > 0:
        day += _DAY
        if workday(calendar, day).working:
            count -= 1
    return day


def next_workday(calendar: Calendar, day: date) -> date:
    """`day` if it is worked, else the first working day after it."""
    return day if workday(calendar, day).working else step_workdays(calendar, day, 1)


@lru_cache(maxsize=16)
def base_digest(first_year: int, last_year: int) -> str:
    """SHA-256 of lines "YYYY-MM-DD rest" and "… work" for all listed days of the years, as the installed library has
    them; a year that it does not know is "YYYY unknown".
    """
    lines = []
    for year in range(first_year, last_year + 1):
        day = date(year, 1, 1)
        if _library_day(day) is None:
            lines.append(f"{year} unknown\n")
            continue
        while day.year == year:
            listed = _library_day(day)
            if listed != "usual":
                lines.append(f"{day} {listed}\n")
            day += _DAY
    return sha256("".join(lines).encode()).hexdigest()


def replaces(newer: Calendar, pinned: Calendar, first: date, last: date) -> bool:
    """Whether `newer` may take the place of a case's pinned calendar: it changes no day between `first` and `last`
    that was known, nor any hours, and only fills in what was estimated.
    """
    if (newer.id, newer.timezone, newer.hours) != (pinned.id, pinned.timezone, pinned.hours):
        return False
    if newer.version <= pinned.version:
        return False
    own = [{each.day: each.hours for each in calendar.overrides} for calendar in (newer, pinned)]
    day = first
    while day <= last:
        if workday(pinned, day).known and (
            workday(newer, day)[:2] != workday(pinned, day)[:2] or own[0].get(day, []) != own[1].get(day, [])
        ):
            return False
        day += _DAY
    return True
