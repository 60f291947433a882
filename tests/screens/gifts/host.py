"""A console around one screen of the gift area."""

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.screen import Screen

from branch_console.locale import Language
from branch_console.views import SessionFacts
from screens.shell import Shell
from tests.screens.gifts.fakes import FakeGiftDesk


class FakeServices:
    """The gift desk, and who works here."""

    def __init__(self, gifts: FakeGiftDesk, role: str) -> None:
        self.gifts = gifts
        self.session: SessionFacts | None = SessionFacts("G1001", "王芳", role)

    def subscribe(self, listener: Callable[[str], None]) -> None:
        """Nothing ever changes elsewhere."""


class Host(Shell):
    """Shows the screen under test above an empty one."""

    def __init__(
        self,
        desk: FakeGiftDesk,
        shown: Screen[Any],
        *,
        language: Language = "zh",
        role: str = "guide",
        colours: str = "dark",
    ) -> None:
        super().__init__(language=language, colours=colours)
        self.services = FakeServices(desk, role)
        self._first_screen = shown
        self.errors: list[Exception] = []
        self.answers: list[Any] = []

    def on_mount(self) -> None:
        """To the screen under test; what it answers is kept."""
        self.push_screen(self._first_screen, self.answers.append)

    def show_error(self, error: Exception) -> None:
        """Keep it for the test, and say it."""
        self.errors.append(error)
        super().show_error(error)


def on_top(app: App[Any], kind: type[Screen[Any]]) -> bool:
    """A screen of this kind is shown and something on it has the focus."""
    return isinstance(app.screen, kind) and app.focused is not None
