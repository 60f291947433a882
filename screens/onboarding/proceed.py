"""The last stop of a form: Enter goes on."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from screens.text import styled
from screens.widgets import css_beside


class Proceed(Static, can_focus=True):
    """One line that says what Enter does here."""

    DEFAULT_CSS = css_beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "proceed", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    class Pressed(Message):
        """Go on."""

        def __init__(self, proceed: "Proceed") -> None:
            super().__init__()
            self.proceed = proceed

        @property
        def control(self) -> "Proceed":
            """The widget, for `@on(Proceed.Pressed, "#id")`."""
            return self.proceed

    def __init__(self, label: str, *, key: str = "Enter", id: str | None = None, classes: str = "") -> None:  # noqa: A002
        super().__init__(styled("[b]$key[/b]  $label", key=key, label=label), id=id, classes=classes)

    def action_proceed(self) -> None:
        """Enter or Space."""
        self.post_message(self.Pressed(self))

    def on_click(self) -> None:
        """A click does the same."""
        self.post_message(self.Pressed(self))
