"""Own figures only for those who do not answer for the team; few customers are nobody's business but supervisors'."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from branch_console.figure_views.board import SECTIONS, BoardView
from branch_console.figure_views.tables import Drill, RowView, TableView
from branch_console.rules.errors import RuleError
from branch_console.rules.staff import Role
from branch_console.services.figures.board import FigureBoard
from tests.rules.statistics.day_branch import CHINA, NOW
from tests.services.figures.board_help import Stand, customer, drills, stand

FRIDAY = date(2026, 10, 9)
NEWEST = NOW.date()
SEGMENTS = {"general": 7, "senior": 9, "young": 6, "merchant": 2}


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """A day with two small businesses among many others; g2 received one customer of them all."""
    made = stand(tmp_path_factory.mktemp("busy"), 3, 7)
    number = 0
    for segment, count in SEGMENTS.items():
        for _ in range(count):
            staff = "g2" if number == 3 else "g1"
            customer(made, number, datetime(2026, 10, 9, 9, number, tzinfo=CHINA), segment=segment, staff=staff)
            number += 1
    yield made
    made.store.close()


def table(view: BoardView, name: str) -> TableView:
    return next(each for each in view.tables if each.id == name)


def rows(view: BoardView, name: str) -> dict[str, RowView]:
    return {each.key: each for each in table(view, name).rows}


def refused(board: FigureBoard, drill: Drill, day: date = FRIDAY) -> str:
    with pytest.raises(RuleError) as error:
        board.rows(drill, day)
    with pytest.raises(RuleError):
        board.detail(drill.figure, drill.group, drill.member, day)
    return error.value.code


def test_a_guide_sees_the_branch_and_of_the_team_nobody_else(busy: Stand) -> None:
    board = busy.board("g2", "guide")
    assert {each.drill.figure: each.value for each in board.board(FRIDAY, "overview").tiles}[
        "journeys.received"
    ] == "24"
    assert set(rows(board.board(FRIDAY, "parts"), "staff")) == {"g2"}
    assert board.rows(Drill("journeys.received", "staff", "g2"), FRIDAY).counted == 1
    assert refused(board, Drill("journeys.received", "staff", "g1")) == "role_may_not"
    assert "staff" not in [each.id for each in board.rows(Drill("journeys.received"), FRIDAY).columns]


@pytest.mark.parametrize(("staff", "role"), [("s1", "supervisor"), ("a1", "auditor")])
def test_the_team_for_those_who_answer_for_it(busy: Stand, staff: str, role: Role) -> None:
    board = busy.board(staff, role)
    assert {key: row.raw[1] for key, row in rows(board.board(FRIDAY, "parts"), "staff").items()} == {"g1": 23, "g2": 1}
    found = board.rows(Drill("journeys.received", "staff", "g1"), FRIDAY)
    assert found.counted == 23 and "staff" in [each.id for each in found.columns]


@pytest.mark.parametrize(("staff", "role"), [("g1", "guide"), ("o1", "case_officer"), ("a1", "auditor")])
def test_few_customers_are_hidden_and_cannot_be_reckoned(busy: Stand, staff: str, role: Role) -> None:
    board = busy.board(staff, role)
    found = rows(board.board(FRIDAY, "parts"), "segment")
    hidden = {key for key, row in found.items() if row.hidden}
    assert hidden == {"merchant", "young"}
    for key in hidden:
        assert set(found[key].cells[1:]) == {"<5"} and set(found[key].raw[1:]) == {None}
        assert found[key].drill is None and found[key].bar is None
        assert refused(board, Drill("journeys.received", "segment", key)) == "figure_hidden"
        assert refused(board, Drill("journeys.minutes_p90", "segment", key)) == "figure_hidden"
    assert found["senior"].raw[1] == 9 and board.rows(Drill("journeys.received", "segment", "senior"), FRIDAY).of == 9
    assert "<5" in table(board.board(FRIDAY, "parts"), "segment").notes[0]


def test_lines_of_customers_do_not_say_what_was_hidden(busy: Stand) -> None:
    words = {"merchant", "小微商户", "二类", "II"}
    for line in busy.board("g1", "guide").rows(Drill("journeys.received"), FRIDAY).lines:
        assert not [cell for cell in (*line.cells, *line.raw) for word in words if word in str(cell)]


def test_a_supervisor_sees_few_customers(busy: Stand) -> None:
    found = rows(busy.board().board(FRIDAY, "parts"), "segment")
    assert {key: row.raw[1] for key, row in found.items()} == SEGMENTS


def test_signs_are_for_the_team_only(busy: Stand) -> None:
    signs = table(busy.board().board(NEWEST, "signs"), "anomalies")
    assert signs.rows and signs.rows[0].drill is not None
    drill = signs.rows[0].drill
    found = busy.board().rows(drill, NEWEST)
    assert found.counted and found.counted == signs.rows[0].raw[4]
    guide = busy.board("g1", "guide")
    assert not table(guide.board(NEWEST, "signs"), "anomalies").rows
    assert refused(guide, drill, NEWEST) == "role_may_not"


def test_an_administrator_sees_no_figures(busy: Stand) -> None:
    board = busy.board("x1", "administrator")
    for call in (lambda: board.board(None, "overview"), board.days, board.ask_central):
        with pytest.raises(RuleError):
            call()


def test_all_that_a_guide_is_offered_may_be_opened(busy: Stand) -> None:
    board = busy.board("g1", "guide")
    for day in (FRIDAY, NEWEST):
        for section in SECTIONS:
            for drill, _, _ in drills(board.board(day, section)):
                board.rows(drill, day)


@pytest.mark.parametrize(
    "drill",
    [Drill("nothing.of_the_kind"), Drill("journeys.received", "shoe_size"), Drill("gifts.cost_per_wallet", "x")],
)
def test_what_there_is_not_is_said(busy: Stand, drill: Drill) -> None:
    assert refused(busy.board(), drill) == "figure_unknown"
