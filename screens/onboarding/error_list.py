"""What is wrong with a form, above it: each line leads to its field."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from branch_console.locale import t
from screens.signs import sign
from screens.text import one_line, styled
from screens.widgets import css_beside


class ErrorList(Static, can_focus=True):
    """The same words as beside the fields. Not there at all while nothing is wrong."""

    DEFAULT_CSS = css_beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    cursor: reactive[int] = reactive(0)

    @dataclass
    class Chosen(Message):
        """Lead me to this field."""

        field: str

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[str, str, str]] = []
        self.display = False

    def show(self, lines: list[tuple[str, str, str]]) -> None:
        """(field, label, error) of everything that is wrong."""
        self._lines = lines
        self.cursor = 0
        self.display = bool(lines)
        self._draw()

    def watch_has_focus(self, _focused: bool) -> None:
        """The cursor is only seen while the list has the focus."""
        super().watch_has_focus(_focused)
        self._draw()

    def watch_cursor(self) -> None:
        """Draw the cursor where it is."""
        self._draw()

    def validate_cursor(self, cursor: int) -> int:
        """Stay within the list."""
        return max(0, min(cursor, len(self._lines) - 1))

    def action_move(self, by: int) -> None:
        """Up and down; past the end to the form itself."""
        if self.cursor + by >= len(self._lines):
            self.app.action_focus_next()
        self.cursor += by

    def action_choose(self) -> None:
        """To the field of the line under the cursor."""
        if self._lines:
            self.post_message(self.Chosen(self._lines[self.cursor][0]))

    def on_click(self, event: events.Click) -> None:
        """A click on a line leads to its field."""
        at = event.get_content_offset(self)
        if at is not None and 1 <= at.y <= len(self._lines):
            self.post_message(self.Chosen(self._lines[at.y - 1][0]))

    def _draw(self) -> None:
        if not self._lines:
            return
        head = f"{sign('warning')} {t('onboarding.errors', n=len(self._lines))}"
        lines = [styled("[b]$head[/b]", head=head)]
        for index, (_field, label, error) in enumerate(self._lines):
            marker = sign("cursor") if index == self.cursor and self.has_focus else " "
            lines.append(styled("$marker $label  $error", marker=marker, label=one_line(label), error=one_line(error)))
        self.update(Content("\n").join(lines))
