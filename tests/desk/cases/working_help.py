"""One case at the desk, worked on by whoever: the services over a real store, answers as the forms give them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from branch_console.case_views.working import Answers, CaseView, Done
from branch_console.desk.desk import Desk
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import FieldErrors
from branch_console.services.cases.counter import CaseOffice
from branch_console.services.cases.working import WorkDesk
from tests.desk.cases.slip_help import office_of

PASSWORD = "right"
SAID = "已致电客户说明进展"
CONTACT: dict[str, Any] = {
    "way": "phone", "reached": "yes", "text": SAID, "ends_with": "promise", "promise_at": "11-24 10:00",
    "promise_way": "phone", "promise_staff": "zhao",
}  # fmt: skip
DECIDED: dict[str, Any] = {
    "outcome": "upheld", "facts": "系统重复入账一次，已核实", "basis": "客户协议第七条",
    "remedies": ("review", "mediation", "litigation"), "redress": "refund", "amount": "128.00", "told_way": "later",
}  # fmt: skip


class Board(WorkDesk):
    """The part of the case desk under test."""

    def __init__(self, office: CaseOffice) -> None:
        self._office = office


class Work:
    """One case in the hands of one member of staff after another."""

    def __init__(self, desk_of: Callable[[str], Desk], folder: Path, case: str, *, online: bool = True) -> None:
        self._desk_of = desk_of
        self._folder = folder
        self.case = case
        self.online = online

    def board(self, staff: str) -> Board:
        """The services of somebody."""
        return Board(office_of(self._desk_of(staff), self._folder, online=self.online))

    def do(self, act: str, staff: str = "zhao", /, *, about: str = "", by: str = "", **answers: Any) -> Done:
        """Open the form of an act and send it; `by` is the second person, with the right password."""
        board = self.board(staff)
        form = board.act_form(self.case, act, about)
        return board.act(form, given(**answers), by, PASSWORD if by else "")

    def view(self, staff: str = "zhao") -> CaseView:
        """As the screen gets it."""
        return self.board(staff).case(self.case)

    def state(self, case: str = "") -> CaseState:
        """As the store has it."""
        state = self._desk_of("zhao").store.state(case or self.case)
        assert isinstance(state, CaseState)
        return state


def given(**answers: Any) -> Answers:
    """Answers as a form gives them."""
    return {name: (value,) if isinstance(value, str) else tuple(value) for name, value in answers.items() if value}


def fields(error: FieldErrors) -> list[tuple[str, str]]:
    """Which questions are wrong, and how."""
    return [(each.field, each.code) for each in error.errors]
