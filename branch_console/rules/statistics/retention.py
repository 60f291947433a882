"""Retention: of the wallets onboarded in a week, how many were still used so many weeks later, by wallet facts.

Weeks are those of ISO 8601 (Monday to Sunday). A week that is not over, or of which no wallet facts have come yet,
has no number. A wallet whose holder's keyed hash was not taken, or is erased, cannot be found among wallet facts and is
left out: no data is not "not used".
Names: `Kept`, `Cohort`, `cohorts(facts, scope, weeks, facts_until, used)`, `is_known`, `monday`.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple, TypeAlias

from branch_console.rules.feedback.intervals import Interval, wilson
from branch_console.rules.statistics.definition import Meaning, selected
from branch_console.rules.statistics.facts import Facts, JourneyFact
from branch_console.rules.statistics.figures_journeys import ONBOARDED
from branch_console.rules.statistics.instants import Scope

RETENTION_ID: Final = "retention.active"
RETENTION: Final = Meaning(
    RETENTION_ID,
    "those that were used in the n-th week after",
    denominator="wallets onboarded in a week",
    day="end of the journey",
    basis="cohort",
    excluded="wallets that wait for central; wallets that cannot be recognised; weeks not over or not imported",
    sources=("journey.finished",),
    unit="share",
    worse="less",
)
_WEEK = timedelta(days=7)
Used: TypeAlias = Mapping[str, Collection[date]]
"""Wallet → Mondays of the weeks in which it was used."""


class Kept(NamedTuple):
    """One week of a cohort: the journeys of the wallets that were used; `share` None: not known yet."""

    week: int
    rows: tuple[JourneyFact, ...]
    share: Interval | None


class Cohort(NamedTuple):
    """The wallets that were onboarded in the week of that Monday."""

    monday: date
    rows: tuple[JourneyFact, ...]
    weeks: tuple[Kept, ...]


def monday(day: date) -> date:
    """The first day of the day's week."""
    return day - timedelta(days=day.weekday())


def cohorts(facts: Facts, scope: Scope, weeks: int, facts_until: date, used: Used) -> tuple[Cohort, ...]:
    """The cohorts of the span, each with its next `weeks` weeks; wallet facts reach to the end of `facts_until`."""
    found: dict[date, list[JourneyFact]] = defaultdict(list)
    for row in selected(ONBOARDED, facts, scope):
        if row.finished is not None and row.recognised:
            found[monday(row.finished.day)].append(row)
    return tuple(
        Cohort(first, tuple(rows), tuple(_kept(first, rows, used, week, facts_until) for week in range(1, weeks + 1)))
        for first, rows in sorted(found.items())
    )


def is_known(cohort: date, week: int, facts_until: date) -> bool:
    """Whether the use in the n-th week after that of a Monday is known: it is over, and wallet facts reach so far."""
    return cohort + (week + 1) * _WEEK - timedelta(days=1) <= facts_until


def _kept(first: date, rows: list[JourneyFact], used: Used, week: int, until: date) -> Kept:
    if not is_known(first, week, until):
        return Kept(week, (), None)
    begins = first + week * _WEEK
    active = tuple(row for row in rows if begins in used.get(row.wallet, ()))
    return Kept(week, active, wilson(len(active), len(rows)))
