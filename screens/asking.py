"""A question that is asked again whenever something has changed, one at a time; a wish while asking is remembered."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from screens.base import BranchScreen

T = TypeVar("T")


class Asking(Generic[T]):
    """Of one screen. What it blocks on runs in a thread; the answer comes on the screen's own."""

    def __init__(
        self,
        screen: BranchScreen[Any],
        work: Callable[[], T],
        then: Callable[[T], None],
        group: str,
        refused: Callable[[Exception], None] | None = None,
    ) -> None:
        """`work` blocks; `refused` is called with an error in place of the one door for errors."""
        self._screen = screen
        self._work = work
        self._then = then
        self._group = group
        self._refused = refused
        self._asking = False
        self._again = False

    def ask(self) -> None:
        """Ask, or once more as soon as the answer under way is here."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        self._screen.ask(self._work, self._arrived, self._failed, group=self._group)

    def _arrived(self, answer: T) -> None:
        self._asking = False
        self._then(answer)
        if self._again:
            self._again = False
            self.ask()

    def _failed(self, error: Exception) -> None:
        """Said where it belongs: under another screen, or locked, it is asked anew when this one is shown again."""
        self._asking = self._again = False
        if self._screen.is_current:
            (self._refused or self._screen.shell.show_error)(error)
