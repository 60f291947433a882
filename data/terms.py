"""What a journey is found by: its name in Han characters, in pinyin, by initials, and the last digits of the phone."""

import re

from branch_console.rules.journey import JourneyState
from branch_console.rules.names import initials, readings

_LAST_DIGITS = re.compile(r"[0-9]{1,4}$")


def fingerprint(state: JourneyState) -> str:
    """Changes exactly when the terms of a journey change; empty when there is nothing to find it by."""
    parts = (state.name or "", last_digits(state.phone_masked))
    return "\n".join(parts) if any(parts) else ""


def terms(state: JourneyState) -> set[str]:
    """The terms for prefix look-ups: `i` and initials, `p` and whole pinyin, `d` and the last digits, reversed."""
    found: set[str] = set()
    if state.name:
        found.update(f"i{each}" for each in initials(state.name))
        found.update(f"p{each}" for each in readings(state.name))
    digits = last_digits(state.phone_masked)
    if digits:
        found.add(f"d{digits[::-1]}")
    return found


def last_digits(masked: str | None) -> str:
    """Up to four digits at the end of a masked number."""
    match = _LAST_DIGITS.search(masked or "")
    return match.group() if match else ""
