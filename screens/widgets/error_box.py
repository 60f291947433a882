"""Say an error that needs to be read."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from branch_console.locale import t
from screens.signs import sign
from screens.text import plain
from screens.widgets import css_beside


class ErrorBox(ModalScreen[None]):
    """Title and message; Enter or Escape closes it."""

    DEFAULT_CSS = css_beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]

    def __init__(self, title: str, message: str) -> None:
        super().__init__()
        self._title = title
        self._message = message

    def compose(self) -> ComposeResult:
        """Sign and title, the message, one button."""
        with Vertical(classes="dialog"):
            yield Static(plain(f"{sign('warning')} {self._title}"), classes="title")
            yield Static(plain(self._message), classes="message")
            with Horizontal():
                yield Button(plain(t("common.close")), id="close", compact=True)

    @on(Button.Pressed)
    def close(self, event: Button.Pressed) -> None:
        """Close."""
        event.stop()
        self.dismiss()
