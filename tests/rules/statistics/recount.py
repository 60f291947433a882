"""Counting again, slowly and obviously, from raw entries: nothing of the rules is used here but the form of an entry.

`Lines` reads entries into plain dictionaries; `recount_*.py` say for each figure what its rows and its value must be.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from branch_console.rules.journal import Entry

Row = dict[str, Any]
Expected = tuple[list[str], list[str], list[float]]
"""Subjects that are counted, subjects that were looked at, amounts."""


class Lines:
    """The entries of each subject in their order, an act that stands twice once; and how days are told."""

    def __init__(self, entries: Iterable[Entry], cutoff: int, now: datetime) -> None:
        self.cutoff, self.now = cutoff, now
        self.subjects: dict[str, list[Entry]] = {}
        known = set()
        for each in sorted(entries, key=lambda entry: (entry.clock, entry.terminal, entry.seq)):
            if each.id not in known:
                known.add(each.id)
                self.subjects.setdefault(each.subject, []).append(each)

    def of(self, kind: str) -> list[tuple[str, list[Entry]]]:
        return [(name, found) for name, found in sorted(self.subjects.items()) if name.startswith(f"{kind}/")]

    def day(self, at: str) -> date:
        """The business day in China of a moment."""
        local = moment(at)
        day = local.date()
        if self.cutoff and local.hour * 60 + local.minute >= self.cutoff:
            day += timedelta(days=1)
        return day

    def happened(self, at: str | None) -> bool:
        return at is not None and datetime.fromisoformat(at) <= self.now

    @property
    def clock(self) -> datetime:
        """What clocks in China show now."""
        return moment(self.now.isoformat())

    def within(self, at: str | None, first: date, last: date, until: int | None) -> bool:
        """Whether it happened on one of these days, early enough."""
        if at is None or not self.happened(at) or not first <= self.day(at) <= last:
            return False
        local = moment(at)
        minute = (local.hour * 60 + local.minute - self.cutoff) % 1440
        return until is None or minute < until


@cache
def moment(at: str) -> datetime:
    """The same moment as clocks in China show it, without saying so: China has had one offset since 1991."""
    found = datetime.fromisoformat(at)
    offset = found.utcoffset()
    assert offset is not None
    return found.replace(tzinfo=None) - offset + timedelta(hours=8)


def middle(amounts: list[float]) -> float:
    ordered = sorted(amounts)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def ninetieth(amounts: list[float]) -> float:
    """The smallest amount that at least nine of ten do not exceed."""
    return next(each for each in sorted(amounts) if 10 * sum(other <= each for other in amounts) >= 9 * len(amounts))


def pick(rows: list[Row], looked: Callable[[Row], bool], hit: Callable[[Row], bool], amount: str = "") -> Expected:
    """Rows looked at, those that hit, and their amounts."""
    of = [row for row in rows if looked(row)]
    counted = [row for row in of if hit(row)]
    return (
        [row["subject"] for row in counted],
        [row["subject"] for row in of],
        [row[amount] for row in counted if amount and row[amount] is not None],
    )
