"""A question of a gift form: label left, what answers it right, below it a hint that gives way to an error."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from screens.gifts.said import Said
from screens.signs import sign
from screens.text import plain
from screens.widgets import css_beside


class Asked(Vertical):
    """What was typed or picked stays as it is, whatever is said about it. `field` is its name in errors."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, field: str, label: str, editor: Widget, hint: str = "", *, id: str = "") -> None:  # noqa: A002
        super().__init__(id=id or f"asked-{field}")
        self.field = field
        self.editor = editor
        self._label = label
        self._hint = hint
        self._error = ""
        editor.add_class("editor")

    def compose(self) -> ComposeResult:
        """Label and editor, the line below."""
        with Horizontal():
            yield Static(plain(self._label), classes="label")
            yield self.editor
        yield Said(self._hint, classes="note")

    def on_mount(self) -> None:
        """What was said before the question stood on the screen."""
        self._say()

    def put(self, label: str, hint: str) -> None:
        """Ask for something else."""
        self._label, self._hint = label, hint
        if self.is_mounted:
            self.query_one(".label", Static).update(plain(label))
            self._say()

    def refuse(self, error: str) -> None:
        """Say what is wrong, in words; empty: nothing is."""
        self._error = error
        if self.is_mounted:
            self._say()

    def _say(self) -> None:
        self.set_class(bool(self._error), "-wrong")
        self.query_one(".note", Said).say(f"{sign('warning')} {self._error}" if self._error else self._hint)
