"""False alarms of our own limits, against the table of the domain page, and of all rules together.

The table: 28 days of baseline, Poisson counts, limits only, alarms a day in percent; XmR and c chart within ±0.3.
A baseline is drawn, and what the next day does is summed exactly over all counts, so that a few thousand baselines are
enough. (The table's third column, "35 % over the mean", is no rule of ours. It is 37.9, 29.5, 16.8, 3.6 % exactly.)
"""

from collections.abc import Callable, Sequence
from functools import cache
from math import sqrt
from random import Random

import pytest
from hypothesis import settings

from branch_console.rules.statistics.charts import Chart, DayValue, Series, chart
from branch_console.rules.statistics.control import Limits, Point, c_chart, is_outside, xmr
from branch_console.rules.statistics.signals import CHANCE, signals_of
from tests.rules.statistics.days_help import LAST, poisson, poisson_chances, workdays
from tests.rules.working_time.clock_help import calendar

BASELINE = 28
SEARCH = settings().max_examples > 100


@cache
def alarms(limits: Limits, mean: float) -> float:
    """The chance that a day of `mean` events is outside the limits."""
    chances = poisson_chances(mean, int(mean + 12 * sqrt(mean) + 12))
    return sum(
        chance
        for count, chance in enumerate(chances)
        if any(is_outside(Point(count, limits), side) for side in ("above", "below"))
    )


@pytest.mark.parametrize(
    ("limits", "mean", "percent"),
    [(xmr, 0.5, 4.1), (xmr, 2, 1.2), (xmr, 8, 0.85), (xmr, 30, 0.8),
     (c_chart, 0.5, 1.7), (c_chart, 2, 0.75), (c_chart, 8, 0.5), (c_chart, 30, 0.25)],
)  # fmt: skip
def test_the_table_of_false_alarms(limits: Callable[[Sequence[int]], Limits], mean: float, percent: float) -> None:
    random, baselines = Random(mean), 40_000 if SEARCH else 2_000
    found = sum(alarms(limits([poisson(random, mean) for _ in range(BASELINE)]), mean) for _ in range(baselines))
    assert 100 * found / baselines == pytest.approx(percent, abs=0.3)


@pytest.mark.parametrize(
    ("mean", "percent"),
    [(0.1, 1.0), (0.3, 1.0), (0.9, 1.7), (1.2, 3.0), (2, 2.6), (5, 1.5), (12, 1.6), (30, 1.4)],
)
def test_all_rules_together_call_few_ordinary_days_unusual(mean: float, percent: float) -> None:
    """`percent` was measured with 3,000 series each; here only so many that a broken rule is noticed."""
    random, days, rounds = Random(mean), workdays(61), 3_000 if SEARCH else 200
    unusual = 0
    for _ in range(rounds):
        found = chart(Series("x", "count", [DayValue(day, poisson(random, mean)) for day in days]), LAST, calendar())
        assert isinstance(found, Chart)
        unusual += bool(signals_of(found, over=True))
    spread = 3 * sqrt(percent * 100 / rounds)
    assert abs(100 * unusual / rounds - percent) < max(0.6, spread)
    assert 0.1 * CHANCE <= percent / 100 <= 2 * CHANCE
