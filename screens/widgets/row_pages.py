"""The pages of a long list that are in memory, and which of them are wanted. No widgets, no threads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
PAGE = 100
KEPT_PAGES = 32


class Source(Protocol[T_co]):
    """Where rows come from. Both functions are called in a thread and may block."""

    def count(self) -> int:
        """How many rows there are."""

    def page(self, offset: int, limit: int) -> Sequence[T_co]:
        """The rows from `offset` on, at most `limit`."""


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """A source whose rows are already in memory."""

    items: Sequence[T]

    def count(self) -> int:
        """How many rows there are."""
        return len(self.items)

    def page(self, offset: int, limit: int) -> Sequence[T]:
        """A slice."""
        return self.items[offset : offset + limit]


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """What a thread brought: the number of rows, and some pages."""

    generation: int
    total: int
    pages: dict[int, Sequence[T]]
    fresh: bool
    """All pages read before are outdated."""


@dataclass
class Pages(Generic[T]):
    """Rows by number, as far as they have been read."""

    total: int | None = None
    """None: nothing has been read yet."""
    generation: int = 0
    _pages: dict[int, Sequence[T]] = field(default_factory=dict)

    def row(self, index: int) -> T | None:
        """The row, or None while its page is not here."""
        page = self._pages.get(index // PAGE)
        within = index % PAGE
        return page[within] if page is not None and within < len(page) else None

    def missing(self, first: int, last: int) -> list[int]:
        """The pages that rows `first` to `last` need and that are not here."""
        if self.total is None:
            return [0]
        last = min(last, self.total - 1)
        return [number for number in range(max(first, 0) // PAGE, last // PAGE + 1) if number not in self._pages]

    def around(self, index: int) -> list[int]:
        """The pages to read anew on a refresh, so that a row that moved a little is found again."""
        here = index // PAGE
        return [number for number in (here - 1, here, here + 1) if number >= 0]

    def take(self, loaded: Loaded[T]) -> bool:
        """Keep what was read; False when a later refresh has made it outdated."""
        if loaded.generation != self.generation:
            return False
        if loaded.fresh:
            self._pages.clear()
        self.total = loaded.total
        for number, rows in loaded.pages.items():
            self._pages.pop(number, None)
            self._pages[number] = rows
        while len(self._pages) > KEPT_PAGES:
            del self._pages[next(iter(self._pages))]
        return True

    def find(self, key: str, key_of: Callable[[T], str], near: int) -> int | None:
        """The number of the row with this key among the pages that are here, the nearest to `near`."""
        found = [
            number * PAGE + index
            for number, rows in self._pages.items()
            for index, row in enumerate(rows)
            if key_of(row) == key
        ]
        return min(found, key=lambda index: abs(index - near), default=None)


def read(source: Source[T], generation: int, numbers: Sequence[int], fresh: bool) -> Loaded[T]:
    """Read pages (in a thread). A list that has become shorter gives its last page instead of nothing."""
    total = source.count()
    last = max(total - 1, 0) // PAGE
    wanted = sorted({min(number, last) for number in numbers})
    pages = {number: source.page(number * PAGE, PAGE) for number in wanted} if total else {}
    return Loaded(generation, total, pages, fresh)
