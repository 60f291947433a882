"""The time of the step on screen, handed to the desk bit by bit, so that none is lost however the step is left."""

from collections.abc import Callable

from screens.onboarding.errands import DRAFT, OUTCOME, Errands
from screens.onboarding.step_clock import StepClock

EVERY = 15.0
"""Seconds between two writings while a step is on screen: what a power cut may cost."""


class Spending:
    """Which step is being timed, and what of its time the desk already has.

    `spend` keeps times (active, away, in milliseconds) of a step; it blocks. Time that the lock refuses goes back to
    the clock and is written when it is open again.
    """

    def __init__(self, clock: StepClock, errands: Errands, spend: Callable[[str, int, int], None]) -> None:
        self._clock = clock
        self._errands = errands
        self._spend = spend
        self._written = self._writing = 0
        """Milliseconds that the desk did not count yet when it last said how long the step has taken."""
        self.step = ""

    def turn(self, step: str) -> None:
        """This step is on screen from now on, or none. A new one starts at nought."""
        if step == self.step:
            self._clock.go_on()
            return
        self.keep()
        self.step = step
        self._written = self._writing = 0
        if step:
            self._clock.start()

    def stand(self) -> None:
        """No step is being worked on: the time stands still and is written."""
        self._clock.stop()
        self.keep()

    def said(self) -> None:
        """The desk has said anew how long the step has taken: with everything that was written."""
        self._written = 0

    def left(self) -> None:
        """The step has its outcome, and with it its time."""
        self.step = ""

    def active_ms(self) -> int:
        """Active time that the journey on screen does not say yet."""
        return self._written + self._writing + self._clock.reading()[0]

    def keep(self) -> None:
        """Hand over what has come together, unless an outcome is just taking it along."""
        step = self.step
        name = f"{DRAFT}{step}#spent"
        if not step or self._errands.waits(OUTCOME) or self._errands.waits(name):
            return
        times = self._clock.take()
        if times == (0, 0):
            return
        self._writing += times[0]

        def written(_none: None) -> None:
            if step == self.step:
                self._writing -= times[0]
                self._written += times[0]

        def refused(_error: Exception) -> bool:
            if step == self.step:
                self._writing -= times[0]
                self._clock.give_back(times)
            return True

        self._errands.ask(name, lambda: self._spend(step, *times), written, refused)
