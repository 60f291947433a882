"""Days that are not worked: what a plot and a target say of them, and around them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from branch_console.figure_views.detail import PlotView
from branch_console.rules.statistics.charts import Chart, DayValue, Series, chart
from branch_console.rules.working_time.workdays import workday
from branch_console.services.figures.detail import _days
from branch_console.services.figures.series import Name
from tests.rules.statistics.day_branch import CHINA
from tests.services.figures.board_help import Stand, stand

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
RECEIVED = "journeys.received"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    made = stand(tmp_path_factory.mktemp("rest"))
    made.clock.now = datetime(2026, 11, 21, 15, 30, tzinfo=CHINA)
    yield made
    made.store.close()


@pytest.mark.parametrize("figure", [RECEIVED, "clocks.statutory", "journeys.minutes_median"])
def test_a_plot_has_the_28_working_days_before_and_the_day_whatever_it_is(empty: Stand, figure: str) -> None:
    board = empty.board()
    with board._asking(None) as ask:
        calendar = ask.calendar
    assert calendar is not None and ask.day == SATURDAY
    plot = board.detail(figure, "", "", SATURDAY).days
    assert plot is not None and plot.title == "之前 28 个工作日和当天"
    *before, last = [each.day for each in plot.points]
    back = (SATURDAY - timedelta(days=number) for number in range(60, 0, -1))
    assert before == [day for day in back if workday(calendar, day).working][-28:]
    assert last == SATURDAY and not workday(calendar, last).working


def charted(empty: Stand, lost: date) -> PlotView:
    with empty.board()._asking(FRIDAY) as ask:
        days = [FRIDAY - timedelta(days=number) for number in range(60, -1, -1)]
        values = [DayValue(day, None if day == lost else 14.0 + day.day % 3) for day in days]
        series = Series(Name(RECEIVED).id, "count", values)
        assert ask.calendar is not None
        found = chart(series, FRIDAY, ask.calendar)
        assert isinstance(found, Chart) and found.baseline == 27
        return _days(ask, Name(RECEIVED), series, found)


def test_a_day_without_data_is_a_gap_of_the_chart_and_not_left_out(empty: Stand) -> None:
    lost = date(2026, 11, 12)
    plot = charted(empty, lost)
    assert [each.day for each in plot.points if each.value is None] == [lost]
    assert len(plot.points) == 29 and plot.points[-1].upper is not None


def test_nothing_is_asked_of_a_day_that_is_not_worked(empty: Stand) -> None:
    board = empty.board()
    (target,) = board.board(SATURDAY, "overview").targets
    assert target.rest == "非工作日，当天没有目标" and not target.behind and "全期 210" in target.period
    empty.clock.now -= timedelta(days=1)
    (target,) = board.board(FRIDAY, "overview").targets
    empty.clock.now += timedelta(days=1)
    assert target.rest == "" and target.day_total == "10"
