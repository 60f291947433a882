"""Retention of the last weeks, by the wallets that the store says were onboarded on each day: no journeys are read.

What was counted of a day is kept as numbers.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from branch_console.rules.feedback.intervals import wilson
from branch_console.rules.statistics.instants import EVER, Scope
from branch_console.rules.statistics.retention import Cohort, cohorts, is_known, monday
from branch_console.services.figures.book import span
from branch_console.services.figures.central_answer import activity
from branch_console.services.figures.question import Question
from branch_console.sync.wire_stats import ActivityAnswer
from data.statistics import rows as kept_rows
from data.statistics.linking import digest

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


_NOBODY: Final = Kept(date.min, 0, ())


def weeks_of(ask: Question) -> int:
    """For how many weeks retention is shown."""
    rules = ask.reference.board_rules
    return _DEFAULT_WEEKS if rules is None else rules.retention_weeks


def retained(ask: Question, day: date) -> tuple[Kept, ...]:
    """The cohorts of the last weeks; nothing while no facts of use have been imported."""
    known = activity(ask.source, ask.numbers.book)
    if known is None or known.until is None:
        return ()
    until, found = known.until, dict[date, Kept]()
    days = span(monday(day) - weeks_of(ask) * WEEK, day)
    versions = {each: (ask.numbers.version(each, "journey"), known.as_of, weeks_of(ask)) for each in days}

    def read(first: date, last: date) -> dict[date, Kept]:
        wallets = kept_rows.onboarded_wallets(ask.source, first, last)
        return {each: _of_day(ask, each, onboarded, known, until) for each, onboarded in wallets.items()}

    for kept in ask.numbers.book.by_day(("retained",), versions, read, _NOBODY).values():
        if kept.wallets:
            found[kept.monday] = _sum(found[kept.monday], kept) if kept.monday in found else kept
    return tuple(found.values())


def cohort(ask: Question, first: date, day: date) -> Cohort | None:
    """The customers themselves of the cohort of a week, as far as it goes on a day."""
    known = activity(ask.source, ask.numbers.book)
    if known is None or known.until is None:
        return None
    last = min(first + WEEK - timedelta(days=1), day)
    facts = kept_rows.facts_between(ask.source, first, last, _JOURNEYS)
    used = {wallet: {known.first + number * WEEK for number in weeks} for wallet, weeks in known.wallets.items()}
    found = cohorts(facts, Scope(first, last, EVER.as_of), weeks_of(ask), known.until, used)
    return next(iter(found), None)


def _of_day(ask: Question, day: date, wallets: Sequence[int], known: ActivityAnswer, until: date) -> Kept:
    """The part of a cohort that was onboarded on a day."""
    used, first = _used(ask, known), monday(day)
    active = Counter(week for wallet in wallets for week in used.get(wallet, ()))
    before = (first - known.first) // WEEK
    weeks = range(1, weeks_of(ask) + 1)
    return Kept(
        first, len(wallets), tuple(active[before + week] if is_known(first, week, until) else None for week in weeks)
    )


def _sum(one: Kept, other: Kept) -> Kept:
    """Which weeks are over is the same for all days of a cohort."""
    active = tuple(None if a is None or b is None else a + b for a, b in zip(one.active, other.active, strict=True))
    return Kept(one.monday, one.wallets + other.wallets, active)


def _used(ask: Question, known: ActivityAnswer) -> Mapping[int, Sequence[int]]:
    """The weeks, from the first of the answer, in which each wallet was used, by its digest."""
    return ask.numbers.book.once(
        ("used",),
        (known.as_of, known.first),
        lambda: {digest(wallet): numbers for wallet, numbers in known.wallets.items()},
    )
