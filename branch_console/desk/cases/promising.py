"""Until when the customer hears again: what was typed, or what the policy of the moment asks for."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from branch_console.desk.cases.core import CaseCounter
from branch_console.rules.cases.parts import Codes
from branch_console.rules.cases.when import read_past, read_when
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.working_time import clocks
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.events import ClockEvent
from branch_console.rules.working_time.hours import advance
from branch_console.rules.working_time.policy import Sla

SLA: Final = "cn_default"
"""The policy of time limits with which cases begin."""
CALENDAR: Final = "cn_branch"
_SHORTEST: Final = timedelta(hours=2)
"""Of work, where what the policy asks for is over already (a letter of last week)."""


class Pins(NamedTuple):
    """The versions that a case keeps for its whole life, and the sets of clocks that the policy chose for it."""

    policy: Sla
    calendar: Calendar
    sets: tuple[str, ...]


def pins(counter: CaseCounter, kind: str, source: str, codes: Codes | None = None) -> Pins | None:
    """What a case of this kind, from there, begins with today; None while this terminal has no policy or calendar.

    `codes`: what it is about, for a policy that chooses by reason or category.
    """
    today = counter.today()
    policy = counter.reference.newest_sla(SLA, today)
    calendar = None if policy is None else counter.reference.newest_calendar(policy.calendar, today)
    if policy is None or calendar is None:
        return None
    known = {"kind": kind, "source": source}
    if codes is not None:
        known |= {"reason": codes.reason, "category": codes.category}
    return Pins(policy, calendar, policy.choose(known.get))


def default_promise(counter: CaseCounter, kind: str, source: str = "counter") -> tuple[datetime, str] | None:
    """When the customer should hear of a case that is taken down now, to full 5 minutes, and the clock that says so.

    The first of the branch's own clocks that a contact stops; None for kinds that have none.
    """
    pinned = pins(counter, kind, source)
    if pinned is None:
        return None
    now = counter.now()
    first = [ClockEvent("received", now)]
    stopped = {
        rule.id for rule in pinned.policy.rules(pinned.sets) if "contact_out" in rule.stop and not rule.statutory
    }
    due = [
        (each.due_at, each.id)
        for each in clocks.read(pinned.policy, pinned.calendar, first, now, sets=pinned.sets)
        if each.id in stopped and each.due_at is not None
    ]
    if not due:
        return None
    at, clock = min(due)
    if at <= now:
        at = advance(pinned.calendar, now, _SHORTEST)
    return _stepped(at.astimezone(counter.store.identity.zone)), clock


def promised(counter: CaseCounter, typed: str, name: str = "promise") -> datetime:
    """The moment to come that was typed in the field `name`. Raises FieldError."""
    calendar = counter.reference.newest_calendar(CALENDAR, counter.today())
    try:
        return read_when(typed, counter.now(), counter.store.identity.zone, calendar)
    except RuleError as error:
        raise FieldError(name, error.code, **error.params) from error


def happened(counter: CaseCounter, typed: str, name: str) -> datetime:
    """The moment that was, as typed in the field `name`. Raises FieldError."""
    try:
        return read_past(typed, counter.now(), counter.store.identity.zone)
    except RuleError as error:
        raise FieldError(name, error.code, **error.params) from error


def _stepped(at: datetime) -> datetime:
    """Down to full 5 minutes: a promise is a time that people say."""
    whole = at.replace(second=0, microsecond=0)
    return whole - timedelta(minutes=whole.minute % 5) if whole.minute % 5 else whole
