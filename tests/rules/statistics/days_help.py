"""Working days and counts for the tests of signals: real calendar, seeded Poisson counts."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from math import exp
from random import Random

from branch_console.rules.statistics.charts import DayValue, Kind, Series
from branch_console.rules.statistics.control import Side
from branch_console.rules.working_time.workdays import workday
from tests.rules.working_time.clock_help import calendar

LAST = date(2026, 11, 20)


def workdays(count: int, last: date = LAST) -> list[date]:
    """The last `count` working days up to `last`, oldest first."""
    found: list[date] = []
    while len(found) < count:
        if workday(calendar(), last).working:
            found.append(last)
        last -= timedelta(days=1)
    return found[::-1]


def series(
    values: Sequence[float | None],
    kind: Kind = "count",
    of: Sequence[float] | None = None,
    worse: Side | None = "above",
    last: date = LAST,
) -> Series:
    """A series that ends on `last`, a value for each working day."""
    sizes: Sequence[float | None] = of or [None] * len(values)
    days = zip(workdays(len(values), last), values, sizes, strict=True)
    return Series("cases", kind, tuple(DayValue(*each) for each in days), worse)


def poisson(random: Random, mean: float) -> int:
    """One Poisson count (Knuth's product of uniforms)."""
    floor, count, product = exp(-mean), 0, random.random()
    while product > floor:
        product *= random.random()
        count += 1
    return count


@cache
def poisson_chances(mean: float, up_to: int) -> list[float]:
    """The chances of 0, 1, … `up_to` events."""
    found = [exp(-mean)]
    for count in range(1, up_to + 1):
        found.append(found[-1] * mean / count)
    return found
