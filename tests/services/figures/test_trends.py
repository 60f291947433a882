"""Weeks are the figure over the week; what stood is the figure of each day; also far back."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from branch_console.figure_views.detail import PlotView
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.figures import FIGURES, RATIOS, value
from branch_console.rules.statistics.instants import EVER, Days, Scope
from branch_console.rules.statistics.whole_day import REPORTED, asked
from data.statistics.rows import facts_between
from tests.rules.statistics.day_branch import CHINA, FIRST, NOW
from tests.services.figures.board_help import Stand, customer, stand

MONDAY = FIRST.date()
STANDING = ("cases.open", "clocks.overdue")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    made = stand(tmp_path_factory.mktemp("full"), 3, 7)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def facts(full: Stand) -> Facts:
    return facts_between(full.store, date(2026, 1, 1), date(2027, 1, 1), None, steps=True)


def weeks(full: Stand, figure: str, day: date) -> PlotView:
    found = full.board().detail(figure, "", "", day).weeks
    assert found is not None, figure
    return found


def test_a_share_a_rate_and_a_median_of_a_week_are_the_figure_over_it(full: Stand, facts: Facts) -> None:
    day = MONDAY + timedelta(days=3)
    scope = Scope(MONDAY, day, EVER.as_of)
    seen: dict[str, int] = {}
    for name in (*FIGURES, *RATIOS):
        how = FIGURES[name].how if name in FIGURES else "ratio"
        basis = (FIGURES.get(name) or RATIOS[name]).basis
        if how not in {"share", "median", "p90", "ratio"} or basis == "due" or name in REPORTED:
            continue
        found = weeks(full, name, day).points
        assert len(found) == 12 and found[-1].day == MONDAY
        right = value(name, facts, scope).value
        assert found[-1].value == (None if right is None else pytest.approx(right)), name
        seen[how] = seen.get(how, 0) + (right is not None)
    assert seen["share"] >= 4 and seen["median"] >= 3 and seen["ratio"] >= 2, seen


def test_limits_that_ran_out_are_summed_over_the_week_too(full: Stand, facts: Facts) -> None:
    asked_at = datetime(2026, 11, 27, 9, tzinfo=CHINA)
    full.clock.now, before = asked_at, full.clock.now
    try:
        found = weeks(full, "clocks.first_contact", date(2026, 11, 20)).points[-1]
    finally:
        full.clock.now = before
    right = value("clocks.first_contact", facts, Scope(MONDAY, date(2026, 11, 20), asked_at))
    assert len(right.of) > 1 and found.value == pytest.approx(right.value)


def test_more_repeats_than_closed_ones_are_no_share(full: Stand) -> None:
    """A number of events over another number of events may be more than 1."""
    plot = full.board().detail("cases.repeat_rate", "", "", NOW.date()).weeks
    assert plot is not None and "u" in plot.name


@pytest.mark.parametrize("figure", STANDING)
@pytest.mark.parametrize("day", [NOW.date(), MONDAY + timedelta(days=2)])
def test_what_stood_is_the_figure_of_each_day(full: Stand, facts: Facts, figure: str, day: date) -> None:
    days = Days(full.store.identity.zone)
    detail = full.board().detail(figure, "", "", day)
    assert detail.days is not None and detail.weeks is not None and not detail.why_no_chart
    points = [each for plot in (detail.days, detail.weeks) for each in plot.points if each.value is not None]
    assert {each.day for each in points} >= {day, MONDAY}
    for each in points:
        assert each.value == value(figure, facts, asked(figure, days, each.day, NOW)).value, each
    assert detail.days.points[-1].value == float(detail.value)
    assert any("现在所知" in note for note in detail.days.notes)
    spark = next(
        each for each in full.board().board(day, "overview").tiles if each.drill.figure == "clocks.overdue"
    ).spark
    found = full.board().detail("clocks.overdue", "", "", day).days
    assert found is not None and len(spark) == 28
    assert [each for each in spark if each is not None] == [
        each.value for each in found.points if each.value is not None
    ]


def test_a_part_of_what_stood_is_that_part(full: Stand, facts: Facts) -> None:
    members = {row.owner or row.registered_by or "" for row in facts.cases if row.complaint}
    board = full.board()
    parts = [board.detail("cases.open", "staff", each, NOW.date()) for each in sorted(members)]
    whole = board.detail("cases.open", "", "", NOW.date()).days
    assert len(parts) > 1 and whole is not None
    for at, point in enumerate(whole.points):
        values = [each.days.points[at].value for each in parts if each.days is not None]
        assert point.value is None or point.value == sum(each or 0 for each in values)


def test_a_case_that_came_later_and_is_over_is_not_read(full: Stand, facts: Facts) -> None:
    board, before = full.board(), MONDAY - timedelta(days=1)
    with board._asking(None) as ask:
        found = {each.subject for each in ask.numbers.standing_since(before, before).cases}
        on_monday = {each.subject for each in ask.numbers.standing_since(MONDAY, NOW.date()).cases}
    assert found < on_monday <= {each.subject for each in facts.cases}


def test_a_day_of_two_years_ago_opens_with_what_was_counted(full: Stand) -> None:
    day = date(2024, 11, 14)
    customer(full, 900, datetime(2024, 11, 14, 10, tzinfo=CHINA))
    board = full.board()
    view = board.board(day, "overview")
    tiles = {each.drill.figure: each for each in view.tiles}
    assert (tiles["journeys.received"].value, tiles["journeys.onboarded"].value) == ("1", "1")
    assert view.day == day and view.previous is None and view.following == day + timedelta(days=1)
    assert "2024" in view.title and board.detail("journeys.received", "", "", day).value == "1"
    assert board.board(day - timedelta(days=400), "overview").day == day, "no day before the first one"
