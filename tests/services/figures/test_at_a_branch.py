"""The board of a real session at a real central: what happened at the desk, then central's word about it."""

import pytest

from branch_console.figure_views.board import BoardView
from branch_console.figure_views.tables import Drill
from branch_console.services.figures import asking_central
from tests.services.conftest import MakeTerminal
from tests.services.customer import Customer


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Central may take its time on a machine with much to do."""
    monkeypatch.setattr(asking_central, "SECONDS", 60.0)


def value(view: BoardView, figure: str) -> str:
    return next(each.value for each in view.tiles if each.drill == Drill(figure))


def test_a_customer_stands_on_the_board_and_central_counts_the_same(make_terminal: MakeTerminal) -> None:
    terminal = make_terminal("K-01").login("liu")
    board = terminal.services.figures
    known = board.board(None, "overview")
    assert value(known, "journeys.received") == "0"
    subject = Customer(terminal.services.onboarding).start()
    view = board.refresh(known)
    assert view is not None and value(view, "journeys.received") == "1"
    (line,) = board.rows(Drill("journeys.received"), view.day).lines
    assert line.subject == subject and line.counted
    terminal.wait_drained()
    assert board.ask_central() == ""
    view = board.board(None, "overview")
    assert "K-01" in view.completeness or "1 台终端中 1 台" in view.completeness
    area = board.area(view.day)
    assert area.problem == "" and [row.key for row in area.tables[0].rows] == [terminal.branch.code, "median"]
