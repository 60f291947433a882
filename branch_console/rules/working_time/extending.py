"""Whether a case's time may be extended now, asked before the act; the fold of the same event says the same.

Names: `REFUSALS`, `check_extension`, `next_stages`.
"""

from collections.abc import Sequence
from datetime import datetime

from branch_console.rules.errors import RuleError
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.clocks import ClockReading, read
from branch_console.rules.working_time.events import ClockEvent
from branch_console.rules.working_time.policy import Extension, Sla

REFUSALS = (
    "extension_too_late", "extension_needs", "extension_order", "extension_repeated", "extension_unknown",
    "extension_nothing_runs",
)  # fmt: skip
"""Codes of RuleError, the most telling first; they also stand in `ClockReading.refused`."""


def check_extension(
    policy: Sla,
    calendar: Calendar,
    events: Sequence[ClockEvent],
    extension: ClockEvent,
    *,
    sets: Sequence[str] | None = None,
) -> tuple[ClockReading, ...]:
    """The readings of the clocks that `extension` (kind "extended", at the moment of the act) would extend.

    Raises RuleError with the reason if it would extend none.
    """
    now = extension.at if extension.told is None else max(extension.at, extension.told)
    before = _extensible(policy, calendar, events, now, sets)
    after = _extensible(policy, calendar, [*events, extension], now, sets)
    grown = tuple(each for name, each in after.items() if each.stage > before[name].stage)
    if grown:
        return grown
    codes = {code for name, each in after.items() for code in each.refused[len(before[name].refused) :]}
    raise RuleError(next((code for code in REFUSALS if code in codes), "extension_nothing_runs"))


def next_stages(policy: Sla, reading: ClockReading) -> Extension | None:
    """The stage of extension that a clock could have next, with what it needs; None: no more."""
    rule = next((each for each in policy.clock if each.id == reading.id), None)
    if rule is None or not reading.live or reading.status == "missed":
        return None
    return next((each for each in rule.extend if each.stage == reading.stage + 1), None)


def _extensible(
    policy: Sla, calendar: Calendar, events: Sequence[ClockEvent], now: datetime, sets: Sequence[str] | None
) -> dict[str, ClockReading]:
    """The readings of the clocks that know extensions."""
    names = {rule.id for rule in policy.clock if rule.extend}
    return {each.id: each for each in read(policy, calendar, events, now, sets=sets) if each.id in names}
