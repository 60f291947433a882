"""Slowing down guesses: 5 failures in a row cost 1, then 5, then 15 minutes; 20 in a day need a new password (S6).

Pure: times are Unix milliseconds, the state is a value that the unlock file keeps. An attempt counts as failed from the
moment before it is made; success takes it back. So killing the console in the middle of an attempt wins nothing.
"""

from dataclasses import dataclass, replace

FREE = 5
WAITS_MS = (60_000, 300_000, 900_000)
PER_DAY = 20
DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Throttle:
    """Failures of one member of staff: in a row, since when, and in the day that began with `day_from`."""

    row: int = 0
    last: int = 0
    day: int = 0
    day_from: int = 0

    @property
    def blocked(self) -> bool:
        """Whether only a new password from central helps."""
        return self.day >= PER_DAY


def wait_ms(state: Throttle, now: int) -> int:
    """How long until the next attempt may be made; 0 for at once."""
    if state.row < FREE:
        return 0
    wait = WAITS_MS[min(state.row - FREE, len(WAITS_MS) - 1)]
    return max(0, state.last + wait - now)


def attempted(state: Throttle, now: int) -> Throttle:
    """The state once an attempt has begun."""
    if now - state.day_from >= DAY_MS and not state.blocked:
        state = replace(state, day=0, day_from=now)
    return replace(state, row=state.row + 1, last=now, day=state.day + 1)


def succeeded(state: Throttle) -> Throttle:
    """The state once the attempt has turned out right; earlier failures of the day still count."""
    return replace(state, row=0, day=max(0, state.day - 1))
