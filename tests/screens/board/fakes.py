"""The figures in memory, and a console around one of the board's screens."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from textual.screen import Screen

from branch_console.figure_views.area import AreaView
from branch_console.figure_views.board import BoardView, DayChoice, DaySpan, Section
from branch_console.figure_views.detail import DetailView
from branch_console.figure_views.tables import Drill, RowsView
from branch_console.gift_views import SlipView
from branch_console.locale import Language
from branch_console.rules.errors import RuleError
from branch_console.views import SessionFacts
from screens.shell import Shell
from tests.screens.board import sample


@dataclass
class FakeFigures:
    """What is asked is written down in `called`; `change` has the last word on every view."""

    called: list[tuple[Any, ...]] = field(default_factory=list)
    change: Callable[[Any], Any] = lambda view: view
    news: Callable[[BoardView], BoardView | None] = lambda _known: None
    """What a refresh finds."""
    refusal: RuleError | None = None
    unreached: str = ""
    before_answer: Callable[[str], None] = lambda _name: None
    """Called in the thread before an answer; a test holds it back there."""

    def named(self, name: str) -> list[tuple[Any, ...]]:
        """The calls of that name."""
        return [call for call in self.called if call[0] == name]

    def _answer(self, view: Any, *call: Any) -> Any:
        self.called.append(call)
        self.before_answer(call[0])
        if self.refusal is not None:
            raise self.refusal
        return self.change(view)

    def board(self, day: date | None, section: Section, *, whole: bool = True) -> BoardView:  # noqa: ARG002  it is as fast as it can
        return self._answer(sample.board(day or sample.TODAY, section), "board", day, section)  # type: ignore[no-any-return]

    def refresh(self, known: BoardView) -> BoardView | None:
        return self._answer(self.news(known), "refresh", known.day, known.section)  # type: ignore[no-any-return]

    def rows(self, drill: Drill, day: date) -> RowsView:
        return self._answer(sample.rows(drill, day), "rows", drill, day)  # type: ignore[no-any-return]

    def detail(self, figure: str, group: str, member: str, day: date) -> DetailView:
        return self._answer(sample.detail(figure, group, member), "detail", figure, group, member, day)  # type: ignore[no-any-return]

    def days(self) -> DaySpan:
        return self._answer(sample.days(), "days")  # type: ignore[no-any-return]

    def days_between(self, first: date, last: date) -> tuple[DayChoice, ...]:
        return self._answer(sample.days_between(first, last), "days_between", first, last)  # type: ignore[no-any-return]

    def definition(self, figure: str) -> tuple[tuple[str, str], ...]:
        return (("数的是", f"{figure} 数的"), ("业务日", "那一天"))

    def label(self, figure: str) -> str:
        return f"指标 {figure}"

    def area(self, day: date) -> AreaView:
        return self._answer(sample.area(day, stale=bool(self.unreached)), "area", day)  # type: ignore[no-any-return]

    def ask_central(self) -> str:
        return self._answer(self.unreached, "ask_central")  # type: ignore[no-any-return]

    def export(self, view: BoardView | RowsView, form: str) -> Path:
        self.called.append(("export", view, form))
        return Path("/nowhere") / f"board.{form}"


class FakeGifts:
    """The gift desk, as far as a slip is shown."""

    def slip(self, claim: str) -> SlipView:
        return SlipView(claim, "LP-K02-261120-0007-3", ("一行",), "BC1|LP", "礼品回执")


@dataclass
class FakeServices:
    """The figures, and who works here."""

    figures: FakeFigures
    session: SessionFacts | None
    gifts: FakeGifts = field(default_factory=FakeGifts)


class Host(Shell):
    """Shows the screen under test above an empty one."""

    def __init__(
        self,
        figures: FakeFigures,
        shown: Screen[Any],
        *,
        language: Language = "zh",
        role: str = "supervisor",
        colours: str = "dark",
        borders: str = "round",
    ) -> None:
        super().__init__(language=language, colours=colours, borders=borders)
        self.services = FakeServices(figures, SessionFacts("S2001", "李建国", role))
        self._first_screen = shown
        self.errors: list[Exception] = []
        self.opened: list[str] = []

    def on_mount(self) -> None:
        """To the screen under test."""
        self.push_screen(self._first_screen)

    def on_rows_screen_open_subject(self, message: Any) -> None:
        """Keep what was to be opened."""
        self.opened.append(message.subject)

    def show_error(self, error: Exception) -> None:
        """Keep it for the test, and say it."""
        self.errors.append(error)
        super().show_error(error)
