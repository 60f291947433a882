"""Targets are data: what a branch is to reach in a period, spread over its working days, and how much by now.

Within a day the target grows with the working time that has passed, by the calendar's hours, lunch left out: at nine
nobody expects a whole day. All amounts are exact fractions, so that the days of a period add up to its target.
Source: rule 8 of the trust rules of the domain page. Names: `Target`, `Targets`, `Expected`, `target_for`,
`expected`, `worked_share`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Annotated

from pydantic import Field, StringConstraints

from branch_console.rules.documents import Document, Many, Sourced
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.hours import openings
from branch_console.rules.working_time.workdays import is_known, workday

Problem = tuple[tuple[str | int, ...], str]

_DAY, _MICROSECOND = timedelta(days=1), timedelta(microseconds=1)
LONGEST = 366


class Target(Sourced):
    """`total` of a counting figure that a branch is to reach from `first` to `last`, both included."""

    branch: Annotated[str, Field(min_length=1, max_length=48)]
    figure: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")]
    first: date
    last: date
    total: Annotated[int, Field(ge=1, le=10_000_000)]

    def covers(self, day: date) -> bool:
        """Whether a day lies in its period."""
        return self.first <= day <= self.last


class Targets(Document):
    """A document of targets. Those of one figure of one branch do not overlap in it."""

    targets: Many[Target]

    def problems(self) -> list[Problem]:
        """Periods that end before they begin, are longer than a year, or overlap."""
        return list(self._problems())

    def _problems(self) -> Iterator[Problem]:
        for number, each in enumerate(self.targets):
            if each.last < each.first:
                yield ("targets", number, "last"), "is before first"
            elif (each.last - each.first).days >= LONGEST:
                yield ("targets", number, "last"), "the period is longer than a year"
            for other in self.targets[:number]:
                same = (each.branch, each.figure) == (other.branch, other.figure)
                if same and each.first <= other.last and other.first <= each.last:
                    yield ("targets", number, "first"), f"the period overlaps that from {other.first}"


@dataclass(frozen=True)
class Expected:
    """What a target asks for, as exact fractions of the figure's unit.

    `day_total` is the part of the day alone, `day_by_now` what it should be at this time of day, `by_now` the same of
    the period so far. `workday` and `workdays` say the how manieth working day of how many it is (the last one before
    it on a day that is not worked). `calendar_known` False: which days are worked is estimated.
    """

    target: Target
    day_total: Fraction
    day_by_now: Fraction
    by_now: Fraction
    workday: int
    workdays: int
    calendar_known: bool


def target_for(documents: Iterable[Targets], branch: str, figure: str, day: date) -> Target | None:
    """The target that holds for a figure of a branch on a day.

    Of each document its newest version in force counts; of several documents the one that came into force last.
    """
    newest: dict[str, Targets] = {}
    for each in documents:
        before = newest.get(each.id)
        if each.effective_from <= day and (before is None or before.version < each.version):
            newest[each.id] = each
    for document in sorted(newest.values(), key=lambda each: (each.effective_from, each.id), reverse=True):
        for target in document.targets:
            if (target.branch, target.figure) == (branch, figure) and target.covers(day):
                return target
    return None


def expected(target: Target, calendar: Calendar, day: date, now: datetime | None) -> Expected | None:
    """How much of a target is to be reached by now; `now` None: the day is over.

    None when the period has no working day. Raises ValueError for a day outside the period.
    """
    if not target.covers(day):
        raise ValueError("the day is not in the target's period")
    days = _workdays(calendar, target.first, target.last)
    if not days:
        return None
    each = Fraction(target.total, len(days))
    today = each if day in days else Fraction(0)
    passed = sum(1 for other in days if other < day)
    part = today * (1 if now is None else worked_share(calendar, day, now))
    return Expected(
        target=target,
        day_total=today,
        day_by_now=part,
        by_now=each * passed + part,
        workday=passed + (day in days),
        workdays=len(days),
        calendar_known=is_known(calendar, target.first, target.last),
    )


def worked_share(calendar: Calendar, day: date, now: datetime) -> Fraction:
    """How much of a day's working time has passed, from 0 to 1; 0 on a day that is not worked."""
    spans = openings(calendar, day)
    whole = sum((closes - opens for opens, closes in spans), timedelta())
    done = sum((min(closes, now) - opens for opens, closes in spans if opens < now), timedelta())
    return Fraction(done // _MICROSECOND, whole // _MICROSECOND) if whole else Fraction(0)


def _workdays(calendar: Calendar, first: date, last: date) -> list[date]:
    """The working days from one day to another, both included."""
    days = (first + _DAY * number for number in range((last - first).days + 1))
    return [day for day in days if workday(calendar, day).working]
