"""The trend of twelve weeks: counts by week as a u chart of events a working day.

Weeks have three to six working days with holidays and make-up weekends, so a week is compared by its rate, with limits
for how many days it has. Days without data are no days. The current week stands with the days that are over.
Names: `Week`, `weekly`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from branch_console.rules.statistics.charts import DayValue
from branch_console.rules.statistics.control import Limits, rate_limits
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.workdays import workday

WEEKS = 12
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """One week from its Monday on: events on its working days, how many of these have data, and ordinary rates a day.

    `rate` and `limits` are None for a week without data. The limits come from all other weeks of the trend.
    """

    monday: date
    total: int
    days: int
    rate: float | None
    limits: Limits | None


def weekly(days: Iterable[DayValue], until: date, calendar: Calendar, weeks: int = WEEKS) -> list[Week]:
    """The last weeks of a series of counts, oldest first; `until` is the last day that is over."""
    last = until - timedelta(days=until.weekday())
    first = last - _WEEK * (weeks - 1)
    found = {first + _WEEK * number: (0, 0) for number in range(weeks)}
    for day, value, _ in days:
        monday = day - timedelta(days=day.weekday())
        if value is not None and monday in found and day <= until and workday(calendar, day).working:
            total, worked = found[monday]
            found[monday] = (total + int(value), worked + 1)
    whole, all_days = (sum(each[part] for each in found.values()) for part in (0, 1))
    return [_week(monday, total, worked, whole - total, all_days - worked) for monday, (total, worked) in found.items()]


def _week(monday: date, total: int, days: int, others: int, other_days: int) -> Week:
    """One week beside the others: an unusual one must not widen its own limits."""
    rate = total / days if days else None
    limits = rate_limits(others / other_days, days) if days and other_days else None
    return Week(monday, total, days, rate, limits)
