"""What all dialogs over a journey share: a frame, a title, Escape to leave, and the step's time that goes on."""

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.lock import Lock
from screens.onboarding.step_clock import StepClock
from screens.text import plain
from screens.widgets import css_beside

Result = TypeVar("Result")


class JourneyDialog(ModalScreen[Result | None]):
    """The customer is still being served while a dialog is open, so its time counts as active, unless it is covered."""

    DEFAULT_CSS = css_beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, title: str, clock: StepClock | None = None) -> None:
        super().__init__()
        self._heading = title
        self._clock = clock
        self._covered = False

    def compose(self) -> ComposeResult:
        """The frame around `inside`."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._heading), classes="title")
            yield from self.inside()

    def inside(self) -> ComposeResult:
        """What the dialog is about."""
        yield from ()

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def give_way(self) -> None:
        """The console speaks another language now."""
        self.dismiss(None)

    def touched(self) -> None:
        """A key or a click: somebody is working."""
        if self._clock is not None:
            self._clock.touch()

    def on_screen_suspend(self) -> None:
        """Locked: away. Closed: the screen below goes on counting."""
        if self._clock is not None and isinstance(self.app.screen, Lock):
            self._covered = True
            self._clock.leave()

    def on_screen_resume(self) -> None:
        """On top (again)."""
        if self._clock is None:
            return
        if self._covered:
            self._covered = False
            self._clock.come_back()
        else:
            self._clock.touch()
