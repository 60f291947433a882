"""The trend of twelve weeks, each week beside the others: counts, shares, rates and measures.

Weeks have three to six working days with holidays and make-up weekends, so counts are compared by their rate a working
day (u chart); shares and rates by their parts and sizes summed by week, with limits for each week's own size (p and u
charts); medians and sums by XmR. The limits of a week come from all other weeks, so that an unusual one does not hide
itself. Days without data are no days. The current week stands with the days that are over.
Names: `Week`, `mondays`, `weekly`, `weekly_sums`, `weekly_parts`, `weekly_values`, `too_few`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from branch_console.rules.statistics.charts import DayValue
from branch_console.rules.statistics.control import Limits, rate_limits, share_limits, xmr
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.workdays import workday

WEEKS: Final = 12
ENOUGH_WEEKS: Final = 8
"""Other weeks with data that XmR limits need: the mean of fewer moving ranges says little."""
_WEEK: Final = timedelta(days=7)
_Sums: TypeAlias = dict[date, tuple[float, float]]


@dataclass(frozen=True)
class Week:
    """One week from its Monday on.

    `total` and `size`: events and working days with data; of a share or rate its part and of how many it is. `rate` is
    one by the other, of a measure the week's own value; None without data. `limits` are None where there is nothing,
    or of a measure too little, to compare with.
    """

    monday: date
    total: float
    size: float
    rate: float | None
    limits: Limits | None


def mondays(until: date) -> list[date]:
    """The twelve weeks of a trend, oldest first; `until` is the last day that is over."""
    last = until - timedelta(days=until.weekday())
    return [last - _WEEK * number for number in reversed(range(WEEKS))]


def weekly(days: Iterable[DayValue], until: date, calendar: Calendar) -> list[Week]:
    """Counts: events a working day."""
    return _compared(_by_working_day(days, until, calendar), rate_limits)


def weekly_sums(days: Iterable[DayValue], until: date, calendar: Calendar) -> list[Week]:
    """Sums, of money for instance: what a working day comes to. Sums vary more than counts do, so XmR limits."""
    sums = _by_working_day(days, until, calendar)
    return [
        Week(each.monday, *sums[each.monday], each.rate, each.limits)
        for each in weekly_values({monday: part / size if size else None for monday, (part, size) in sums.items()})
    ]


def weekly_parts(
    days: Iterable[DayValue], until: date, kind: Literal["share", "rate"], *, least: int = 0
) -> list[Week]:
    """Shares and rates: the figure over all days of each week, worked or not; also events of days with nothing below.

    A share of fewer than `least` is not told, but is among what the other weeks are compared with.
    """
    sums: _Sums = dict.fromkeys(mondays(until), (0.0, 0.0))
    for day, part, size in days:
        monday = day - timedelta(days=day.weekday())
        if part is not None and size is not None and monday in sums and day <= until:
            sums[monday] = (sums[monday][0] + part, sums[monday][1] + size)
    found = _compared(sums, share_limits if kind == "share" else rate_limits)
    return [each if each.size >= least else Week(each.monday, each.total, each.size, None, None) for each in found]


def weekly_values(values: dict[date, float | None]) -> list[Week]:
    """Measures, such as medians, as they are of each week: XmR limits where at least 8 other weeks have data."""
    found = []
    for monday, value in values.items():
        others = [each for other, each in values.items() if each is not None and other != monday]
        limits = xmr(others) if value is not None and len(others) >= ENOUGH_WEEKS else None
        found.append(Week(monday, value or 0.0, float(value is not None), value, limits))
    return found


def too_few(weeks: Sequence[Week]) -> bool:
    """Whether values of weeks stand without limits because there are too few of them."""
    return any(each.rate is not None and each.limits is None for each in weeks)


def _by_working_day(days: Iterable[DayValue], until: date, calendar: Calendar) -> _Sums:
    """What happened on the working days of each week, and how many of these have data."""
    sums: _Sums = dict.fromkeys(mondays(until), (0, 0))
    for day, value, _ in days:
        monday = day - timedelta(days=day.weekday())
        if value is not None and monday in sums and day <= until and workday(calendar, day).working:
            sums[monday] = (sums[monday][0] + value, sums[monday][1] + 1)
    return sums


def _compared(sums: _Sums, limits_of: Callable[[float, float], Limits]) -> list[Week]:
    """Each week beside the sum of the others."""
    parts, sizes = (sum(each[at] for each in sums.values()) for at in (0, 1))
    found = []
    for monday, (part, size) in sums.items():
        others = sizes - size
        limits = limits_of((parts - part) / others, size) if size and others else None
        found.append(Week(monday, part, size, part / size if size else None, limits))
    return found
