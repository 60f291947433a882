"""What the tests of clocks need: the published calendar and policy, moments as text, and one row of the clock table.

The days that the tables reckon with, from the State Council's notices (made up = weekend days worked):

2024  off 1 Jan · 10–17 Feb · 4–6 Apr · 1–5 May · 10 Jun · 15–17 Sep · 1–7 Oct
      made up Sun 4 Feb, Sun 18 Feb, Sun 7 Apr, Sun 28 Apr, Sat 11 May, Sat 14 Sep, Sun 29 Sep, Sat 12 Oct
2025  off 1 Jan · 28 Jan–4 Feb · 4–6 Apr · 1–5 May · 31 May–2 Jun · 1–8 Oct
      made up Sun 26 Jan, Sat 8 Feb, Sun 27 Apr, Sun 28 Sep, Sat 11 Oct
2026  off 1–3 Jan · 15–23 Feb · 4–6 Apr · 1–5 May · 19–21 Jun · 25–27 Sep · 1–7 Oct
      made up Sun 4 Jan, Sat 14 Feb, Sat 28 Feb, Sat 9 May, Sun 20 Sep, Sat 10 Oct

Hours: 08:30–12:00 (210 minutes) and 13:30–17:30 (240), so a day is 450 working minutes.
1 January was a Monday in 2024, a Wednesday in 2025, a Thursday in 2026.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from branch_console.rules.documents import read_document
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.clocks import ClockEvent, ClockReading, read
from branch_console.rules.working_time.policy import Sla
from tests.rules.flow_help import documents

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR, POLICY = "calendars/cn_branch.v1.toml", "sla/cn_default.v1.toml"
TICK = timedelta(microseconds=1)


@cache
def calendar() -> Calendar:
    return read_document(Calendar, CALENDAR, documents()[CALENDAR])


@cache
def policy() -> Sla:
    return read_document(Sla, POLICY, documents()[POLICY])


@cache
def around_the_clock(zone: str = "Asia/Shanghai") -> Calendar:
    """A calendar without closing hours, holidays or weekends."""
    return read_document(
        Calendar,
        "calendars/always.v1.toml",
        f"""
        id = "always"
        version = 1
        effective_from = 2024-01-01
        title = {{ zh = "全天", en = "Always" }}
        timezone = "{zone}"
        week = [1, 2, 3, 4, 5, 6, 7]
        hours = [["00:00", "24:00"]]
        holidays = false
        """,
    )


def at(text: str) -> datetime:
    """A moment on the wall in Shanghai: "2024-03-04 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def last_moment(day: str) -> datetime:
    """24:00 of a day, less a microsecond."""
    return at(day) + timedelta(days=1) - TICK


def extended(when: str, stage: int, *given: str, told: str = "") -> ClockEvent:
    return ClockEvent("extended", at(when), stage=stage, given=frozenset(given), told=at(told) if told else None)


def paused(when: str, reason: str = "waiting_customer", *, told: str = "") -> ClockEvent:
    return ClockEvent("paused", at(when), reason=reason, told=at(told) if told else None)


def promised(when: str, until: str) -> ClockEvent:
    return ClockEvent("promised", at(when), until=at(until))


def happened(*texts: str | ClockEvent) -> list[ClockEvent]:
    """Events, simple ones as "kind when"."""
    return [
        ClockEvent(each.partition(" ")[0], at(each.partition(" ")[2])) if isinstance(each, str) else each
        for each in texts
    ]


def reading(clock: str, events: Sequence[str | ClockEvent], now: str) -> ClockReading:
    """One clock of the published policy at a moment."""
    found = read(policy(), calendar(), happened(*events), at(now))
    return next(each for each in found if each.id == clock)


class Row(NamedTuple):
    """One line of the clock table. `due` is worked out by hand; `why` says how. A natural day is given as its date."""

    clock: str
    events: tuple[str | ClockEvent, ...]
    due: str
    why: str
    rolls: str | None = None
    estimated: bool = False


def check(row: Row) -> None:
    """The clock, read just when the last event has happened, is due when the row says."""
    events = happened(*row.events)
    now = max(max(each.at, each.told or each.at) for each in events)
    found = next(each for each in read(policy(), calendar(), events, now) if each.id == row.clock)
    assert found.due_at == (at(row.due) if " " in row.due else last_moment(row.due)), row.why
    assert found.due_day == date.fromisoformat(row.due[:10]), row.why
    assert found.rolled_to == (date.fromisoformat(row.rolls) if row.rolls else None), row.why
    assert found.estimated == row.estimated, row.why


def names(rows: list[Row]) -> list[str]:
    """How rows are called in a report."""
    return [
        f"{number:02d}-{row.clock}-{str(row.events[-1]).partition(' ')[2][:10]}" for number, row in enumerate(rows, 1)
    ]
