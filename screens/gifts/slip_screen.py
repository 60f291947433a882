"""A slip as it comes out of the printer, its QR code beside it, and the way to a PDF."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Resize
from textual.widgets import Static

from branch_console.gift_views import SlipView
from branch_console.locale import t
from screens.base import BranchScreen
from screens.gifts.desk import gifts_of
from screens.gifts.paper import Line, Paper
from screens.gifts.said import Said
from screens.signs import sign
from screens.text import fit, one_line, plain
from screens.widgets import css_beside
from screens.widgets.qr_code import QrCode

PAPER = 48
"""Cells of a line on paper of 80 mm."""
AROUND = 8
"""Cells beside paper and code: margins, the frame of the paper, its scroll bar."""


class SlipScreen(BranchScreen[None]):
    """Enter or Escape goes on. On a narrow console a key turns from the paper to the code."""

    HELP = "gifts.help.slip"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#paper"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave", "gifts.key.done", id="gifts.done"),
        Binding("ctrl+s", "save", "gifts.key.save", id="gifts.save"),
        Binding("ctrl+e", "turn", "gifts.key.qr", id="gifts.qr"),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, slip: SlipView) -> None:
        super().__init__()
        self._slip = slip
        self._code = False
        self._beside = False
        self._saved = ""
        self._saving = False

    def body(self) -> ComposeResult:
        """Title and number, the paper, the code, where the PDF is."""
        yield Static(plain(f"{one_line(self._slip.title)}  {one_line(self._slip.number)}"), id="title")
        with Horizontal(id="slip"):
            yield Paper(self._printed, id="paper")
            if self._slip.qr:
                yield QrCode(self._slip.qr, id="code")
        yield Said(self._saved_words(), id="saved")

    def _printed(self, width: int) -> Iterator[Line]:  # noqa: ARG002  paper is as wide as it is
        for line in self._slip.lines:
            yield ((fit(one_line(line), PAPER), ""),)

    # --- showing ---

    def on_mount(self) -> None:
        """Paper and code side by side where there is room."""
        self._arrange(self.size.width)

    def redrawn(self) -> None:
        """Another language."""
        self._arrange(self.size.width)

    def on_resize(self, event: Resize) -> None:
        """Another width."""
        self._arrange(event.size.width)

    def _arrange(self, width: int) -> None:
        for code in self.query(QrCode):
            self._beside = PAPER + AROUND + code.modules <= width
            code.display = self._beside or self._code
            self.query_one("#paper", Paper).display = self._beside or not self._code
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to turn where both are on the screen, or where there is no code."""
        if action == "turn" and (self._beside or not self._slip.qr):
            return False
        return super().check_action(action, parameters)

    def action_turn(self) -> None:
        """From the paper to the code and back."""
        self._code = not self._code
        self._arrange(self.size.width)

    # --- acts ---

    def action_save(self) -> None:
        """Save the PDF; says where it is."""
        if not self._saving:
            self._saving = True
            self.ask(self.pdf, self._is_saved, self._not_saved)

    def pdf(self) -> Path:
        """Have the PDF saved; where it stands. Blocks."""
        return gifts_of(self).save_slip(self._slip.claim)

    def _is_saved(self, path: Path) -> None:
        self._saving = False
        self._saved = str(path)
        self.query_one("#saved", Said).say(self._saved_words())

    def _not_saved(self, error: Exception) -> None:
        self._saving = False
        self.shell.show_error(error)

    def _saved_words(self) -> str:
        return f"{sign('done')} {t('gifts.saved', path=one_line(self._saved))}" if self._saved else ""

    def action_leave(self) -> None:
        """Back to work."""
        self.dismiss(None)
