"""A form is written down shortly after the first key that is not, so that a power cut loses at most a second."""

from collections.abc import Callable

from textual.timer import Timer

from branch_console.rules.errors import CodedError
from screens.base import BranchScreen, Result

DELAY = 0.5
"""Seconds from a key to the draft that holds it; further keys do not put it off."""


class Keeping:
    """The draft of one form. `work` gives what writes it; it is called in a thread.

    A draft that cannot be written is no reason to stop somebody who types: saving the case would say why.
    """

    def __init__(self, screen: BranchScreen[Result], work: Callable[[], Callable[[], None]]) -> None:
        self._screen = screen
        self._work = work
        self._timer: Timer | None = None
        self._writing = False
        self._then: list[Callable[[], None]] = []

    def changed(self) -> None:
        """Something is not written down yet."""
        if self._timer is None:
            self._timer = self._screen.set_timer(DELAY, self._write)

    def stop(self, then: Callable[[], None]) -> None:
        """No more drafts of this form; `then` is called when the last one is written, so that nothing comes behind."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._writing:
            self._then.append(then)
        else:
            then()

    def _write(self) -> None:
        self._timer = None
        if self._writing:
            self.changed()
            return
        self._writing = True
        self._screen.ask(self._work(), lambda _none: self._written(), self._failed, group="draft")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, CodedError):
            self._screen.shell.show_error(error)
        self._written()

    def _written(self) -> None:
        self._writing = False
        waiting, self._then = self._then, []
        for then in waiting:
            then()
