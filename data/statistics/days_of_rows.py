"""On which business days the rows of a subject stand, and whether something of it is left to be done."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from branch_console.rules.statistics.facts import Facts

MOMENTS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "journeys": ("journey", ("started", "finished", "first_use", "abandoned")),
    "claims": ("claim", ("started", "handed", "returned", "ruled")),
    "checks": ("check", ("at",)),
    "cases": ("case", ("received", "notified", "closed", "withdrawn", "ended")),
    "clocks": ("clock", ("due",)),
    "ratings": ("rating", ("at",)),
    "ideas": ("idea", ("received", "adopted", "declined", "done")),
}
"""Rows of `Facts` → the kind of a `fact_day` and the moments by which figures find them. Steps go by their journey."""
_WAITING_CLAIMS: Final = frozenset({"reserved", "vouchered"})


def days_of_rows(facts: Facts) -> set[tuple[str, str]]:
    """Each day (YYYY-MM-DD) with the kind of row that stands on it."""
    return {(day.isoformat(), kind) for kind, day in _days(facts)}


def is_open(facts: Facts) -> bool:
    """Whether standing figures and lists of what is open may count the subject."""
    return (
        any(row.finished is None and row.abandoned is None for row in facts.journeys)
        or any(row.status in _WAITING_CLAIMS for row in facts.claims)
        or any(row.ended is None and not row.merged for row in facts.cases)
        or any(row.complaint and row.stopped is None and row.dropped is None for row in facts.clocks)
    )


def _days(facts: Facts) -> Iterator[tuple[str, date]]:
    for name, (kind, moments) in MOMENTS.items():
        rows: tuple[Any, ...] = getattr(facts, name)
        for row in rows:
            for moment in moments:
                instant = getattr(row, moment)
                if instant is not None:
                    yield kind, instant.day
