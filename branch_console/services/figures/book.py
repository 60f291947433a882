"""What the store has counted, kept for the session: a day is read again only when its version has changed.

Past days change rarely, so that after an entry of today only today is read.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date, timedelta
from typing import Any, Final, TypeVar

MOST_KEPT: Final = 1500
"""Answers that are kept: the totals and categories of 100 days, some others of 28, and what is on screen."""
A = TypeVar("A")
_DAY: Final = timedelta(days=1)


class Book:
    """One for each session, for all threads. An answer has a name, and is right for one version of its source."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, name: Hashable, version: Hashable) -> Any | None:
        """The answer that is kept for this version; None for none."""
        with self._lock:
            found = self._kept.get(name)
            if found is None or found[0] != version:
                return None
            self._kept.move_to_end(name)
            return found[1]

    def keep(self, name: Hashable, version: Hashable, answer: A) -> A:
        """Keep an answer, and forget what was not asked for longest."""
        with self._lock:
            self._kept[name] = (version, answer)
            self._kept.move_to_end(name)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return answer

    def once(self, name: Hashable, version: Hashable, make: Callable[[], A]) -> A:
        """What `make` gives, made anew when the version has changed. Two threads may both make it, and get the same."""
        found: A | None = self.known(name, version)
        return self.keep(name, version, make()) if found is None else found


def span(first: date, last: date) -> list[date]:
    """The days from one to another, both included."""
    return [first + _DAY * number for number in range((last - first).days + 1)]
