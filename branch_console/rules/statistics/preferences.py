"""Which gifts people choose: each item's share of the customers who got a gift, with its interval.

Customers of several days are added up as sets, so each day is looked at once.
Names: `Chosen`, `chosen(facts)`, `Preference`, `preferences(parts)`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from datetime import date
from typing import NamedTuple, TypeAlias

from branch_console.rules.feedback.intervals import ENOUGH, Interval, wilson
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.figures_gifts import CHOSEN, taker
from branch_console.rules.statistics.instants import EVER

Chosen: TypeAlias = Mapping[str, Set[str]]
"""Item → customers who took it."""


class Preference(NamedTuple):
    """One item: how many customers took it, and their share of all `customers`; None of fewer than 10."""

    item: str
    takers: int
    customers: int
    share: Interval | None


def chosen(facts: Facts) -> dict[date, Chosen]:
    """Who took what on each day."""
    found: dict[date, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in facts.claims:
        if row.handed is not None and CHOSEN.counts(row, EVER):
            found[row.handed.day][row.sku].add(taker(row))
    return dict(found)


def preferences(parts: Iterable[Chosen]) -> tuple[Preference, ...]:
    """The items that were handed over, the most chosen first. A customer may have taken several."""
    takers: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        for item, people in part.items():
            takers[item] |= people
    customers = len(set().union(*takers.values()))
    found = [
        Preference(item, len(people), customers, wilson(len(people), customers) if customers >= ENOUGH else None)
        for item, people in takers.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.takers, each.item)))
