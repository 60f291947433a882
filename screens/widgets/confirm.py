"""Ask before something that is hard to reverse; Cancel comes first."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from branch_console.locale import t
from screens.text import plain
from screens.widgets import css_beside


class Confirm(ModalScreen[bool]):
    """A question; True only when somebody moved to the second button and pressed it. Escape is Cancel."""

    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#cancel"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(False)", show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, title: str, message: str = "", *, yes: str = "", danger: bool = False) -> None:
        """`yes`: the words on the button that does it, in the session's language."""
        super().__init__()
        self._title = title
        self._message = message
        self._yes = yes
        self._danger = danger

    def compose(self) -> ComposeResult:
        """Title, what will happen, and the two buttons."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._title), classes="title")
            if self._message:
                yield Static(plain(self._message), classes="message")
            with Horizontal():
                yield Button(plain(t("common.cancel")), id="cancel", compact=True)
                yield Button(
                    plain(self._yes or t("common.yes")), id="yes", compact=True, classes="-danger" * self._danger
                )

    def give_way(self) -> None:
        """The console speaks another language now: cancelled."""
        self.dismiss(False)

    @on(Button.Pressed)
    def decide(self, event: Button.Pressed) -> None:
        """Answer."""
        event.stop()
        self.dismiss(event.button.id == "yes")
