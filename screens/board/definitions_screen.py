"""How figures are defined: that under the cursor first, then the others of the section."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from branch_console.locale import t
from screens.base import BranchScreen
from screens.board.desk import figures_of
from screens.board.toned_lines import TonedLines
from screens.text import one_line
from screens.widgets import css_beside

Lines = list[tuple[str, str]]


class DefinitionsScreen(BranchScreen[None]):
    """Scrolls as a whole. What is no figure has nothing to say here, its table says what it is."""

    HELP = "board.help.definitions"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#definitions"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "common.back"),
        Binding("question_mark,ctrl+e", "leave", show=False),
    ]

    def __init__(self, figures: Sequence[str]) -> None:
        super().__init__()
        self._figures = tuple(dict.fromkeys(figures))

    def body(self) -> ComposeResult:
        """All definitions."""
        with VerticalScroll(id="definitions"):
            yield TonedLines()

    def on_mount(self) -> None:
        """Read them: only words, but whoever says them is made in a thread."""
        self.query_one(TonedLines).say([(t("common.loading"), "$muted")])
        self.redrawn()

    def redrawn(self) -> None:
        """In the language of the console."""
        self.ask(self._read, self._arrived, group="definitions")

    def _read(self) -> Lines:
        board = figures_of(self)
        lines: Lines = []
        for figure in self._figures:
            said = board.definition(figure)
            if said:
                lines += [("", "")] if lines else []
                lines.append((one_line(board.label(figure)), "bold"))
                lines += [(f"{one_line(label)}: {one_line(text)}", "$muted") for label, text in said]
        return lines or [(t("board.definitions.none"), "$muted")]

    def _arrived(self, lines: Lines) -> None:
        for said in self.query("#definitions TonedLines").results(TonedLines):
            said.say(lines)

    def action_leave(self) -> None:
        """Back."""
        if self.is_current:
            self.dismiss(None)
