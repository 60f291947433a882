"""One clock of a case as it is shown: status, what is left, what is to be done.

Names: `ClockReading`, `reading_of(rule, rounds, number, now)`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from branch_console.rules.documents import Certainty, Words
from branch_console.rules.working_time.due import measure, rested
from branch_console.rules.working_time.hours import local_day
from branch_console.rules.working_time.policy import ClockRule
from branch_console.rules.working_time.rounds import Round
from branch_console.rules.working_time.workdays import is_known, next_workday

Status: TypeAlias = Literal["running", "paused", "met", "missed", "stopped", "none"]
RemainingUnit: TypeAlias = Literal["working_minute", "minute", "day"]

_MINUTE = timedelta(minutes=1)
_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class ClockReading:
    """One clock of a case.

    `status`: none (not begun), running, paused, met, missed (late, for ever, stopped or not), stopped (ended by
    something else before it was due). `due_at` is the last moment that is in time; of natural days 23:59:59.999999 of
    the last day, so that its date is the one to show. `rolled_to`: where the law puts a last day that is a holiday,
    shown and never reckoned with. `remaining` in `unit`, negative when late: days are calendar days, 0 = today.
    `share` of the time used, 1.0 = all. `warn_level` (per cent reached) and `escalate_to` say what is to be done now,
    so both are 0 once the clock has stopped. `estimated`: a year that nobody has published was reckoned with.
    `round` counts from 1; `misses` are the rounds missed so far, this one included. `refused`: codes of extensions
    that did not count. `right`: the customer's own period, no duty of the branch.
    """

    id: str
    set: str
    label: Words
    basis: Words
    certainty: Certainty
    confirm: bool
    statutory: bool
    right: bool
    unit: RemainingUnit
    started_at: datetime | None = None
    due_at: datetime | None = None
    due_day: date | None = None
    rolled_to: date | None = None
    status: Status = "none"
    stopped_at: datetime | None = None
    remaining: int | None = None
    share: float = 0.0
    warn_level: int = 0
    escalate_to: int = 0
    estimated: bool = False
    stage: int = 0
    round: int = 0
    misses: int = 0
    refused: tuple[str, ...] = ()

    @property
    def live(self) -> bool:
        """Whether something still has to be done by it: it has begun, has not stopped, and is not the customer's."""
        return self.started_at is not None and self.stopped_at is None and not self.right


def reading_of(rule: ClockRule, rounds: Sequence[Round], number: int, now: datetime) -> ClockReading:
    """The reading of a clock's round of that number at `now`; 0: the clock has not begun."""
    unit: RemainingUnit = "day" if rule.unit == "natural_day" else "working_minute" if rule.working else "minute"
    about = (rule.id, rule.set, rule.label, rule.basis, rule.certainty, rule.confirm, rule.statutory)
    if number == 0:
        return ClockReading(*about, rule.kind == "right", unit)
    current = rounds[number - 1]
    calendar = current.calendar
    until = current.ended_at if current.ended_at is not None else now
    due = current.due(until).astimezone(calendar.zone)
    due_day = local_day(calendar, due)
    stopped = current.ended_at
    if rule.kind == "right" and stopped is None and now > due:
        stopped = due
    share, percent = _share(current, until)
    rolled = next_workday(calendar, due_day) if rule.holiday_roll == "display_only" else due_day
    first, last = _reckoned(current, due_day, rolled, until)
    return ClockReading(
        *about,
        rule.kind == "right",
        unit,
        started_at=current.started_at.astimezone(calendar.zone),
        due_at=due,
        due_day=due_day,
        rolled_to=rolled if rolled != due_day else None,
        status=_status(current, stopped),
        stopped_at=stopped,
        remaining=_remaining(current, due, now) if stopped is None else None,
        share=share,
        warn_level=max((each for each in rule.warn if each <= percent), default=0) if stopped is None else 0,
        escalate_to=max((each.to for each in rule.escalate if each.at <= percent), default=0) if stopped is None else 0,
        estimated=not is_known(calendar, first, last),
        stage=current.stage,
        round=number,
        misses=sum(each.missed is not None for each in rounds[:number]),
        refused=tuple(current.refused),
    )


def _status(current: Round, stopped: datetime | None) -> Status:
    if current.missed is not None:
        return "missed"
    if current.ended == "own":
        return "met"
    if stopped is not None:
        return "stopped"
    return "paused" if current.resting_since is not None else "running"


def _share(current: Round, until: datetime) -> tuple[float, int]:
    """The share of the time that is used, and the same in whole per cent; while it rests, that of when it lay down."""
    at = current.resting_since if current.resting_since is not None else until
    calendar, rule, rests = current.calendar, current.rule, current.rests
    due = current.due(at)
    rest = rested(calendar, rule, [(begin, min(end, due)) for begin, end in rests if begin < due])
    whole = measure(calendar, rule, current.started_at, due) - rest
    used = measure(calendar, rule, current.started_at, at) - rested(calendar, rule, rests)
    if whole <= _NOTHING:
        return (1.0, 100) if at >= due else (0.0, 0)
    if current.missed is not None:
        used = max(used, whole)
    return used / whole, used * 100 // whole


def _remaining(current: Round, due: datetime, now: datetime) -> int:
    """What is left in the unit of the reading; minutes are rounded away from zero, 0 is only what is due now."""
    calendar, rule = current.calendar, current.rule
    if rule.unit == "natural_day":
        return (local_day(calendar, due) - local_day(calendar, now)).days
    left = measure(calendar, rule, now, due)
    return -(-left // _MINUTE) if left > _NOTHING else left // _MINUTE


def _reckoned(current: Round, due_day: date, rolled: date, until: datetime) -> tuple[date, date]:
    """The days whose being worked or not the reading rests on; of natural days only the one that may roll."""
    if current.rule.working or current.bound is not None:
        end = max(due_day, local_day(current.calendar, until))
        return local_day(current.calendar, current.started_at), end
    return due_day, rolled if current.rule.holiday_roll == "display_only" else due_day
