"""Whoever waits in the console for the end of a call that the sync process makes."""

import threading
from queue import Empty, SimpleQueue
from typing import Any
from uuid import uuid4

from branch_console.sync.calls import Called, CallFailed, of_event

Answered = SimpleQueue[Called]


class Waiting:
    """Calls by id, each with somebody who waits. Safe to use from any thread."""

    def __init__(self) -> None:
        """Nobody waits yet."""
        self._lock = threading.Lock()
        self._calls: dict[str, Answered] = {}

    def begin(self) -> tuple[str, Answered]:
        """A call's id, and where its end will be put."""
        call, answered = uuid4().hex, SimpleQueue[Called]()
        with self._lock:
            self._calls[call] = answered
        return call, answered

    def answer(self, call: str, answered: Answered, seconds: float) -> Called:
        """The end of the call; a process that says nothing for so long counts as a time-out."""
        try:
            return answered.get(timeout=seconds)
        except Empty:
            return CallFailed("timeout")
        finally:
            self.forget(call)

    def forget(self, call: str) -> None:
        """Nobody waits for it any longer."""
        with self._lock:
            self._calls.pop(call, None)

    def came(self, event: dict[str, Any]) -> None:
        """An `answer` event of the process. One that nobody waits for is left."""
        with self._lock:
            answered = self._calls.get(event["id"])
        if answered is not None:
            answered.put(of_event(event))

    def fail_all(self, reason: str) -> None:
        """The process has ended: none of them will have an answer."""
        with self._lock:
            for answered in self._calls.values():
                answered.put(CallFailed(reason))
