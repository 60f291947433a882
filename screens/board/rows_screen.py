"""The rows behind a number, with what the number means; Enter opens the journey, case or claim of one."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from branch_console.figure_views.tables import Drill, RowsView
from branch_console.locale import t
from screens.asking import Asking
from screens.base import BranchScreen
from screens.board.desk import figures_of
from screens.board.exporting import open_export, why_not_export
from screens.board.fact_list import FactList
from screens.board.slips import open_slip
from screens.board.toned_lines import TonedLines
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.row_list import RowList


class RowsScreen(BranchScreen[None]):
    """The value stands in the title, worked out from the very rows below it."""

    HELP = "board.help.rows"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#rows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+x,x", "export", "board.key.export", id="board.export"),
        Binding("question_mark,ctrl+e", "define", "board.key.define", id="board.define", show=False),
        Binding("escape", "leave", "common.back"),
    ]

    @dataclass
    class OpenSubject(Message):
        """Somebody wants to see what a row is about; the rows wait below it."""

        subject: str

    def __init__(self, drill: Drill, day: date) -> None:
        super().__init__()
        self._drill, self._day = drill, day
        self._view: RowsView | None = None
        self._asking = Asking(self, self._read, self._arrived, "rows", self._refused)

    def body(self) -> ComposeResult:
        """Title and value, definition and as-of, the rows."""
        yield Static(plain(t("common.loading")), classes="title")
        yield TonedLines(id="said")
        yield FactList(empty=t("board.rows.none"), id="rows")

    def on_mount(self) -> None:
        """Nothing to say yet; the rows are read when the screen is shown."""
        self.query_one(TonedLines).say(())

    def redrawn(self) -> None:
        """The desk says it in the other language."""
        self.query_one(TonedLines).say(())
        self.heard()

    def on_screen_resume(self) -> None:
        """Back from a journey or a case: as it is now."""
        self.heard()

    def heard(self) -> None:
        """Something has changed: read anew."""
        self._asking.ask()

    def _read(self) -> RowsView:
        return figures_of(self).rows(self._drill, self._day)

    def _arrived(self, view: RowsView) -> None:
        first, self._view = self._view is None, view
        for title in self.query(".title").results(Static):
            counted = t("board.rows.counted", counted=view.counted, of=view.of)
            title.update(plain(f"{one_line(view.title)}  {one_line(view.value)}  ({counted})"))
        for said in self.query("#said").results(TonedLines):
            # As of when comes first: it is read also where a small console has no room for all of it.
            said.say([(view.as_of, ""), *((line, "$muted") for line in view.definition)])
        for rows in self.query("#rows").results(FactList):
            rows.show_rows(view)
        if first:
            self.refresh_bindings()

    def _refused(self, error: Exception) -> None:
        if self._view is None:
            self.dismiss(None)  # before the message, which would be what is dismissed
        self.shell.show_error(error)

    @on(RowList.Selected, "#rows")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        _number, line = event.row
        kind = line.subject.split("/")[0]
        if kind in {"journey", "case"}:
            self.post_message(self.OpenSubject(line.subject))
        elif kind == "claim":
            open_slip(self, line.subject)
        else:
            self.notify(t("board.rows.nothing_to_open"), severity="warning")

    # --- keys ---

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Nothing to save before it was read, nor by whom it is not for."""
        if action == "export":
            return t("common.loading") if self._view is None else why_not_export(self)
        return super().why_not(action, parameters)

    def action_export(self) -> None:
        """Into a file."""
        if self._view is not None and self.is_current:
            open_export(self, self._view)

    def action_define(self) -> None:
        """The whole definition: where the console is small, the head above the rows has no room for it."""
        from screens.board.definitions_screen import DefinitionsScreen  # noqa: PLC0415  only now

        if self.is_current:
            self.app.push_screen(DefinitionsScreen([self._drill.figure]))

    def action_leave(self) -> None:
        """Back; the cursor there stands where it stood."""
        if self.is_current:
            self.dismiss(None)
