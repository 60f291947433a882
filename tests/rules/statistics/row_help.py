"""Rows of what happened in November 2026, made by hand."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from branch_console.rules.statistics.facts import ClaimFact, ClockFact, JourneyFact
from branch_console.rules.statistics.instants import Days, Instant, Scope

DAYS = Days(ZoneInfo("Asia/Shanghai"))
DAY = date(2026, 11, 19)


def at(text: str) -> Instant:
    """A moment of November 2026 in China: `19 10:30`."""
    found = DAYS.instant(f"2026-11-{text.replace(' ', 'T')}:00.000+08:00")
    assert found is not None
    return found


def on(first: int = 19, last: int | None = None, now: str = "21 18:00", **changed: Any) -> Scope:
    return Scope(date(2026, 11, first), date(2026, 11, last or first), at(now).at, **changed)


def journey(name: str, started: str = "19 10:00", **changed: Any) -> JourneyFact:
    said: dict[str, Any] = {"branch": "SZ01", "terminal": "t1", "started_by": "g1", "holder": "g1", "wallet": name}
    return JourneyFact(subject=f"journey/{name}", started=at(started), **{**said, **changed})


def claim(name: str, handed: str = "19 10:00", **changed: Any) -> ClaimFact:
    said: dict[str, Any] = {"staff": "g1", "campaign": "d12", "status": "handed_over", "reward_kind": "gift"}
    keys = (("person", changed.pop("person", name)),)
    moment = at(handed)
    made = {"sku": "RICE", "keys": keys, **said, **changed}
    return ClaimFact(f"claim/{name}", "SZ01", made.pop("terminal", "t1"), started=moment, handed=moment, **made)


def clock(name: str, due: str, stopped: str | None = None, **changed: Any) -> ClockFact:
    kept = None if stopped is None else at(stopped)
    return ClockFact(f"case/{name}", "statutory", "decision", True, at(due), stopped=kept, **changed)
