"""When a round of a clock is due: its time, what it was extended by, and what it rested.

Names: `first_due`, `due_with_rests`, `rested`.
"""

from datetime import datetime, timedelta

from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.hours import advance, day_close, day_end, elapsed, first_day, local_day
from branch_console.rules.working_time.policy import ClockRule
from branch_console.rules.working_time.workdays import step_workdays

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_NOTHING = timedelta(0)


def first_due(calendar: Calendar, rule: ClockRule, start: datetime, amount: int) -> datetime:
    """The moment when `amount` of the clock's unit has run since `start`, without any rest."""
    if rule.unit == "minute":
        return start + amount * _MINUTE
    if rule.unit == "working_minute":
        return advance(calendar, start, amount * _MINUTE)
    more = amount - 1 if rule.count_start_day else amount
    day = first_day(calendar, start, working=rule.working) if rule.count_start_day else local_day(calendar, start)
    if rule.unit == "natural_day":
        return day_end(calendar, day + more * _DAY)
    return day_close(calendar, step_workdays(calendar, day, more))


def due_with_rests(
    calendar: Calendar, rule: ClockRule, due: datetime, rests: list[tuple[datetime, datetime]]
) -> datetime:
    """`due` moved by the rests: by their working time, by their minutes, or by the days that passed meanwhile.

    Of natural days the first day of a rest is not counted, as of every period (民法典 201).
    """
    if not rests:
        return due
    if rule.unit == "natural_day":
        days = sum((local_day(calendar, end) - local_day(calendar, begin)).days for begin, end in rests)
        return day_end(calendar, local_day(calendar, due) + days * _DAY) if days else due
    time = rested(calendar, rule, rests)
    return advance(calendar, due, time) if rule.working else due + time


def rested(calendar: Calendar, rule: ClockRule, rests: list[tuple[datetime, datetime]]) -> timedelta:
    """How long a clock rested, in the time that it is reckoned in."""
    return sum((measure(calendar, rule, begin, end) for begin, end in rests), _NOTHING)


def measure(calendar: Calendar, rule: ClockRule, start: datetime, end: datetime) -> timedelta:
    """The time between two moments as the clock reckons it: working time or the wall clock's."""
    if rule.working:
        return elapsed(calendar, start, end)
    return end - start
