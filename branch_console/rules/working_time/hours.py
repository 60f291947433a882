"""Working time between two moments, and the moment when so much of it has passed.

Everything is reckoned on real instants (UTC), exactly and without rounding, so that
elapsed(a, b) + elapsed(b, c) = elapsed(a, c), and a calendar without closing hours is the wall clock.
Names: `elapsed`, `advance`, `is_open`, `day_end`, `day_close`, `last_close`, `local_day`.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeAlias

from branch_console.rules.working_time.calendar import Calendar, minute_of_day
from branch_console.rules.working_time.workdays import step_workdays, workday

Opening: TypeAlias = tuple[datetime, datetime]

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)
_NOTHING = timedelta(0)


def local_day(calendar: Calendar, at: datetime) -> date:
    """The date that the calendar's clocks on the wall show."""
    return at.astimezone(calendar.zone).date()


@lru_cache(maxsize=16384)
def openings(calendar: Calendar, day: date) -> tuple[Opening, ...]:
    """The spans in which a day is worked, in order, as instants; empty on a day that is not worked."""
    if not workday(calendar, day).working:
        return ()
    special = next((each.hours for each in calendar.overrides if each.day == day and each.hours), calendar.hours)
    return tuple((_instant(calendar, day, opens), _instant(calendar, day, closes)) for opens, closes in special)


def _instant(calendar: Calendar, day: date, text: str) -> datetime:
    """A time on the wall as an instant; "24:00" is the next day's midnight."""
    minute = minute_of_day(text)
    if minute == 1440:
        day, minute = day + _DAY, 0
    return datetime.combine(day, time(minute // 60, minute % 60), calendar.zone).astimezone(UTC)


def elapsed(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Working time from `start` to `end`; negative when `end` is earlier."""
    if end < start:
        return -elapsed(calendar, end, start)
    first, last = local_day(calendar, start), local_day(calendar, end)
    years = (_before_days(calendar, year)[-1] for year in range(first.year, last.year))
    return sum(years, _NOTHING) + _in_year(calendar, last, end) - _in_year(calendar, first, start)


def _in_year(calendar: Calendar, day: date, at: datetime) -> timedelta:
    """Working time from the beginning of the year to a moment on `day`."""
    today = (min(closes, at) - opens for opens, closes in openings(calendar, day) if opens < at)
    return sum(today, _before_days(calendar, day.year)[day.timetuple().tm_yday - 1])


@lru_cache(maxsize=256)
def _before_days(calendar: Calendar, year: int) -> tuple[timedelta, ...]:
    """Working time of the year before each of its days, and behind them that of the whole year."""
    found, day = [_NOTHING], date(year, 1, 1)
    while day.year == year:
        found.append(sum((closes - opens for opens, closes in openings(calendar, day)), found[-1]))
        day += _DAY
    return tuple(found)


def advance(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """The first moment at which `amount` of working time has passed since `start`."""
    if amount <= _NOTHING:
        return start
    day = local_day(calendar, start)
    while True:
        for opens, closes in openings(calendar, day):
            begins = max(opens, start)
            if closes > begins:
                if amount <= closes - begins:
                    return (begins + amount).astimezone(calendar.zone)
                amount -= closes - begins
        day += _DAY


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether it is working time."""
    return any(opens <= at < closes for opens, closes in openings(calendar, local_day(calendar, at)))


def day_end(calendar: Calendar, day: date) -> datetime:
    """The last moment that still is `day` (24:00 less a microsecond), so that it reads as that day and not the next."""
    following = datetime.combine(day + _DAY, time(), calendar.zone)
    return (following.astimezone(UTC) - _TICK).astimezone(calendar.zone)


def day_close(calendar: Calendar, day: date) -> datetime:
    """When the work of a working day ends. A desk that closes at 24:00 closes with the day's last moment."""
    closes = openings(calendar, day)[-1][1]
    return min(closes, day_end(calendar, day)).astimezone(calendar.zone)


def last_close(calendar: Calendar, at: datetime, after: datetime) -> datetime | None:
    """The end of the last working day that is over by `at`; None when none ended since `after`."""
    day, first = local_day(calendar, at), local_day(calendar, after)
    while day >= first:
        if openings(calendar, day):
            closes = day_close(calendar, day)
            if after < closes <= at:
                return closes
        day -= _DAY
    return None


def first_day(calendar: Calendar, at: datetime, *, working: bool) -> date:
    """The day that counts as the first one when the day of the start is counted: today, or, for working days, the
    next working day if today's work is over.
    """
    today = local_day(calendar, at)
    if not working or (openings(calendar, today) and at < day_close(calendar, today)):
        return today
    return step_workdays(calendar, today, 1)
