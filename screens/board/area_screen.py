"""The branches of a supervisor side by side, by rates and medians, as central said it last."""

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from branch_console.errors import words
from branch_console.figure_views.area import AreaView
from branch_console.locale import t
from screens.asking import Asking
from screens.base import BranchScreen
from screens.board.defining import in_tables
from screens.board.definitions_screen import DefinitionsScreen
from screens.board.desk import figures_of
from screens.board.figure_list import FigureList
from screens.board.lines import table_lines
from screens.board.toned_lines import TonedLines
from screens.signs import sign
from screens.text import one_line, plain
from screens.widgets import css_beside


class AreaScreen(BranchScreen[None]):
    """Shows at once what is known, asks central, and shows what it answers. Without the network the old stays."""

    HELP = "board.help.area"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#branches"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r,r", "fetch", "board.key.fetch", id="board.fetch"),
        Binding("question_mark,ctrl+e", "define", "board.key.define", id="board.define", show=False),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self, day: date | None = None) -> None:
        """`day` None: the newest one."""
        super().__init__()
        self._day = day
        self._view: AreaView | None = None
        self._asking = Asking(self, self._read, self._arrived, "area", self._refused)
        self._fetching = False
        self._unreached = False

    def body(self) -> ComposeResult:
        """Title, as of when, the tables."""
        yield Static(plain(t("board.area.title")), classes="title")
        yield TonedLines(id="said")
        yield FigureList(empty=t("board.area.none"), openable=False, id="branches")

    def on_mount(self) -> None:
        """What is known, then what central says."""
        self.heard()
        self.action_fetch()

    def redrawn(self) -> None:
        """In the other language."""
        self._say()
        self.heard()

    def heard(self) -> None:
        """Something has changed here or in the sync: perhaps the area came with it."""
        self._asking.ask()

    def _read(self) -> AreaView:
        figures = figures_of(self)
        return figures.area(figures.days().last if self._day is None else self._day)

    def _arrived(self, view: AreaView) -> None:
        self._view = view
        for title in self.query(".title").results(Static):
            title.update(plain(one_line(view.title)))
        for rows in self.query("#branches").results(FigureList):
            rows.show_lines(table_lines(view.tables))
        self._say()

    def _refused(self, error: Exception) -> None:
        if self._view is None:
            self.dismiss(None)  # before the message, which would be what is dismissed
        self.shell.show_error(error)

    def action_fetch(self) -> None:
        """Ask central; once at a time."""
        if not self._fetching:
            self._fetching = True
            self._say()
            self.ask(lambda: figures_of(self).ask_central(), self._fetched, self._not_fetched, group="fetch")

    def _fetched(self, problem: str) -> None:
        self._fetching, self._unreached = False, bool(problem)
        self.heard()

    def _not_fetched(self, error: Exception) -> None:
        self._fetching = False
        for said in self.query("#said").results(TonedLines):
            said.say([(f"{sign('warning')} {words(error)[1]}", "$warning")])

    def _say(self) -> None:
        lines: list[tuple[str, str]] = []
        if self._view is not None:
            stale = f"  {sign('warning')} {t('board.area.stale')}" if self._view.stale else ""
            lines.append((one_line(self._view.as_of) + stale, "$warning" if stale else "$muted"))
            if self._view.problem:
                lines.append((f"{sign('warning')} {one_line(self._view.problem)}", "$warning"))
        if self._unreached and not (self._view is not None and self._view.problem):
            lines.append((f"{sign('warning')} {t('board.area.unreached')}", "$warning"))
        if self._fetching:
            lines.append((t("board.area.fetching"), "$muted"))
        for said in self.query("#said").results(TonedLines):
            said.say(lines)

    def action_define(self) -> None:
        """How the columns are defined."""
        if self.is_current and self._view is not None:
            self.app.push_screen(DefinitionsScreen(tuple(in_tables(self._view.tables))))

    def action_leave(self) -> None:
        """Back."""
        if self.is_current:
            self.dismiss(None)
