"""All that is known about one customer at one moment; everything derived from it is derived once.

Names: `FactBook(raw, now, zone)`, `SHANGHAI`, `Probe` (what a leaf condition asks of a book).
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, TypeVar
from zoneinfo import ZoneInfo

from branch_console.rules.eligibility.facts import Fact, Raw
from branch_console.rules.eligibility.node import Node

SHANGHAI = ZoneInfo("Asia/Shanghai")
T = TypeVar("T")


class Probe(Protocol):
    """One leaf condition, made ready to be asked. Equal conditions are one object, so that a book answers them once."""

    def status(self, book: "FactBook") -> bool | None:
        """Whether it holds; None: not known."""

    def node(self, book: "FactBook", status: bool | None, polarity: bool) -> Node:
        """Why."""


class _Moment(NamedTuple):
    today: date
    iso: str
    hour: int


@lru_cache(maxsize=64)
def _moment(now: datetime, zone: tzinfo) -> _Moment:
    """What the branch's calendar and clock show."""
    local = now.astimezone(zone)
    return _Moment(local.date(), local.date().isoformat(), local.hour)


class _Statuses(dict[Probe, bool | None]):
    """The answers so far; a new question is answered on the way."""

    __slots__ = ("book",)
    book: "FactBook"

    def __missing__(self, probe: Probe) -> bool | None:
        found = self[probe] = probe.status(self.book)
        return found


class _Nodes(dict[Probe, Node]):
    """The explanations so far, of one polarity."""

    __slots__ = ("book", "polarity")
    book: "FactBook"
    polarity: bool

    def __missing__(self, probe: Probe) -> Node:
        found = self[probe] = probe.node(self.book, self.book.statuses[probe], self.polarity)
        return found


class FactBook:
    """The raw facts of one customer, loaded once, and what conditions made of them.

    `now` is aware; `today` and `hour` are the branch's. The facts must have the form that `fact_schema` gives them.
    `derived` holds sums and counts under keys that say exactly what they are.
    """

    __slots__ = ("derived", "hour", "iso", "now", "raw", "statuses", "today", "with_not", "without_not", "zone")

    def __init__(self, raw: Raw, now: datetime, zone: tzinfo = SHANGHAI) -> None:
        self.raw = raw
        self.now = now
        self.zone = zone
        self.today, self.iso, self.hour = _moment(now, zone)
        self.derived: dict[str, Any] = {}
        self.statuses = _Statuses()
        self.without_not = _Nodes()
        self.with_not = _Nodes()
        self.statuses.book = self.without_not.book = self.with_not.book = self
        self.without_not.polarity, self.with_not.polarity = True, False

    def fact(self, name: str, max_age: timedelta | None = None) -> Fact | None:
        """A fact; None when it is missing, or older than `max_age`, or of unknown age while an age is asked for."""
        found = self.raw.get(name)
        if found is None or max_age is None:
            return found
        return found if found.as_of is not None and self.now - found.as_of <= max_age else None

    def in_part(self, name: str) -> bool:
        """Whether all that is known of a fact was seen on a phone: enough of it is enough, too little says nothing.

        Refunds are not seen there, so that "enough" is as good as what staff saw, until central has verified it.
        """
        return self.raw[name].source == "attested"

    def derive(self, key: str, make: "Callable[[FactBook], T]") -> T:
        """What `make` gives, made at most once for each key."""
        if key not in self.derived:
            self.derived[key] = make(self)
        found: T = self.derived[key]
        return found
