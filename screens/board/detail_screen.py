"""One number in depth, on a screen of its own."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from branch_console.figure_views.detail import DetailView
from branch_console.figure_views.tables import Drill
from branch_console.locale import t
from screens.asking import Asking
from screens.base import BranchScreen
from screens.board.desk import figures_of
from screens.board.detail_body import DetailBody
from screens.widgets import css_beside


class DetailScreen(BranchScreen[None]):
    """Arrows scroll, Enter leads to the rows behind the number, Escape back."""

    HELP = "board.help.detail"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#detail"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "rows", "board.key.rows", id="board.rows"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self, drill: Drill, day: date, row: Sequence[tuple[str, str]] = ()) -> None:
        """`row`: the other numbers of its row, as label and text."""
        super().__init__()
        self._drill, self._day, self._row = drill, day, tuple(row)
        self._asking = Asking(self, self._read, self._arrived, "detail", self._refused)
        self._shown = False

    def body(self) -> ComposeResult:
        """All of it scrolls."""
        yield DetailBody(id="detail")

    def on_mount(self) -> None:
        """Read it."""
        self.redrawn()

    def redrawn(self) -> None:
        """The desk says it in the other language."""
        self.query_one(DetailBody).say(t("common.loading"))
        self.heard()

    def heard(self) -> None:
        """Something has changed: read anew."""
        self._asking.ask()

    def _read(self) -> DetailView:
        drill = self._drill
        return figures_of(self).detail(drill.figure, drill.group, drill.member, self._day)

    def _arrived(self, view: DetailView) -> None:
        self._shown = True
        for body in self.query(DetailBody):
            body.show(view, self._row)

    def _refused(self, error: Exception) -> None:
        if not self._shown:
            self.dismiss(None)  # before the message, which would be what is dismissed
        self.shell.show_error(error)

    def action_rows(self) -> None:
        """The rows behind the number."""
        from screens.board.rows_screen import RowsScreen  # noqa: PLC0415  only now

        if self.is_current:
            self.app.push_screen(RowsScreen(self._drill, self._day))

    def action_leave(self) -> None:
        """Back."""
        if self.is_current:
            self.dismiss(None)
