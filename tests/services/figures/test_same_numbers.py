"""Tile, table and drill-down say the same number, on every section, for every drill that is offered."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from branch_console.figure_views.board import SECTIONS, Section
from branch_console.figure_views.tables import Drill
from branch_console.rules.statistics.figures import FIGURES, RATIOS
from branch_console.rules.statistics.instants import Days
from branch_console.rules.statistics.whole_day import day_values
from branch_console.services.figures.book import MOST_ROWS
from branch_console.services.figures.formats import shown, unit_of
from data.statistics.rows import facts_between
from tests.rules.statistics.day_branch import FIRST, NOW
from tests.services.figures.board_help import Stand, drills, stand

MONDAY = FIRST.date()


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    made = stand(tmp_path_factory.mktemp("full"), 3, 7)
    yield made
    made.store.close()


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("number", [0, 2, 4])
def test_every_number_is_that_of_its_rows(full: Stand, section: Section, number: int) -> None:
    board, day = full.board(), MONDAY + timedelta(days=number)
    view = board.board(day, section)
    for drill, raw, where in drills(view):
        rows = board.rows(drill, view.day)
        unit = unit_of(drill.figure)
        assert rows.value == shown(raw, unit), where  # type: ignore[arg-type]
        assert rows.counted == sum(line.counted for line in rows.lines), where
        counts = drill.figure in FIGURES and FIGURES[drill.figure].how == "count"
        if counts and raw is not None:
            assert raw == rows.counted == len(rows.lines), where
        if unit == "share" and drill.figure not in RATIOS and raw is not None:
            assert raw == pytest.approx(rows.counted / rows.of), where
        assert all(len(line.cells) == len(line.raw) == len(rows.columns) for line in rows.lines), where
        assert rows.definition and rows.title, where


def test_the_walk_reaches_every_table(full: Stand) -> None:
    found = {where.split()[0] for section in SECTIONS for _, _, where in drills(full.board().board(MONDAY, section))}
    assert found >= {
        "tile", "funnel", "funnel_ends", "drop_reasons", "without_reasons", "hour", "class", "segment", "staff",
        "gift_totals", "campaigns", "preferences", "preferences_28", "cases", "clocks", "ages", "categories", "reasons",
        "ratings", "scores", "ideas", "trends",
    }, found  # fmt: skip


def test_a_part_of_the_whole_adds_up_to_it(full: Stand) -> None:
    board = full.board()
    tiles = {each.drill.figure: each.raw for each in board.board(MONDAY, "overview").tiles}
    for table in board.board(MONDAY, "parts").tables:
        place = [column.id for column in table.columns].index("journeys.received")
        assert sum(int(row.raw[place] or 0) for row in table.rows) == tiles["journeys.received"], table.id


def test_lines_lead_to_what_can_be_opened(full: Stand) -> None:
    board = full.board()
    view = board.board(MONDAY, "overview")
    kinds = {
        line.subject.partition("/")[0]
        for tile in view.tiles
        for line in board.rows(tile.drill, MONDAY).lines
        if line.subject
    }
    assert kinds >= {"journey", "claim"}


def test_detail_has_the_same_number(full: Stand) -> None:
    board = full.board()
    for section in SECTIONS:
        for drill, raw, where in drills(board.board(MONDAY, section)):
            if drill.figure in FIGURES:
                detail = board.detail(drill.figure, drill.group, drill.member, MONDAY)
                assert detail.value == shown(raw, unit_of(drill.figure)), where  # type: ignore[arg-type]
                assert (detail.days is None) <= bool(detail.why_no_chart), where
                assert len(detail.definition) >= 4, where


def test_the_last_point_of_a_plot_is_the_number(full: Stand) -> None:
    day = date(2026, 11, 18)
    detail = full.board().detail("journeys.received", "", "", day)
    assert detail.days is not None and detail.days.points[-1].day == day
    assert str(int(detail.days.points[-1].value or 0)) == detail.value


def test_every_whole_number_is_that_of_all_facts_at_once(full: Stand) -> None:
    """By the definitions over everything that there is, without what the board keeps, leaves out or adds up."""
    facts = facts_between(full.store, date(2026, 1, 1), date(2027, 1, 1))
    days = Days(full.store.identity.zone)
    for number in range(5):
        day, board = MONDAY + timedelta(days=number), full.board()
        found = day_values(facts, days, day, NOW)
        seen = set()
        for section in SECTIONS:
            for drill, raw, where in drills(board.board(day, section)):
                if drill.figure in found and not drill.group:
                    assert raw == pytest.approx(found[drill.figure].value), (day, where)
                    seen.add(drill.figure)
        assert len(seen) > 40


def test_the_last_weeks_beside_a_tile_are_its_values_of_those_days(full: Stand) -> None:
    board = full.board()
    days = [NOW.date() - timedelta(days=back) for back in range(5)]
    of_days = {day: {each.drill: each.raw for each in board.board(day, "overview").tiles} for day in days}
    for tile in full.board().board(None, "overview").tiles:
        if tile.spark:
            assert list(tile.spark[:-6:-1]) == [of_days[day][tile.drill] for day in days], tile.label


def test_few_rows_are_kept_however_many_days_are_opened(full: Stand) -> None:
    board = full.board()
    for back in range(20):
        board.rows(Drill("journeys.received"), NOW.date() - timedelta(days=back))
    assert len(board._book._rows) <= MOST_ROWS
    assert board.rows(Drill("journeys.received"), MONDAY).counted
