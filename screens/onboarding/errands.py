"""Calls of the desk in the order in which they were asked for, off the UI thread, none of them twice."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from textual.dom import DOMNode
from textual.worker import WorkerFailed

from screens.onboarding.port import console_of

T = TypeVar("T")


@dataclass(frozen=True)
class Errand(Generic[T]):
    """One call of the desk, and what to do with its answer on the UI thread."""

    name: str
    call: Callable[[], T]
    then: Callable[[T], object]
    failed: Callable[[BaseException], bool] | None
    """Given the error, says whether it has been dealt with; else the console shows it."""


class Errands:
    """The waiting line of one screen.

    The line is served by the app and not by the screen, so that an answer that was confirmed just before the screen was
    left is still written. An errand whose name is already waiting or under way is not taken again: pressing Enter twice
    does not act twice. When an errand fails, those that were asked for behind it are dropped, because they were meant
    for a state that did not come about; drafts are kept.
    """

    def __init__(self, owner: DOMNode) -> None:
        self._owner = owner
        self._waiting: deque[Errand[Any]] = deque()
        self._current: Errand[Any] | None = None
        self._serving = False

    @property
    def busy(self) -> bool:
        """Whether anything is waiting or under way."""
        return self._current is not None or bool(self._waiting)

    def ask(
        self,
        name: str,
        call: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[BaseException], bool] | None = None,
    ) -> bool:
        """Put a call in the line; False when the same one is already there."""
        if any(each.name == name for each in (self._current, *self._waiting) if each is not None):
            return False
        self._waiting.append(Errand(name, call, then, failed))
        if not self._serving:
            self._serving = True
            self._owner.app.run_worker(self._serve(), group="errands")
        return True

    async def _serve(self) -> None:
        app = self._owner.app
        while self._waiting:
            errand = self._current = self._waiting.popleft()
            worker = app.run_worker(errand.call, thread=True, group="errands", exit_on_error=False)
            try:
                answer = await worker.wait()
            except WorkerFailed as failure:
                self._current = None
                self._drop_what_followed()
                self._fail(errand, failure.error)
            else:
                self._current = None
                if self._owner.is_attached:
                    errand.then(answer)
        self._serving = False

    def _drop_what_followed(self) -> None:
        self._waiting = deque(each for each in self._waiting if each.name.startswith("draft:"))

    def _fail(self, errand: Errand[Any], error: BaseException) -> None:
        if self._owner.is_attached and errand.failed is not None and errand.failed(error):
            return
        if not isinstance(error, Exception):
            raise error
        console_of(self._owner).show_error(error)
