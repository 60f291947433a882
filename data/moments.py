"""Moments as entries write them, in the branch's time."""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from branch_console.rules.journal import parse_at


class Moment(NamedTuple):
    """Milliseconds since 1970, business date (YYYY-MM-DD) and hour."""

    ms: int
    day: str
    hour: int


NEVER = Moment(0, "", 0)


def moment(at: str | None, zone: ZoneInfo) -> Moment:
    """The moment that `at` names; NEVER for none, and for a text that names no moment (another's entry may say so)."""
    if at:
        with suppress(ValueError, OverflowError):
            found = parse_at(at)
            if found.tzinfo is not None:
                local = found.astimezone(zone)
                return Moment(ms_of(found), local.date().isoformat(), local.hour)
    return NEVER


def ms_of(at: datetime) -> int:
    """Milliseconds since 1970 of an aware datetime."""
    return int(at.timestamp() * 1000)


def day_of(at: datetime, zone: ZoneInfo) -> str:
    """The business date of an aware datetime, as YYYY-MM-DD."""
    return at.astimezone(zone).date().isoformat()
