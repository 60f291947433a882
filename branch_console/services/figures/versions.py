"""What one moment of the store knows of its changes, and what a view has found of that moment already."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from branch_console.services.figures.book import Book, Name, span
from branch_console.services.figures.snapshot import Snapshot
from data.statistics import marks

A = TypeVar("A")


class Versions:
    """For one view; whoever counts is made of it."""

    book: Book
    source: Snapshot
    today: date

    def here(self, name: Name, make: Callable[[], A]) -> A:
        """What is asked for again and again by the tiles and series of one view, found once."""
        if name not in self._found:
            self._found[name] = make()
        found: A = self._found[name]
        return found

    @cached_property
    def _found(self) -> dict[Name, Any]:
        return {}

    @cached_property
    def place(self) -> int:
        """How often anything has changed."""
        return marks.place(self.source)

    @cached_property
    def kinds(self) -> Mapping[str, int]:
        """When something of each kind changed last."""
        return marks.kind_versions(self.source)

    @cached_property
    def known_days(self) -> Mapping[date, int]:
        """When each day changed last, of all days that ever had anything."""
        return self.book.once(("days",), self.place, lambda: marks.day_versions(self.source, date.min, date.max))

    @cached_property
    def first_day(self) -> date:
        """The first day of which there is anything; today in a new store."""
        return min(self.known_days, default=self.today)

    def version(self, day: date, kind: str = "") -> int:
        """When a day changed last; 0 of one that never had anything. Of rows of a `kind`: they changed no later."""
        found = self.known_days.get(day, 0)
        return min(found, self.kinds.get(kind, 0)) if kind else found

    def versions(self, first: date, last: date, kind: str = "") -> tuple[int, ...]:
        """The versions of the days of a span."""
        return tuple(self.version(day, kind) for day in span(first, last))
