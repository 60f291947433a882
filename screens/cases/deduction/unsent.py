"""What stands in the start of a fast track and is not sent: since when somebody is being served, and the draft."""

from time import monotonic

from textual.timer import Timer

from branch_console.rules.errors import CodedError
from screens.base import BranchScreen
from screens.cases.desk import cases_of

DELAY = 0.3
"""Seconds after the last key until what stands in the form is kept."""


class Unsent:
    """Of one screen. The time of a customer begins with the first thing that is typed or picked for them."""

    def __init__(self, screen: BranchScreen[str]) -> None:
        self._screen = screen
        self._begun: float | None = None
        self._timer: Timer | None = None

    @property
    def seconds(self) -> int:
        """How long ago this customer's time began."""
        return 0 if self._begun is None else round(monotonic() - self._begun)

    def begin(self) -> None:
        """Something was typed or picked."""
        if self._begun is None:
            self._begun = monotonic()

    def keep_soon(self, category: str, told: str) -> None:
        """Keep it shortly after the last key."""
        self._stop()
        if category or told:
            self._timer = self._screen.set_timer(DELAY, lambda: self._keep(category, told))

    def end(self) -> None:
        """It was sent, or given up: the next customer's time has not begun."""
        self._stop()
        self._begun = None

    def _keep(self, category: str, told: str) -> None:
        screen = self._screen
        screen.ask(
            lambda: cases_of(screen).keep_deduction(category, told), lambda _none: None, self._not_kept, group="draft"
        )

    def _not_kept(self, error: Exception) -> None:
        """A draft that the lock refuses is written with the next key; nobody need be told."""
        if not isinstance(error, CodedError):
            self._screen.shell.show_error(error)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
