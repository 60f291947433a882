"""When to try again.

Sources: full jitter (AWS Architecture Blog, "Exponential backoff and jitter"), Retry-After (RFC 9110 §10.2.3).
"""

from email.utils import parsedate_to_datetime
from random import Random

LONGEST_RETRY_AFTER = 900.0
"""Seconds; a longer Retry-After is a mistake of somebody between us and central."""


def backoff(failures: int, cap: float, rng: Random) -> float:
    """Seconds until try number `failures` + 1: uniform in 0 … min(cap, 1 s · 2^(failures-1))."""
    return rng.uniform(0.0, min(cap, 2.0 ** min(max(failures - 1, 0), 16)))


def retry_after(header: str | None, wall_ms: int) -> float | None:
    """Seconds that a Retry-After asks for (a number or an HTTP date), capped; None when absent or not understood.

    `wall_ms` is the time at the server, Unix milliseconds, as well as it is known.
    """
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        seconds = float(text[:9])
    else:
        try:
            seconds = parsedate_to_datetime(text).timestamp() - wall_ms / 1000
        except (ValueError, OverflowError):
            return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)


def asked_to_wait(seconds: float, rng: Random) -> float:
    """The wait that was asked for, and jitter on top: those who were told the same must not come back together."""
    return seconds + rng.uniform(0.0, max(1.0, seconds / 2))
