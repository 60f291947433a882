"""Which gifts people choose: each item's share of the customers who got a gift, with its interval.

Names: `Preference`, `preferences(facts, scope)`.
"""

from typing import NamedTuple

from branch_console.rules.feedback.intervals import ENOUGH, Interval, wilson
from branch_console.rules.statistics.definition import grouped, selected
from branch_console.rules.statistics.facts import ClaimFact, Facts
from branch_console.rules.statistics.figures_gifts import CHOSEN
from branch_console.rules.statistics.instants import Scope


class Preference(NamedTuple):
    """One item: the claims of the customers who took it, and their share of all `customers`; None of fewer than 10."""

    item: str
    rows: tuple[ClaimFact, ...]
    customers: int
    share: Interval | None


def preferences(facts: Facts, scope: Scope) -> tuple[Preference, ...]:
    """The items that were handed over, the most chosen first. A customer may have taken several."""
    customers = len({row.key("person") or row.subject for row in selected(CHOSEN, facts, scope)})
    items = [
        Preference(item, part.rows, customers, wilson(len(part.rows), customers) if customers >= ENOUGH else None)
        for item, part in grouped(CHOSEN, facts, scope, "item").items()
    ]
    return tuple(sorted(items, key=lambda each: (-len(each.rows), each.item)))
