"""On which business days the rows of a subject stand, and how long something of it is left to be done.

Stores find rows by these days: whatever a figure counts on a day stands on it. Names: `MOMENTS`, `days_of(facts)`,
`onboarded(facts)`, `kind_of(figure)`, `is_open(facts)`, `begins_and_ends(facts)`.
"""

from datetime import date
from typing import Any, Final

from branch_console.rules.statistics.definition import Figure, selected
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.figures_journeys import ONBOARDED
from branch_console.rules.statistics.instants import EVER

MOMENTS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "journeys": ("journey", ("started", "finished", "first_use", "abandoned")),
    "claims": ("claim", ("started", "handed", "returned", "ruled")),
    "checks": ("check", ("at",)),
    "cases": ("case", ("received", "notified", "closed", "withdrawn", "ended")),
    "clocks": ("clock", ("due",)),
    "ratings": ("rating", ("at",)),
    "ideas": ("idea", ("received", "adopted", "declined", "done")),
}
"""Rows of `Facts` → the kind by which they are found and the moments on whose days. Steps go by their journey."""
_WAITING_CLAIMS: Final = frozenset({"reserved", "vouchered"})


def days_of(facts: Facts) -> frozenset[tuple[date, str]]:
    """Each day with the kind of row that stands on it; the days on which limits are due as `clock`."""
    found = set()
    for name, (kind, moments) in MOMENTS.items():
        rows: tuple[Any, ...] = getattr(facts, name)
        for row in rows:
            for moment in moments:
                instant = getattr(row, moment)
                if instant is not None:
                    found.add((instant.day, kind))
    return frozenset(found)


def onboarded(facts: Facts) -> frozenset[tuple[date, str]]:
    """Each day with the wallet that counts as onboarded on it (figure `journeys.onboarded`), where it is recognised."""
    rows = selected(ONBOARDED, facts, EVER)
    return frozenset((row.finished.day, row.wallet) for row in rows if row.finished is not None and row.recognised)


def kind_of(figure: Figure[Any]) -> str:
    """The kind of the rows that a figure looks at, as they are found by days."""
    return MOMENTS["journeys" if figure.source.name == "steps" else figure.source.name][0]


def is_open(facts: Facts) -> bool:
    """Whether something of the subject is left to be done: what is shown to whom it may concern."""
    return (
        any(row.finished is None and row.abandoned is None for row in facts.journeys)
        or any(row.status in _WAITING_CLAIMS for row in facts.claims)
        or any(row.ended is None and not row.merged for row in facts.cases)
        or any(row.complaint and row.stopped is None and row.dropped is None for row in facts.clocks)
    )


def begins_and_ends(facts: Facts) -> tuple[date | None, date | None]:
    """From which day to which standing figures may count it: the first of its days; the last, or None while it stands.

    That is asked of days that are over as well, so a case that ended stands up to its end.
    """
    days = [day for day, _kind in days_of(facts)]
    days += [each.day for row in facts.clocks for each in (row.stopped, row.dropped) if each is not None]
    if not days:
        return None, None
    stands = any(row.ended is None for row in facts.cases)
    stands = stands or any(row.stopped is None and row.dropped is None for row in facts.clocks)
    return min(days), None if stands else max(days)
