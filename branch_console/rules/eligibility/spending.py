"""Sums and counts over a customer's payments, each made once for a book and kept under a key that says what it is.

Names: `Measure`, `Slice(condition, starts, ends)`, `measured(book, slice, measure, each_fen)`, `oldest(book, slice)`.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Literal, TypeAlias

from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.condition_base import Counted

Measure: TypeAlias = Literal["spend", "count", "merchants", "days"]
_Row: TypeAlias = dict[str, Any]


class Slice:
    """The payments that a condition looks at, and the key under which what it makes of them is kept."""

    __slots__ = ("_bounds", "days", "ends", "key", "mcc", "merchants", "narrow", "starts")

    def __init__(self, condition: Counted, starts: date, ends: date) -> None:
        """The slice that a condition asks for in a campaign that runs from `starts` to `ends`."""
        inside = condition.window == "campaign"
        self.days = condition.days
        self.starts = starts if inside else None
        self.ends = ends if inside else None
        self.merchants, self.mcc = frozenset(condition.merchants), frozenset(condition.mcc)
        self.narrow = bool(self.merchants or self.mcc)
        window = {"days": f"{condition.days}d", "month": "month", "campaign": f"{starts}/{ends}"}[condition.window]
        self.key = "|".join((window, ",".join(sorted(self.merchants)), ",".join(sorted(self.mcc))))
        self._bounds: tuple[date | None, str, str] = (None, "", "")

    def bounds(self, today: date) -> tuple[str, str]:
        """First and last business date (ISO) that count. Worked out anew only when the day changes."""
        day, first, last = self._bounds
        if day != today:
            start = today.replace(day=1) if self.days is None else today - timedelta(days=self.days - 1)
            first = (self.starts or start).isoformat()
            last = (today if self.ends is None else min(today, self.ends)).isoformat()
            self._bounds = (today, first, last)
        return first, last


def measured(book: FactBook, part: Slice, measure: Measure, each_fen: int = 1) -> int:
    """One figure over one slice. The fact `payments` must be in the book (or the figure itself, in a replay)."""
    key = f"{measure}{each_fen}|{part.key}"
    found = book.derived.get(key)
    if found is None:
        found = book.derived[key] = _MEASURES[measure](_rows(book, part), each_fen)
    return int(found)


def oldest(book: FactBook, part: Slice) -> str:
    """The date of the oldest payment that counts; empty when none does. A rolling window loses it first."""
    found: str = book.derive(
        f"oldest|{part.key}", lambda book: min((row["on"] for row in _rows(book, part)), default="")
    )
    return found


def _rows(book: FactBook, part: Slice) -> list[_Row]:
    """The spending in a slice, refunds included; kept under a key that begins with `rows`."""
    key = f"rows|{part.key}"
    found: list[_Row] | None = book.derived.get(key)
    if found is None:
        found = book.derived[key] = _select(book, part)
    return found


def _select(book: FactBook, part: Slice) -> list[_Row]:
    first, last = part.bounds(book.today)
    found = [row for row in book.raw["payments"].value if row["kind"] == "spend" and first <= row["on"] <= last]
    if part.narrow:
        found = [row for row in found if row["merchant"] in part.merchants or row["mcc"] in part.mcc]
    return found


def _spend(rows: list[_Row], _each: int) -> int:
    total: int = sum([row["fen"] for row in rows])
    return total


def _count(rows: list[_Row], each_fen: int) -> int:
    """Payments of `each_fen` or more, less one for each refund; below 0 when older payments were refunded since."""
    count: int = sum(row["fen"] >= each_fen for row in rows) - sum(row["fen"] < 0 for row in rows)
    return count


def _distinct(member: str) -> Callable[[list[_Row], int], int]:
    def count(rows: list[_Row], _each: int) -> int:
        """What is empty (a phone does not show the merchant's number) may be any of the others: alone it counts 1."""
        sums: dict[str, int] = {}
        for row in rows:
            sums[row[member]] = sums.get(row[member], 0) + row["fen"]
        unnamed = sums.pop("", 0)
        return sum(total > 0 for total in sums.values()) or int(unnamed > 0)

    return count


_MEASURES: dict[Measure, Callable[[list[_Row], int], int]] = {
    "spend": _spend,
    "count": _count,
    "merchants": _distinct("merchant"),
    "days": _distinct("on"),
}
