"""Which control chart fits which series of days, and the chart of one day with its baseline.

Counts with a mean below 1 a working day: days between events; from 1 to below 10: c chart; from 10: XmR. Shares:
p chart, rates: u chart, other measures (minutes, points): XmR. The false alarms of each are in
`tests/rules/statistics/test_false_alarms.py`.
Only working days count, make-up weekends among them. A day without data is no day with 0: it is left out.
Names: `DayValue`, `Series`, `ChartPoint`, `Chart`, `LeftOut`, `chart`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple, TypeAlias

from branch_console.rules.statistics import control
from branch_console.rules.statistics.control import Limits, Point, Side
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.workdays import is_known, workday

Kind: TypeAlias = Literal["count", "share", "rate", "measure"]
ChartName: TypeAlias = Literal["gaps", "c", "xmr", "p", "u"]
Why: TypeAlias = Literal["not_a_working_day", "no_data", "few_days", "day_not_over"]

BASELINE, ENOUGH_DAYS = 28, 20
RARE_BASELINE = 60
"""Working days (12 weeks) that the days between rare events are taken from, where there are so many."""
RARE, MANY = 1, 10
"""Mean counts a day below which events are rare, and from which XmR takes the place of the c chart."""


class DayValue(NamedTuple):
    """One business day of a series: the value of a count or measure; of a share or rate the part, and `of` how many.

    `value` None: no data (no terminal reported). A share or rate of 0 is no data either.
    """

    day: date
    value: float | None
    of: float | None = None


class Known(NamedTuple):
    """A day with a value; `of` is 1 where nothing is divided."""

    day: date
    value: float
    of: float


@dataclass(frozen=True)
class Series:
    """The days of one figure, or of one category of it. `worse` is the side that asks for action, None: neither."""

    id: str
    kind: Kind
    days: Sequence[DayValue]
    worse: Side | None = None


class ChartPoint(NamedTuple):
    """One point as it is plotted: for the days between events `day` is that of the later event."""

    day: date
    value: float
    limits: Limits

    @property
    def point(self) -> Point:
        """The point without its day, as the rules take it."""
        return Point(self.value, self.limits)


@dataclass(frozen=True)
class Chart:
    """The chart of a series up to one day, oldest point first.

    `baseline` is how many days the limits are reckoned from, the day itself never among them. `rate` is the mean of a
    count's baseline. `values` are the values by day that the points were made from. `waiting` says of the days
    between events that the last point is a gap which still grows: nothing happened on the day. `calendar_known` False:
    which days are worked is estimated.
    """

    series: Series
    name: ChartName
    baseline: int
    points: tuple[ChartPoint, ...]
    values: tuple[Known, ...]
    calendar_known: bool
    rate: float | None = None
    waiting: bool = False


class LeftOut(NamedTuple):
    """A series that was not judged, and why; `days` is how many baseline days it has."""

    series: str
    why: Why
    days: int = 0


def chart(series: Series, day: date, calendar: Calendar) -> Chart | LeftOut:
    """The chart of a series on a day, or why there is none."""
    if not workday(calendar, day).working:
        return LeftOut(series.id, "not_a_working_day")
    by_day = {each.day: each for each in _known(series)}
    asked = _before(calendar, day, RARE_BASELINE)
    long = [by_day[each] for each in asked if each in by_day]
    short = [by_day[each] for each in asked[-BASELINE:] if each in by_day]
    if day not in by_day:
        return LeftOut(series.id, "no_data", len(short))
    if len(short) < ENOUGH_DAYS:
        return LeftOut(series.id, "few_days", len(short))
    rare = series.kind == "count" and sum(each.value for each in short) < RARE * len(short)
    known = is_known(calendar, asked[0] if rare else asked[-BASELINE], day)
    if series.kind == "count":
        return _counts(series, long if rare else short, by_day[day], known, rare=rare)
    if series.kind == "measure":
        return _same_limits(series, "xmr", control.xmr([each.value for each in short]), short, by_day[day], known)
    return _parts(series, short, by_day[day], known)


def _known(series: Series) -> list[Known]:
    """The days with a value. Raises ValueError for a share or rate that does not say of how many it is."""
    found: list[Known] = []
    divided = series.kind in {"share", "rate"}
    for day, value, size in series.days:
        if divided and value is not None and size is None:
            raise ValueError("a share or rate must say of how many it is")
        if value is not None and (size or not divided):
            found.append(Known(day, value, size or 1))
    return found


def _before(calendar: Calendar, day: date, count: int) -> list[date]:
    """The last `count` working days before a day, oldest first."""
    found: list[date] = []
    while len(found) < count:
        day -= timedelta(days=1)
        if workday(calendar, day).working:
            found.append(day)
    return found[::-1]


def _counts(series: Series, days: list[Known], last: Known, known: bool, *, rare: bool) -> Chart:
    """The chart of counts, by how many there are."""
    counts = [each.value for each in days]
    rate = sum(counts) / len(counts)
    if rare:
        points, waiting = gaps([*days, last], rate)
        return Chart(series, "gaps", len(days), points, (*days, last), known, rate, waiting)
    if rate < MANY:
        return _same_limits(series, "c", control.c_chart(counts), days, last, known)
    return _same_limits(series, "xmr", control.xmr(counts), days, last, known)


def gaps(days: Sequence[Known], rate: float) -> tuple[tuple[ChartPoint, ...], bool]:
    """Days from each event to the one before it, and whether the last gap still grows. Empty before the first event.

    Two events of one day are 0 days apart.
    """
    found: list[ChartPoint] = []
    since: int | None = None
    limits = control.gap_chart(rate) if rate > 0 else None
    for number, each in enumerate(days):
        for _ in range(int(each.value)):
            if since is not None and limits is not None:
                found.append(ChartPoint(each.day, number - since, limits))
            since = number
    waiting = since is not None and since < len(days) - 1 and limits is not None
    if waiting and since is not None and limits is not None:
        found.append(ChartPoint(days[-1].day, len(days) - 1 - since, limits))
    return tuple(found), waiting


def _parts(series: Series, days: list[Known], last: Known, known: bool) -> Chart | LeftOut:
    """The chart of shares or rates, each day with limits for how many it is of."""
    parts, sizes = sum(each.value for each in days), sum(each.of for each in days)
    usual = parts / sizes
    name: ChartName = "p" if series.kind == "share" else "u"
    limits_of = control.share_limits if name == "p" else control.rate_limits
    points = tuple(ChartPoint(each.day, each.value / each.of, limits_of(usual, each.of)) for each in [*days, last])
    return Chart(series, name, len(days), points, (*days, last), known)


def _same_limits(series: Series, name: ChartName, limits: Limits, days: list[Known], last: Known, known: bool) -> Chart:
    """A chart whose limits are the same on every day."""
    points = tuple(ChartPoint(each.day, each.value, limits) for each in [*days, last])
    return Chart(series, name, len(days), points, (*days, last), known, limits.centre)
