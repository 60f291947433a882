"""Retention of the last weeks. What was counted of a day is kept as numbers: its customers are too many to be kept."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from branch_console.rules.feedback.intervals import wilson
from branch_console.rules.statistics.facts import ActivityFact
from branch_console.rules.statistics.instants import Scope
from branch_console.rules.statistics.retention import Cohort, Used, monday, used_weeks
from branch_console.rules.statistics.retention import cohorts as cohorts_of
from branch_console.rules.statistics.tallies import EVER
from branch_console.services.figures.book import span
from branch_console.services.figures.central_answer import activity
from branch_console.services.figures.question import Question
from branch_console.sync.wire_stats import ActivityAnswer
from data.statistics import rows as kept_rows

WEEK: Final = timedelta(days=7)
_DEFAULT_WEEKS: Final = 8
_JOURNEYS: Final = ("journey",)


class Kept(NamedTuple):
    """A cohort as numbers. `active`: how many were used in each of the next weeks; None: not known yet."""

    monday: date
    wallets: int
    active: tuple[int | None, ...]

    @property
    def shares(self) -> tuple[float | None, ...]:
        """Which share that is."""
        return tuple(None if each is None else wilson(each, self.wallets).share for each in self.active)


def weeks_of(ask: Question) -> int:
    """For how many weeks retention is shown."""
    rules = ask.reference.board_rules
    return _DEFAULT_WEEKS if rules is None else rules.retention_weeks


def retained(ask: Question, day: date) -> tuple[Kept, ...]:
    """The cohorts of the last weeks; nothing while no facts of use have been imported."""
    known = activity(ask.source, ask.numbers.book)
    if known is None or known.until is None:
        return ()
    book, weeks, found = ask.numbers.book, weeks_of(ask), dict[date, Kept]()
    for each in span(monday(day) - weeks * WEEK, day):
        version = (ask.numbers.version(each, "journey"), known.as_of)
        for kept in book.once(("retained", each, weeks), version, lambda each=each: _of_day(ask, each, known)):  # type: ignore[misc]
            found[kept.monday] = _sum(found[kept.monday], kept) if kept.monday in found else kept
    return tuple(found.values())


def cohort(ask: Question, first: date, day: date) -> Cohort | None:
    """The customers themselves of the cohort of a week, as far as it goes on a day."""
    known = activity(ask.source, ask.numbers.book)
    if known is None or known.until is None:
        return None
    last = min(first + WEEK - timedelta(days=1), day)
    facts = kept_rows.facts_between(ask.source, first, last, _JOURNEYS)
    found = cohorts_of(facts, Scope(first, last, EVER.as_of), weeks_of(ask), known.until, _used(ask, known))
    return next(iter(found), None)


def _of_day(ask: Question, day: date, known: ActivityAnswer) -> tuple[Kept, ...]:
    """At most one: the part of a cohort that was onboarded on a day."""
    facts = kept_rows.facts_of_days(ask.source, [day], _JOURNEYS)
    found = cohorts_of(facts, Scope(day, day, EVER.as_of), weeks_of(ask), known.until or date.min, _used(ask, known))
    return tuple(
        Kept(
            each.monday,
            len(each.rows),
            tuple(None if week.share is None else len(week.rows) for week in each.weeks),
        )
        for each in found
    )


def _sum(one: Kept, other: Kept) -> Kept:
    """Which weeks are over is the same for all days of a cohort."""
    active = tuple(None if a is None or b is None else a + b for a, b in zip(one.active, other.active, strict=True))
    return Kept(one.monday, one.wallets + other.wallets, active)


def _used(ask: Question, known: ActivityAnswer) -> Used:
    def read() -> Used:
        facts = (
            ActivityFact(wallet, known.first + number * WEEK)
            for wallet, numbers in known.wallets.items()
            for number in numbers
        )
        return used_weeks(facts, known.until or date.min)

    return ask.numbers.book.once(("used",), (known.as_of, known.first), read)
