"""Weeks of different length, beside each other by rate."""

from datetime import date, timedelta
from math import sqrt

import pytest

from branch_console.rules.statistics.charts import DayValue
from branch_console.rules.statistics.control import Limits
from branch_console.rules.statistics.weeks import weekly
from tests.rules.statistics.days_help import LAST, workdays
from tests.rules.working_time.clock_help import calendar


def test_weeks_have_the_days_that_are_worked() -> None:
    found = weekly([DayValue(day, 4) for day in workdays(80)], LAST, calendar())
    assert [each.monday for each in found] == [date(2026, 8, 31) + timedelta(days=7 * number) for number in range(12)]
    assert [each.days for each in found] == [5, 5, 6, 4, 3, 3, 5, 5, 5, 5, 5, 5], "Mid-Autumn, National Day, make-ups"
    assert {each.rate for each in found} == {4}
    assert [each.total for each in found] == [4 * each.days for each in found]
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
    assert (weekly(dark, LAST, calendar())[-1].total, weekly(dark, LAST, calendar())[-1].days) == (8, 4)
    assert weekly(days, thursday, calendar())[-1].days == 4
    sunday = [*days, DayValue(date(2026, 11, 15), 50)]
    assert weekly(sunday, friday, calendar()) == weekly(days, friday, calendar())
    empty = weekly(days, LAST, calendar())[0]
    assert (empty.days, empty.rate, empty.limits) == (0, None, None)
    assert [each.limits for each in weekly(days, LAST, calendar(), weeks=1)] == [None], "nothing to compare with"
