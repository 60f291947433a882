"""The search of the queue: what is typed, and beside it what the list is narrowed to."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from branch_console.locale import t
from screens.text import plain
from screens.widgets.text_field import TextField

FIND_DELAY = 0.12
"""Seconds after the last key until a search starts."""


class FindRow(Horizontal):
    """Posts `Wanted` when the words have changed, and `Entered` when somebody presses Enter behind them."""

    DEFAULT_CSS = """
    FindRow { height: 1; }
    FindRow > .label { width: auto; margin-right: 1; color: $muted; }
    FindRow > TextField { width: 1fr; max-width: 70; }
    FindRow > #narrowed { width: auto; margin-left: 1; color: $primary; }
    """

    @dataclass
    class Wanted(Message):
        """Other words."""

        text: str

    @dataclass
    class Entered(Message):
        """Enter."""

        text: str

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Label, field, filters."""
        yield Static(plain(t("cases.find")), classes="label")
        yield TextField(self._text, placeholder=t("cases.find.hint"), id="find", max_length=60)
        yield Static(id="narrowed")

    @property
    def field(self) -> TextField:
        """Where it is typed."""
        return self.query_one("#find", TextField)

    def narrowed(self, names: list[str]) -> None:
        """What else the list is narrowed to, in words."""
        for each in self.query("#narrowed").results(Static):
            each.update(plain(" ".join(f"[{name}]" for name in names if name)))

    def clear(self) -> bool:
        """Forget the words; False when there are none."""
        if not self.field.value:
            return False
        with self.prevent(Input.Changed):
            self.field.value = ""
        self._look_up()
        return True

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(FIND_DELAY, self._look_up)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._look_up()
        self.post_message(self.Entered(self.field.text))

    def _look_up(self) -> None:
        text = self.field.text
        if text != self._text:
            self._text = text
            self.post_message(self.Wanted(text))
