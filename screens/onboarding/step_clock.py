"""How long a step has really taken: a stopwatch that leaves out locked and away time. Times are whole milliseconds."""

import time
from collections.abc import Callable

IDLE_SECONDS = 60.0
"""Without a key or click for so long, what follows counts as away: the member of staff may have walked off."""


class StepClock:
    """Active and away time of the step on screen, from a clock that cannot be set back.

    `touch` is called for each key and click, `leave` when the screen is covered, locked or left, `come_back` when it is
    on top again. The first minute without a touch still counts as active, because reading a notice out presses no keys.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._active = 0.0
        self._away = 0.0
        self._settled = self._touched = now()
        self._running = False
        self._present = True

    def start(self) -> None:
        """A new step begins: both times are nought."""
        self._active = self._away = 0.0
        self._settled = self._touched = self._now()
        self._running = True

    def go_on(self) -> None:
        """The same step again, after `stop`: the times go on from where they stood."""
        self._settle()
        self._touched = self._settled
        self._running = True

    def stop(self) -> None:
        """No step is being worked on; the times stand still."""
        self._settle()
        self._running = False

    def touch(self) -> None:
        """Somebody pressed a key or clicked."""
        self._settle()
        self._touched = self._settled

    def leave(self) -> None:
        """Locked, covered by another screen, or left: what follows is away until `come_back`."""
        self._settle()
        self._present = False

    def come_back(self) -> None:
        """The step is on screen again."""
        self._settle()
        self._present = True
        self._touched = self._settled

    @property
    def present(self) -> bool:
        """Whether the step is on screen."""
        return self._present

    def reading(self) -> tuple[int, int]:
        """(active, away) in milliseconds until now."""
        self._settle()
        return round(self._active * 1000), round(self._away * 1000)

    def take(self) -> tuple[int, int]:
        """The same, and from now on only what comes after it is read: somebody writes it down."""
        times = self.reading()
        self._active -= times[0] / 1000
        self._away -= times[1] / 1000
        return times

    def give_back(self, times: tuple[int, int]) -> None:
        """It could not be written down."""
        self._active += times[0] / 1000
        self._away += times[1] / 1000

    def _settle(self) -> None:
        """Book the time since the last booking to active or away."""
        now = self._now()
        if self._running:
            active_until = min(now, self._touched + IDLE_SECONDS) if self._present else self._settled
            active = max(0.0, active_until - self._settled)
            self._active += active
            self._away += now - self._settled - active
        self._settled = now
