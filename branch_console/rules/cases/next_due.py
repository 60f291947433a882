"""What of a case is due next: its nearest open promise or the clock that runs out first. One definition for all lists.

The customer's own rights are nobody's duty and are left out. A clock that rests is due nowhere yet; only where nothing
else is to be done does it stand for the case, so that a resting case is not taken for one without any time.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from branch_console.rules.cases.clock_events import clock_events
from branch_console.rules.cases.promises import nearest
from branch_console.rules.cases.states import CaseState
from branch_console.rules.journal import parse_at
from branch_console.rules.reference import Reference
from branch_console.rules.working_time import clocks
from branch_console.rules.working_time.readings import ClockReading

PROMISE = "promise"
LONG_AGO = datetime.fromtimestamp(0, UTC)
"""Stands for a moment that cannot be read: due at once, so that somebody looks."""


class NextDue(NamedTuple):
    """What is due next: when, what (`promise` or a clock's id), and since when it has been waited for."""

    at: datetime
    kind: str
    since: datetime


def read_clocks(reference: Reference, state: CaseState, now: datetime | None = None) -> tuple[ClockReading, ...] | None:
    """The clocks of a case by the policy and calendar that it began with, at `now` (None: after its last entry).

    Empty for a kind without clocks; None while those versions are not here yet.
    """
    if not state.policy_id:
        return ()
    policy = reference.sla.get((state.policy_id, state.policy_version))
    calendar = reference.calendars.get((state.calendar_id, state.calendar_version))
    if policy is None or calendar is None:
        return None
    events = clock_events(state)
    at = now or max((moment(state.updated_at), *(each.at for each in events)))
    return clocks.read(policy, calendar, events, at, sets=state.clock_sets)


def next_due(state: CaseState, readings: Sequence[ClockReading]) -> NextDue | None:
    """What is due next; None where nothing is. Of two at the same time the promise, which has a person's name."""
    promised = nearest(state)
    found = [] if promised is None else [NextDue(moment(promised.at), PROMISE, moment(promised.made_at))]
    live = [each for each in readings if each.live and each.due_at is not None]
    running = [each for each in live if each.status != "paused"]
    found += [_of(each) for each in running or ([] if found else live)]
    return min(found, key=lambda each: (each.at, each.kind != PROMISE, each.kind), default=None)


def moment(at: str) -> datetime:
    """A moment as an entry wrote it; LONG_AGO for what is none."""
    try:
        found = parse_at(at)
    except (ValueError, OverflowError):
        return LONG_AGO
    return found if found.tzinfo is not None else LONG_AGO


def _of(reading: ClockReading) -> NextDue:
    promise = reading.unit == "minute" and reading.id.startswith(PROMISE)
    return NextDue(reading.due_at or LONG_AGO, PROMISE if promise else reading.id, reading.started_at or LONG_AGO)
