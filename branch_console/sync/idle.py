"""Work of the store's thread that has time: done in steps, while the feed is not being read.

Figures follow the journal in this way, so that the console finds little left to do. A step is short; whatever the core
wants of the store meanwhile is carried out after it, before the next.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor

from branch_console.sync.state import State

PAUSE = 0.05
"""Seconds between two steps, so that the console's own writing comes in between."""


class IdleWork:
    """Runs one step after the other until there is nothing left; looks again when it is told to."""

    def __init__(self, step: Callable[[], bool], state: Callable[[], State | None]) -> None:
        """`step`: blocking; whether more is left. `state`: of the core, None while there is none (any more)."""
        self._step = step
        self._state = state
        self._running = False

    def begin(self, loop: asyncio.AbstractEventLoop, worker: Executor) -> None:
        """Where steps are carried out from now on."""
        self._loop, self._worker = loop, worker

    def look(self) -> None:
        """The store may have changed. On the loop."""
        state = self._state()
        if self._running or state is None or reads_feed(state):
            return
        self._running = True
        self._loop.run_in_executor(self._worker, self._step).add_done_callback(self._done)

    def _done(self, future: "asyncio.Future[bool]") -> None:
        self._running = False
        if not future.cancelled() and future.result():
            self._loop.call_later(PAUSE, self.look)


def reads_feed(state: State) -> bool:
    """Whether pages are being taken in, or the next is on its way: then their entries come first."""
    return bool(state.pages) or state.applying or (not state.caught_up and "feed" in state.waiting)
