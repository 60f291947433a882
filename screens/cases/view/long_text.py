"""Several lines of typed text that are one paragraph: wrapped as it grows, and right for Chinese input methods."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from screens.text import one_line
from screens.widgets import css_beside
from screens.widgets.text_field import normalised


class LongText(TextArea):
    """Enter is the form's, a paste of several lines becomes one paragraph, and nothing typed can steer the terminal."""

    DEFAULT_CSS = css_beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.go_on", show=False, priority=True)]

    def __init__(self, value: str = "", *, max_length: int = 2000, id: str | None = None) -> None:  # noqa: A002
        super().__init__(one_line(value), soft_wrap=True, tab_behavior="focus", compact=True, id=id)
        self._most = max_length
        self.cursor_blink = False

    @property
    def words(self) -> str:
        """The typed text in NFKC, without control characters and outer spaces."""
        return normalised(one_line(self.text))

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._insert(event.text)

    async def _on_key(self, event: events.Key) -> None:
        if event.character == "\u3000":
            event.stop()
            event.prevent_default()
            self._insert(" ")
        elif event.is_printable and len(self.text) >= self._most:
            event.stop()
            event.prevent_default()

    def _insert(self, text: str) -> None:
        room = self._most - len(self.text) + len(self.selected_text)
        self.replace(one_line(text).replace("\u3000", " ")[: max(room, 0)], *self.selection)

    def action_copy(self) -> None:
        """Nothing leaves through the terminal's clipboard."""

    def action_cut(self) -> None:
        """Nothing leaves through the terminal's clipboard."""

    def kept(self) -> object:
        """What was typed and where the cursor stands."""
        return self.text, self.cursor_location

    def restore(self, kept: object) -> None:
        """Take it back after a redraw in another language."""
        match kept:
            case (str(text), (int(row), int(column))):
                self.text = text
                self.move_cursor((row, column))
