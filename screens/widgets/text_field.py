"""One line of typed text, right for Chinese input methods."""

import unicodedata
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.widgets import Input
from textual.widgets.input import Selection

from branch_console.security.text import clean
from screens.text import one_line
from screens.widgets import css_beside

MAX_LENGTH = 2000


def normalised(text: str) -> str:
    """What the program reads out of typed text: full-width forms and the ideographic space become ordinary ones."""
    return clean(unicodedata.normalize("NFKC", text)).strip()


class TextField(Input):
    """Textual's Input with four things mended.

    The terminal's cursor, where an input method shows its candidates, stands where the next character will appear and
    not one cell further (Shell keeps it there while the field is scrolled). The ideographic space (U+3000), which Input
    drops, arrives as a space. A paste of several lines keeps them all. Validators are not asked while somebody types.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "common.confirm")]
    DEFAULT_CSS = css_beside(__file__)

    def __init__(
        self, value: str = "", *, max_length: int = MAX_LENGTH, select_on_focus: bool = False, **keywords: Any
    ) -> None:
        keywords.setdefault("validate_on", ())
        super().__init__(value, max_length=max_length, select_on_focus=select_on_focus, **keywords)
        self.cursor_blink = False

    @property
    def text(self) -> str:
        """The typed text in NFKC, without control characters and outer spaces; `value` stays as it was typed."""
        return normalised(self.value)

    def validate_value(self, value: str) -> str:
        """A draft or an answer may come from another machine: what could steer the terminal never gets in."""
        return one_line(value)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the next character will appear: Input itself says one cell further at the end of the text."""
        x, y, width, _height = self.content_region
        cells = self._position_to_cell(self.cursor_position) - self.scroll_offset.x
        return Offset(x + min(cells, max(width - 1, 0)), y)

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]
        # Textual calls Input's handler too, unless the event's default is prevented.
        if event.character == "\u3000":
            event.stop()
            event.prevent_default()
            self.insert_text_at_cursor(" ")

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.replace(self.pasted(event.text), *sorted(self.selection))

    def pasted(self, text: str) -> str:
        """What a paste puts into the field: all lines, as one."""
        return one_line(text).replace("\u3000", " ")

    def kept(self) -> object:
        """What was typed and where the cursor stands."""
        return self.value, tuple(self.selection)

    def restore(self, kept: object) -> None:
        """Take it back after a redraw in another language."""
        match kept:
            case (str(value), (int(start), int(end))):
                self.value = value
                self.selection = Selection(start, end)
