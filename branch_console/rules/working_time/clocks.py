"""What the clocks of a case show at a given moment: worked out each time from the events, kept nowhere.

The policy and the calendar are the versions pinned on the case, so nothing that is published later moves its clocks.
Names: `ClockEvent`, `ClockReading`, `read(policy, calendar, events, now, sets=…)`, `history(…)`, `rounds_of(…)`.
"""

from collections.abc import Sequence
from datetime import datetime

from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.events import ClockEvent, in_order
from branch_console.rules.working_time.policy import Sla
from branch_console.rules.working_time.readings import ClockReading, reading_of
from branch_console.rules.working_time.rounds import Round, run

__all__ = ["ClockEvent", "ClockReading", "history", "read", "rounds_of"]


def read(
    policy: Sla,
    calendar: Calendar,
    events: Sequence[ClockEvent],
    now: datetime,
    *,
    sets: Sequence[str] | None = None,
) -> tuple[ClockReading, ...]:
    """Each clock of these sets (those that `policy.choose` gave and the case keeps; None: all), in its last round.

    What happened after `now` is left out, so a reading of an earlier moment can be had at any time.
    """
    rounds = rounds_of(policy, calendar, events, now, sets)
    return tuple(reading_of(rule, rounds[rule.id], len(rounds[rule.id]), now) for rule in policy.rules(_tuple(sets)))


def history(
    policy: Sla,
    calendar: Calendar,
    events: Sequence[ClockEvent],
    now: datetime,
    *,
    sets: Sequence[str] | None = None,
) -> tuple[ClockReading, ...]:
    """Every round of every clock that has begun, e.g. all promises of a case and how each was kept."""
    rounds = rounds_of(policy, calendar, events, now, sets)
    return tuple(
        reading_of(rule, rounds[rule.id], number, now)
        for rule in policy.rules(_tuple(sets))
        for number in range(1, len(rounds[rule.id]) + 1)
    )


def _tuple(sets: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if sets is None else tuple(sets)


def rounds_of(
    policy: Sla, calendar: Calendar, events: Sequence[ClockEvent], now: datetime, sets: Sequence[str] | None
) -> dict[str, list[Round]]:
    """The rounds of each clock up to `now`, as readings are made of them; those that lead another are run first."""
    steps = in_order(events, now)
    rules = policy.rules(_tuple(sets))
    found: dict[str, list[Round]] = {}
    for rule in sorted(rules, key=lambda each: each.not_after is not None):
        lead = found.get(rule.not_after, []) if rule.not_after is not None else []
        found[rule.id] = run(rule, calendar, steps, now, lead)
    return found
