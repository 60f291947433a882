"""Weeks of different length, beside each other by rate."""

from datetime import date, timedelta
from math import sqrt

import pytest

from branch_console.rules.statistics.charts import DayValue
from branch_console.rules.statistics.control import Limits, share_limits, xmr
from branch_console.rules.statistics.weeks import mondays, too_few, weekly, weekly_parts, weekly_sums, weekly_values
from tests.rules.statistics.days_help import LAST, workdays
from tests.rules.working_time.clock_help import calendar


def test_weeks_have_the_days_that_are_worked() -> None:
    found = weekly([DayValue(day, 4) for day in workdays(80)], LAST, calendar())
    assert [each.monday for each in found] == [date(2026, 8, 31) + timedelta(days=7 * number) for number in range(12)]
    assert [each.size for each in found] == [5, 5, 6, 4, 3, 3, 5, 5, 5, 5, 5, 5], "Mid-Autumn, National Day, make-ups"
    assert {each.rate for each in found} == {4}
    assert [each.total for each in found] == [4 * each.size for each in found]
    assert found[0].limits == Limits(4, 4 - 3 * sqrt(4 / 5), 4 + 3 * sqrt(4 / 5))
    assert found[5].limits is not None
    assert found[5].limits.upper == pytest.approx(4 + 3 * sqrt(4 / 3)), "a short week has wider limits"


def test_a_bad_week_stands_out_and_does_not_hide_itself() -> None:
    bad = set(workdays(5, date(2026, 11, 13)))
    found = weekly([DayValue(day, 9 if day in bad else 2) for day in workdays(80)], LAST, calendar())
    week = found[-2]
    assert week.limits is not None
    assert week.limits.upper is not None
    assert (week.rate, week.limits.centre) == (9, 2)
    assert week.limits.upper < 9
    others = [each for each in found if each is not week]
    assert all(each.limits and each.limits.upper and each.rate and each.rate < each.limits.upper for each in others)


def test_days_without_data_to_come_or_of_rest_do_not_count() -> None:
    friday, thursday = LAST, LAST - timedelta(days=1)
    days = [DayValue(day, 2) for day in workdays(30)]
    dark = [each._replace(value=None) if each.day == thursday else each for each in days]
    assert (weekly(dark, LAST, calendar())[-1].total, weekly(dark, LAST, calendar())[-1].size) == (8, 4)
    assert weekly(days, thursday, calendar())[-1].size == 4
    sunday = [*days, DayValue(date(2026, 11, 15), 50)]
    assert weekly(sunday, friday, calendar()) == weekly(days, friday, calendar())
    empty = weekly(days, LAST, calendar())[0]
    assert (empty.size, empty.rate, empty.limits) == (0, None, None)
    assert weekly(days[-5:], LAST, calendar())[-1].limits is None, "nothing to compare with"


def test_a_share_is_that_of_the_whole_week_with_limits_for_its_own_size() -> None:
    small = LAST - timedelta(days=LAST.weekday() + 7)
    days = [DayValue(day, 8, 10) for day in workdays(80)]
    days = [each for each in days if not small <= each.day < small + timedelta(days=7)]
    days += [DayValue(small, 1, 2), DayValue(small + timedelta(days=6), 0, 1), DayValue(small, None, 0)]
    found = weekly_parts(days, LAST, "share")
    week = found[-2]
    assert (week.monday, week.total, week.size, week.rate) == (small, 1, 3, 1 / 3), "a Sunday counts"
    assert week.limits == share_limits(0.8, 3), "the others are 0.8, it is not among them"
    parts, sizes = (sum(getattr(each, name) for each in found[:-1]) for name in ("total", "size"))
    assert found[-1].limits == share_limits(parts / sizes, 50) and parts / sizes < 0.8
    assert weekly_parts(days, LAST, "share", least=5)[-2].rate is None, "too few to be told"
    assert weekly_parts(days, LAST, "share", least=5)[-1] == found[-1]


def test_a_rate_may_be_more_than_all() -> None:
    days = [DayValue(day, 3, 2) for day in workdays(80)]
    days[-1:] = [DayValue(LAST, 0, 2), DayValue(LAST - timedelta(days=1), 3, 0)]
    week = weekly_parts(days, LAST, "rate")[-1]
    assert week.limits is not None and week.limits.upper is not None
    assert (week.rate, week.limits.centre) == (1.5, 1.5) and week.limits.upper == pytest.approx(1.5 + 3 * (0.15**0.5))


def test_medians_have_limits_when_eight_other_weeks_have_data() -> None:
    weeks = mondays(LAST)
    values: dict[date, float | None] = dict(
        zip(weeks, [None, None, None, 20, 22, 21, 19, 20, 23, 21, 22, 40], strict=True)
    )
    found = weekly_values(values)
    assert found[-1].limits == xmr([20, 22, 21, 19, 20, 23, 21, 22]), "not by itself"
    assert found[-1].limits is not None and found[-1].limits.upper is not None and found[-1].limits.upper < 40
    assert (found[0].rate, found[0].limits) == (None, None)
    assert not too_few(found)
    values[weeks[3]] = None
    assert [each.limits for each in weekly_values(values)] == [None] * 12 and too_few(weekly_values(values))


def test_sums_are_of_a_working_day() -> None:
    days = [DayValue(day, 100 + 10 * (number % 3)) for number, day in enumerate(workdays(80))]
    found = weekly_sums([*days, DayValue(LAST - timedelta(days=5), 9999)], LAST, calendar())
    assert found[-1].rate == sum(each.value or 0 for each in days[-5:]) / 5, "what is no working day is left out"
    assert found[-1].limits == xmr([each.rate or 0 for each in found[:-1]])
