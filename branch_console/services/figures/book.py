"""What the store has counted, kept for the session: a day is read again only when its version has changed.

Past days change rarely, so that after an entry of today only today is read.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from datetime import date, timedelta
from typing import Any, Final, TypeAlias, TypeVar

MOST_KEPT: Final = 1500
"""Answers that are kept: the totals and categories of 100 days, some others of 28, and what is on screen."""
MOST_ROWS: Final = 20
"""Answers that are rows: those of a busy day take some megabytes, and a view needs those of two days."""
ROWS: Final = frozenset({"facts", "between", "due", "standing"})
"""What the names of such answers begin with."""
A = TypeVar("A")
Name: TypeAlias = tuple[Hashable, ...]
_Kept: TypeAlias = OrderedDict[Name, tuple[Hashable, Any]]
_DAY: Final = timedelta(days=1)


class Book:
    """One for each session, for all threads. An answer has a name, and is right for one version of its source."""

    def __init__(self) -> None:
        self._numbers: _Kept = OrderedDict()
        self._rows: _Kept = OrderedDict()
        self._lock = threading.Lock()

    def known(self, name: Name, version: Hashable) -> Any | None:
        """The answer that is kept for this version; None for none."""
        kept, _ = self._shelf(name)
        with self._lock:
            found = kept.get(name)
            if found is None or found[0] != version:
                return None
            kept.move_to_end(name)
            return found[1]

    def keep(self, name: Name, version: Hashable, answer: A) -> A:
        """Keep an answer, and forget what was not asked for longest."""
        kept, most = self._shelf(name)
        with self._lock:
            kept[name] = (version, answer)
            kept.move_to_end(name)
            while len(kept) > most:
                kept.popitem(last=False)
        return answer

    def once(self, name: Name, version: Hashable, make: Callable[[], A]) -> A:
        """What `make` gives, made anew when the version has changed. Two threads may both make it, and get the same."""
        found: A | None = self.known(name, version)
        return self.keep(name, version, make()) if found is None else found

    def by_day(
        self,
        name: Name,
        versions: Mapping[date, Hashable],
        read: Callable[[date, date], Mapping[date, A]],
        nothing: A,
    ) -> dict[date, A]:
        """An answer for each day: from the first to the last day whose version has changed `read` gives them anew.

        `nothing` is the answer of days that it leaves out.
        """
        known: dict[date, Any] = {day: self.known((*name, day), version) for day, version in versions.items()}
        missing = [day for day, found in known.items() if found is None]
        if missing:
            found = read(missing[0], missing[-1])
            known |= {day: self.keep((*name, day), versions[day], found.get(day, nothing)) for day in missing}
        return known

    def _shelf(self, name: Name) -> tuple[_Kept, int]:
        return (self._rows, MOST_ROWS) if name[0] in ROWS else (self._numbers, MOST_KEPT)


def span(first: date, last: date) -> list[date]:
    """The days from one to another, both included."""
    return [first + _DAY * number for number in range((last - first).days + 1)]
