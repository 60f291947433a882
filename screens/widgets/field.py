"""A question of a form: label, input, and one line for a hint or for what is wrong."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import var
from textual.widgets import Static

from screens.signs import sign
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.text_field import TextField


class Field(Vertical):
    """Label left, input right, below it a quiet hint that gives way to an error. What was typed is never touched."""

    DEFAULT_CSS = css_beside(__file__)

    error: var[str] = var("")
    """What is wrong, in words; empty when nothing is."""
    hint: var[str] = var("")
    """Quiet help while nothing is wrong."""

    def __init__(self, label: str, input_: TextField, *, hint: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._label = label
        self.set_reactive(Field.hint, hint)
        self.input = input_

    def compose(self) -> ComposeResult:
        """One row with label and input, one row beneath."""
        with Horizontal():
            yield Static(plain(self._label), classes="label")
            yield self.input
        yield Static(plain(self.hint), classes="note")

    def watch_error(self) -> None:
        """Show the error beside the field, or the hint again."""
        self.set_class(bool(self.error), "-wrong")
        self.input.set_class(bool(self.error), "-invalid")
        text = f"{sign('warning')} {self.error}" if self.error else self.hint
        for note in self.query(".note").results(Static):
            note.update(plain(text))

    def watch_hint(self) -> None:
        """Show another hint."""
        self.watch_error()

    def on_mount(self) -> None:
        """An error that was set before the field existed on the screen."""
        self.watch_error()
