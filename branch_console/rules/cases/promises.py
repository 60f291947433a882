"""Promises that somebody must keep by name: the nearest of a case, and the list at the end of a shift."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from branch_console.rules.cases.record import PromiseMade
from branch_console.rules.cases.states import CaseState
from branch_console.rules.gifts.marking import passed
from branch_console.rules.journal import format_at


class Due(NamedTuple):
    """An open promise of a case. `named`: whether somebody who will be there keeps it."""

    subject: str
    number: str
    promise: PromiseMade
    named: bool


def tomorrow_until(now: datetime, zone: str, hour: int) -> datetime:
    """That hour of the day after today's in the branch's time zone (IANA name); `now` is aware."""
    local = now.astimezone(ZoneInfo(zone))
    return (local + timedelta(days=1)).replace(hour=hour, minute=0, second=0, microsecond=0)


def due_before(
    cases: Iterable[tuple[str, CaseState]], until: datetime, present: Collection[str] | None = None
) -> list[Due]:
    """The open promises up to `until`, overdue ones included, the nearest first; `cases` are (subject, state).

    A promise of nobody, or of somebody who is not among those who will be there (`present`), is not named and must be
    handed over before the shift ends.
    """
    limit = format_at(until)
    found = [
        Due(subject, state.number, each, bool(each.staff) and (present is None or each.staff in present))
        for subject, state in cases
        for each in state.open_promises
        if not passed(each.at, limit) or not _readable(each.at)
    ]
    return sorted(found, key=lambda each: (_moment(each.promise.at), each.number, each.promise.entry))


def nearest(state: CaseState) -> PromiseMade | None:
    """What the customer waits for next."""
    return min(state.open_promises, key=lambda each: (_moment(each.at), each.entry), default=None)


def _moment(at: str) -> float:
    """Seconds since 1970; what is no moment is due now, so that somebody looks."""
    return datetime.fromisoformat(at).timestamp() if _readable(at) else 0.0


def _readable(at: str) -> bool:
    try:
        return datetime.fromisoformat(at).tzinfo is not None
    except ValueError:
        return False
