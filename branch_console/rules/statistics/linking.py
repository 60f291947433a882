"""What one row says about others: the first journey of a wallet, repeated complaints, what was rated.

Linked over all rows that a store has (not only a day's), so that the day on which something counts never depends on the
span that is asked for. To link some subjects, the rows of those that share a link name with them are enough.
Names: `linked(facts)`, `links(facts)`; `changing.py` links what has changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from branch_console.rules.statistics.facts import CaseFact, Facts, JourneyFact, RatingFact

REPEAT_DAYS = 30
"""A complaint repeats another that was closed at most so many days before (domain page 4.3)."""

R = TypeVar("R", JourneyFact, CaseFact)


def linked(facts: Facts) -> Facts:
    """The same rows with their links."""
    return replace(
        facts,
        journeys=_with_ratings(with_first(facts.journeys), facts.ratings),
        cases=_with_ratings(with_repeats(facts.cases), facts.ratings),
    )


def links(facts: Facts) -> frozenset[str]:
    """The names by which what these rows say depends on other subjects, and theirs on these.

    When a subject changes, those that share a name that it has now, or had before, must be linked anew.
    """
    names = [*wallet_links(facts.journeys), *matter_links(facts.cases)]
    names += [f"about:{row.subject}" for row in facts.journeys]
    names += [f"about:{row.subject}" for row in facts.cases]
    names += [f"about:{row.about}" for row in facts.ratings]
    return frozenset(names)


def wallet_links(journeys: Iterable[JourneyFact]) -> list[str]:
    """The wallets that finished journeys have opened; those that are not known have nothing in common with others."""
    return [f"wallet:{row.wallet}" for row in journeys if row.finished is not None and row.recognised]


def matter_links(cases: Iterable[CaseFact]) -> list[str]:
    """What customers have complained about."""
    return [f"case:{key}|{row.business}|{row.reason}" for row in cases if row.complaint for key in row.keys]


def with_first(journeys: Iterable[JourneyFact]) -> tuple[JourneyFact, ...]:
    """Of several journeys that opened one wallet (two terminals worked on it) the one that ended first counts."""
    rows = tuple(journeys)
    ended = [row for row in rows if row.finished is not None]
    ended.sort(key=lambda row: (row.finished.at if row.finished else None, row.subject), reverse=True)
    first = {row.wallet: row.subject for row in ended}
    return tuple(
        _saying(row, "first_of_wallet", row.finished is None or first[row.wallet] == row.subject) for row in rows
    )


def with_repeats(cases: Sequence[CaseFact]) -> tuple[CaseFact, ...]:
    """A complaint repeats the last one of the same customer, business and reason that was closed before it came."""
    closed: dict[tuple[str, str, str], list[CaseFact]] = defaultdict(list)
    for row in cases:
        if row.complaint and row.closed is not None:
            for key in row.keys:
                closed[key, row.business, row.reason].append(row)
    return tuple(_saying(row, "repeat_of", _repeats(row, closed)) for row in cases)


def _repeats(row: CaseFact, closed: dict[tuple[str, str, str], list[CaseFact]]) -> str | None:
    if not row.complaint or row.received is None:
        return None
    earlier = [
        (each.closed.at, each.subject)
        for key in row.keys
        for each in closed.get((key, row.business, row.reason), [])
        if each.subject != row.subject
        and each.closed is not None
        and timedelta(0) <= row.received.at - each.closed.at <= timedelta(days=REPEAT_DAYS)
    ]
    return max(earlier)[1] if earlier else None


def _with_ratings(rows: Iterable[R], ratings: Iterable[RatingFact]) -> tuple[R, ...]:
    """When each was rated: the last word, should two ratings be about one thing."""
    timed = [each for each in ratings if each.at is not None]
    at = {each.about: each.at for each in sorted(timed, key=lambda each: (each.at, each.subject))}
    return tuple(_saying(row, "rated", at.get(row.subject)) for row in rows)


def _saying(row: R, link: str, value: Any) -> R:
    """The row with that link. Most rows say so already, and making a copy costs more than looking."""
    return row if getattr(row, link) == value else replace(row, **{link: value})
