"""Asks what a form may repeat, a moment after the last key, and shows it at the side."""

from collections.abc import Callable

from textual.timer import Timer

from branch_console.case_views.register import RepeatView
from branch_console.rules.errors import CodedError
from screens.base import BranchScreen, Result
from screens.cases.register.repeats_pane import RepeatsPane

DELAY = 0.4
"""Seconds after the last key."""

Answer = tuple[RepeatView, ...]


class Repeating:
    """`work` gives what asks, called in a thread; None while there is nothing to compare."""

    def __init__(self, screen: BranchScreen[Result], work: Callable[[], Callable[[], Answer] | None]) -> None:
        self._screen = screen
        self._work = work
        self._timer: Timer | None = None
        self._asked = 0
        self.found: Answer = ()

    def changed(self) -> None:
        """The form says something else."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(DELAY, self._ask)

    def forget(self) -> None:
        """Another form: what is being asked counts no more."""
        if self._timer is not None:
            self._timer.stop()
        self._asked += 1
        self._show(())

    def _ask(self) -> None:
        self._asked += 1
        number, work = self._asked, self._work()
        if work is None:
            self._show(())
            return

        def arrived(found: Answer) -> None:
            if number == self._asked:
                self._show(found)

        self._screen.ask(work, arrived, self._failed, group="repeats")

    def _failed(self, error: Exception) -> None:
        """Without hints the form is as good as before."""
        if not isinstance(error, CodedError):
            self._screen.shell.show_error(error)

    def _show(self, found: Answer) -> None:
        self.found = found
        for pane in self._screen.query(RepeatsPane):
            pane.show(found)
        self._screen.refresh_bindings()
