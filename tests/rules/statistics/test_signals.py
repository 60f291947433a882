"""Which chart a series gets, what is said of a day, and what is left out and why."""

from collections.abc import Sequence
from datetime import date

import pytest

from branch_console.rules.statistics.charts import Chart, DayValue, LeftOut, Series, chart
from branch_console.rules.statistics.signals import CODES, Signal, panel
from tests.rules.statistics.days_help import LAST, series, workdays
from tests.rules.working_time.clock_help import calendar

QUIET = [3, 5, 4, 4, 2, 6, 4] * 4
"""28 days with a mean of 4: c-chart limits 4 ± 6."""


def said(values: Sequence[float], *, over: bool = True, **more: object) -> list[Signal]:
    return list(panel([series(values, **more)], LAST, calendar(), over=over).signals)  # type: ignore[arg-type]


def one(values: Sequence[float], **more: object) -> Chart:
    found = chart(series(values, **more), LAST, calendar())  # type: ignore[arg-type]
    assert isinstance(found, Chart)
    return found


@pytest.mark.parametrize(
    ("baseline", "name"),
    [([1] * 27 + [0], "gaps"), ([1] * 28, "c"), ([10] * 27 + [9], "c"), ([10] * 28, "xmr"), ([0] * 28, "gaps")],
)
def test_the_chart_of_counts_is_chosen_by_their_mean(baseline: list[float], name: str) -> None:
    assert one([*baseline, 500]).name == name, "the day itself has no say"


def test_other_kinds_have_their_own_charts() -> None:
    assert one([4.5, 5] * 15, kind="measure").name == "xmr"
    shares = one([3, 4] * 15, kind="share", of=[10, 20] * 15)
    assert shares.name == "p"
    assert [each.value for each in shares.points[-2:]] == [0.3, 0.2]
    usual = {round(each.limits.centre, 9) for each in shares.points}
    assert usual == {round((14 * 4 + 14 * 3) / (14 * 20 + 14 * 10), 9)}
    assert shares.points[-2].limits.upper != shares.points[-1].limits.upper
    assert one([3, 4] * 15, kind="rate", of=[10, 20] * 15).name == "u"
    with pytest.raises(ValueError, match="of how many"):
        one([3, 4] * 15, kind="share")


def test_the_sentence_of_the_domain_page() -> None:
    """今日 9 件，超出正常波动上限 7: a mean of 2 has the limit 2 + 3·√2 = 6.2, one of 2.5 has 7.2."""
    found = said([2, 3] * 14 + [9])
    assert found == [Signal("cases", "outside_above", "above", True, {"value": 9, "centre": 2.5, "limit": 7})]
    assert said([2, 3] * 14 + [7]) == []


def test_a_day_that_goes_on_is_judged_for_what_cannot_be_undone() -> None:
    low, high = [30.0] * 14 + [34.0] * 14, [*QUIET, 11]
    assert [each.code for each in said([*low[:-8], *[20.0] * 9])] == ["outside_below", "run_below"]
    assert said([*low[:-8], *[20.0] * 9], over=False) == []
    assert said(high, over=False) == said(high) != []
    found = panel([series([0.5] * 20, kind="measure")], LAST, calendar(), over=False)
    assert found.left_out == (LeftOut("cases", "day_not_over"),)


def test_a_run_says_how_long_it_is_and_a_point_outside_is_not_near_too() -> None:
    found = said([*QUIET, *[5.0] * 9])
    assert [(each.code, each.params["points"]) for each in found] == [("run_above", 9)]
    assert [each.code for each in said([*QUIET, 9.0, 9.0, 12.0])] == ["outside_above"]
    assert [each.code for each in said([*QUIET, 9.0, 3.0, 9.0, 9.0])] == ["near_above"]


