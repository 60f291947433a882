"""The hybrid logical clock of the journal: wall-clock milliseconds that never run backwards, plus a counter.

Source: Kulkarni et al., "Logical Physical Clocks" (2014). Written `<unix ms, 13 digits>-<counter, 4 hex digits>`,
so that the order of the strings is the order of the clock.
"""

import re

ZERO = "0000000000000-0000"
PATTERN = re.compile(r"[0-9]{13}-[0-9a-f]{4}")
_LAST_COUNTER = 0xFFFF
_OFF_FROM_MS = 120_000  # as central trusts it: docs/protocol.md, the order in which claims are ruled on


def tick(last: str, now_ms: int) -> str:
    """The next clock value after `last` when the wall clock shows `now_ms` (Unix milliseconds)."""
    last_ms, counter = parse(last)
    if now_ms > last_ms:
        return format_clock(now_ms, 0)
    if counter < _LAST_COUNTER:
        return format_clock(last_ms, counter + 1)
    return format_clock(last_ms + 1, 0)


def merge(local: str, remote: str) -> str:
    """The clock after having seen `remote`: what is written next sorts behind both."""
    return max(local, remote)


def is_off(offset_ms: int) -> bool:
    """Whether a wall clock is so far from another, in milliseconds, that somebody must set it."""
    return abs(offset_ms) > _OFF_FROM_MS


def parse(clock: str) -> tuple[int, int]:
    """Milliseconds and counter. Raises ValueError on a malformed clock."""
    if not PATTERN.fullmatch(clock):
        raise ValueError(f"malformed clock {clock!r}")
    return int(clock[:13]), int(clock[14:], 16)


def format_clock(milliseconds: int, counter: int) -> str:
    """The written form of a clock value."""
    return f"{milliseconds:013d}-{counter:04x}"
