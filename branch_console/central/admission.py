"""Admission of pushes: decided by what is under way already, before a byte of the body is read."""

import math
import time

from branch_console.central.problems import ProblemError, retry_after

_WEIGHT = 0.2  # of the newest push in the average
_FIRST_GUESS = 0.1  # seconds a push takes, until measured
_LONGEST = 120  # seconds that a terminal is ever asked to stay away


class Admission:
    """Counts pushes and their bytes. Used from one event loop only."""

    def __init__(self, pushes: int, size: int) -> None:
        """At most `pushes` at once and `size` bytes at once."""
        self._most, self._most_bytes = pushes, size
        self.pushes = 0
        self._bytes = 0
        self._refused = 0
        self._seconds = _FIRST_GUESS

    def enter(self, size: int) -> None:
        """Admit a push of `size` bytes. Raises ProblemError too-busy."""
        if self.pushes >= self._most or (self.pushes and self._bytes + size > self._most_bytes):
            self._refused += 1
            raise ProblemError("too-busy", headers=retry_after(self._backlog_seconds()))
        self.pushes += 1
        self._bytes += size

    def leave(self, size: int, started: float) -> None:
        """A push that was admitted at `started` (time.monotonic) has been answered."""
        self.pushes -= 1
        self._bytes -= size
        self._refused = max(0, self._refused - 1)
        self._seconds += _WEIGHT * (min(time.monotonic() - started, 60.0) - self._seconds)

    def _backlog_seconds(self) -> int:
        """How long what is under way, and those who were sent away before, will take at the rate of late."""
        rate = max(1, self.pushes) / max(self._seconds, 0.001)
        return min(_LONGEST, max(1, math.ceil((self.pushes + self._refused) / rate)))
