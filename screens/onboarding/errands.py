"""Calls of the desk in the order in which they were asked for, off the UI thread, none of them twice."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from textual.app import App
from textual.dom import DOMNode

from branch_console.rules.errors import CodedError, FieldErrors
from screens.onboarding.port import Console, console_of
from screens.taken_down import taken_down

T = TypeVar("T")
DRAFT = "draft:"
"""How the names of errands begin that write a draft."""
OUTCOME = "outcome:"
"""How the names of errands begin with which a step is left."""


@dataclass(frozen=True)
class Errand(Generic[T]):
    """One call of the desk, and what to do with its answer on the UI thread."""

    name: str
    call: Callable[[], T]
    then: Callable[[T], object]
    failed: Callable[[Exception], bool] | None
    """Given the error, says whether it has been dealt with; else the console shows it."""

    def attempt(self) -> "T | Refused":
        """Make the call, in a thread. Only refusals that have words come back; the rest is a defect."""
        try:
            return self.call()
        except Exception as error:
            if not isinstance(error, CodedError | FieldErrors):
                raise
            return Refused(error)


@dataclass(frozen=True)
class Refused:
    """The call was refused."""

    error: Exception


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

    def waits(self, prefix: str) -> bool:
        """Whether an errand whose name begins so is waiting or under way."""
        there = (each for each in (self._current, *self._waiting) if each is not None)
        return any(each.name.startswith(prefix) for each in there)

    def ask(
        self,
        name: str,
        call: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[Exception], bool] | None = None,
    ) -> bool:
        """Put a call in the line; False when the same one is already there."""
        if any(each.name == name for each in (self._current, *self._waiting) if each is not None):
            return False
        self._waiting.append(Errand(name, call, then, failed))
        if not self._serving:
            self._serving = True
            app = self._owner.app
            app.run_worker(self._serve(app, console_of(self._owner)), group="errands")
        return True

    async def _serve(self, app: App[object], console: Console) -> None:
        while self._waiting:
            errand = self._current = self._waiting.popleft()
            answer = await app.run_worker(errand.attempt, thread=True, group="errands", exit_on_error=False).wait()
            self._current = None
            if isinstance(answer, Refused):
                self._waiting = deque(each for each in self._waiting if each.name.startswith(DRAFT))
                self._tell(console, errand, answer.error)
            elif not taken_down(self._owner):
                errand.then(answer)
        self._serving = False

    def _tell(self, console: Console, errand: Errand[Any], error: Exception) -> None:
        here = not taken_down(self._owner)
        dealt_with = here and errand.failed is not None and errand.failed(error)
        if not dealt_with and (here or not errand.name.startswith(DRAFT)):
            console.show_error(error)