def test_twenty_days_are_needed_and_zero_is_not_no_data() -> None:
    assert panel([series([4.0] * 20)], LAST, calendar(), over=True).left_out == (LeftOut("cases", "few_days", 19),)
    assert panel([series([4.0] * 21)], LAST, calendar(), over=True).checked == 1
    dark: Sequence[float | None] = [None] * 9 + [4.0] * 20
    assert panel([series(dark)], LAST, calendar(), over=True).left_out == (LeftOut("cases", "few_days", 19),)
    zeros: Sequence[float | None] = [0.0] * 9 + [4.0] * 20
    assert panel([series(zeros)], LAST, calendar(), over=True).checked == 1
    unknown: Sequence[float | None] = [4.0] * 28 + [None]
    assert panel([series(unknown)], LAST, calendar(), over=True).left_out == (LeftOut("cases", "no_data", 28),)
    nobody = series([1.0] * 29, kind="share", of=[2.0] * 28 + [0.0])
    assert panel([nobody], LAST, calendar(), over=True).left_out == (LeftOut("cases", "no_data", 28),)


def test_only_the_last_28_working_days_are_the_baseline() -> None:
    found = one([99.0] * 30 + [4.0] * 29)
    assert (found.name, found.baseline, found.rate) == ("c", 28, 4)
    weekend = Series("cases", "count", [*series([4.0] * 29).days, DayValue(date(2026, 11, 15), 99)])
    assert panel([weekend], LAST, calendar(), over=True).signals == (), "a Sunday is no working day"
    made_up = date(2026, 10, 10)
    assert made_up in workdays(40)
    found_days = chart(series([4.0] * 29, last=made_up), made_up, calendar())
    assert isinstance(found_days, Chart)
    assert found_days.points[-1].day == made_up, "a Saturday that is worked is a working day"
    assert date(2026, 10, 1) not in {each.day for each in found_days.points}
    assert chart(series([4.0] * 29), date(2026, 11, 21), calendar()) == LeftOut("cases", "not_a_working_day")


def test_years_that_nobody_has_published_are_said() -> None:
    late = date(2027, 1, 5)
    found = panel([series([4.0] * 29, last=late)], late, calendar(), over=True)
    assert (found.checked, found.calendar_known) == (1, False)
    assert panel([series([4.0] * 29)], LAST, calendar(), over=True).calendar_known
    early = date(2024, 1, 5)
    behind = panel([series([4.0] * 29, last=early)], early, calendar(), over=True)
    assert not behind.calendar_known, "the day is known, those it is compared with are not"


def test_days_between_rare_events() -> None:
    found = one([0] * 8 + [1, 0, 0, 2, 0] + [0] * 14 + [1, 0, 0])
    assert [each.value for each in found.points] == [3, 0, 16, 2]
    assert found.waiting
    assert not one([1] + [0] * 28 + [1]).waiting
    assert one([0] * 30).points == ()


def test_rare_events_too_long_ago_and_too_many_at_once() -> None:
    every_third = [0, 0, 1] * 8
    long_ago = said([*every_third, *[0.0] * 36], worse="below")
    assert [(each.code, each.side, each.worse) for each in long_ago] == [("gap_long", "below", True)]
    assert long_ago[0].params["value"] == 36
    assert said([*every_third, *[0.0] * 3]) == []
    burst = said([*every_third * 2, 0.0, 3.0, 0.0, 4.0])
    assert [(each.code, each.params["value"], each.params["days"]) for each in burst] == [("burst", 8, 5)]
    assert said([*every_third * 2, 0.0, 3.0, 0.0, 4.0, 0.0]) == [], "it was said on the day"
    assert said([0.0] * 60 + [1.0]) == []
    assert said([0.0] * 60 + [2.0]) != [], "two at once after twelve weeks of nothing"


def test_gaps_that_stay_short() -> None:
    seldom = [0.0, 0.0, 0.0, 0.0, 0.0, 1.0] * 7
    found = said([*seldom, *[0.0, 1.0] * 8])
    assert [(each.code, each.side) for each in found] == [("gaps_short", "above")]
    assert found[0].params["points"] == 8
    assert said([*seldom, *[0.0, 1.0] * 8, 0.0]) == []


def test_a_panel_says_what_was_looked_at_and_puts_worse_first() -> None:
    days = [*QUIET, 12.0]
    group = [series(days, worse="below"), series(days, worse=None), series(days), series([1.0])]
    found = panel(group, LAST, calendar(), over=True)
    assert (found.checked, len(found.left_out)) == (3, 1)
    assert found.by_chance == pytest.approx(0.06)
    assert [each.worse for each in found.signals] == [True, None, False]
    assert {each.code for each in found.signals} <= set(CODES)
