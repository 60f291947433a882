"""Asks central beside the board for what only central knows: how far each terminal is, whose figures are compared."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from screens.board.desk import figures_of

if TYPE_CHECKING:
    from screens.board.board_screen import BoardScreen

AGAIN, CONNECTING, UNREACHED = 240.0, 1.0, 30.0
"""Seconds until central is asked again: after an answer, while the sync is still connecting, and after no answer."""


class AskingCentral:
    """One question at a time, and seldom; `answered` is called when central has said something.

    Nothing is said on the screen when there is no answer: the board says as of when central's word is.
    """

    def __init__(self, screen: "BoardScreen", answered: Callable[[], None]) -> None:
        self._screen = screen
        self._answered = answered
        self._asking = False
        self._due = 0.0

    def look(self) -> None:
        """Ask if it is time to."""
        if self._asking or monotonic() < self._due:
            return
        self._asking = True
        self._screen.ask(lambda: figures_of(self._screen).ask_central(), self._arrived, self._refused, group="central")

    def _arrived(self, problem: str) -> None:
        self._wait({"": AGAIN, "connecting": CONNECTING}.get(problem, UNREACHED))
        if not problem:
            self._answered()

    def _refused(self, _error: Exception) -> None:
        """Locked meanwhile, or not for whoever works here: reading the board itself says so."""
        self._wait(UNREACHED)

    def _wait(self, seconds: float) -> None:
        self._asking = False
        self._due = monotonic() + seconds
