"""The days of a branch as a list reads them, a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from branch_console.figure_views.board import DayChoice, DaySpan


@dataclass(frozen=True, slots=True)
class DaySource:
    """The newest first. `read` gives the days of a span and blocks; a page is a span, so nothing moves at midnight."""

    days: DaySpan
    read: Callable[[date, date], Sequence[DayChoice]]

    def count(self) -> int:
        """How many days there are."""
        return (self.days.last - self.days.first).days + 1

    def page(self, offset: int, limit: int) -> Sequence[DayChoice]:
        """Some days."""
        newest = self.days.last - timedelta(days=offset)
        if newest < self.days.first:
            return ()
        return self.read(max(newest - timedelta(days=min(limit, self.count()) - 1), self.days.first), newest)

    def place(self, day: date) -> int:
        """Where a day stands in the list."""
        return min(max((self.days.last - day).days, 0), self.count() - 1)
