"""Which days the past has, and how much happened on each: a weekly rhythm, a slow trend, one unusual day."""

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from branch_console.demo.people import DemoPast
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.workdays import workday

_RHYTHM: Final = (1.12, 1.0, 0.9, 0.98, 1.2, 0.75, 0.7)
"""Monday to Sunday; the weekend is worked only where a holiday is made up for."""
_HOURS: Final[Mapping[int, float]] = {9: 1.0, 10: 1.4, 11: 1.2, 12: 0.5, 13: 0.6, 14: 1.2, 15: 1.1, 16: 0.6}
_SPREAD: Final = 0.8
_FEWEST, _MOST = 0.6, 1.75
"""Of a day's mean: what chance leaves or adds at most."""
_UNUSUAL_AGO: Final = 9
_UNUSUAL: Final = 8
"""Working days ago, and complaints more than usual: what a control chart is for."""


class PastDay(NamedTuple):
    """A day: when customers came, and how many complaints came beside them. `outage`: what they complained about."""

    day: date
    visits: tuple[datetime, ...]
    complaints: int
    outage: bool


def past_days(past: DemoPast, calendar: Calendar, now: datetime, rng: random.Random) -> list[PastDay]:
    """The working days of the past, oldest first, and today up to `now`, worked or not, as the demo's own day is."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)  # noqa: S101  the branch's own time
    today = now.date()
    first = today - timedelta(weeks=past.weeks)
    dates = [first + timedelta(days=each) for each in range((today - first).days)]
    working = [each for each in dates if workday(calendar, each).working]
    unusual = working[-_UNUSUAL_AGO] if past.unusual and len(working) >= _UNUSUAL_AGO else None
    working.append(today)
    found = []
    for place, day in enumerate(working):
        mean = past.first + (past.last - past.first) * place / max(1, len(working) - 1)
        mean *= past.today if day == today else _RHYTHM[day.weekday()]
        many = round(min(max(rng.gauss(mean, _SPREAD * mean**0.5), _FEWEST * mean), _MOST * mean))
        came = tuple(each for each in sorted(_arrival(day, zone, rng) for _ in range(many)) if each < now)
        complaints = sum(rng.random() < past.complaints / 2 for _ in range(2))
        outage = day == unusual
        found.append(PastDay(day, came, complaints + _UNUSUAL * outage, outage))
    return found


def workdays_before(calendar: Calendar, day: date, count: int) -> date:
    """The `count`-th working day before a day; 0 gives `day`."""
    while count:
        day -= timedelta(days=1)
        count -= workday(calendar, day).working
    return day


def _arrival(day: date, zone: ZoneInfo, rng: random.Random) -> datetime:
    (hour,) = rng.choices(list(_HOURS), list(_HOURS.values()))
    minute, second, thousandth = rng.randrange(2, 60), rng.randrange(60), rng.randrange(1000)
    return datetime.combine(day, time(hour, minute, second, thousandth * 1000), zone)
