"""What all probes have in common. A probe is a leaf condition made ready to be asked of a book of facts.

Names: `LeafProbe`, `Context` (what a condition takes from its campaign).
"""

from abc import ABC, abstractmethod
from datetime import date, timedelta
from typing import ClassVar, Generic, NamedTuple, TypeVar

from branch_console.rules.eligibility.book import FactBook
from branch_console.rules.eligibility.condition_base import Leaf
from branch_console.rules.eligibility.condition_limits import CapScope
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.eligibility.node import NOTHING, STATUSES, Fixable, Node, Params, Scalar


class Context(NamedTuple):
    """The campaign around a condition. `person` is the scope that a person's rights count on."""

    campaign: str
    starts: date
    ends: date
    quantity: int | None
    person: CapScope


class Ask(NamedTuple):
    """What a condition is asked to explain: the book, its answer, and whether it stands under an odd number of `not`
    (polarity False)."""

    book: FactBook
    status: bool | None
    polarity: bool


class Told(NamedTuple):
    """What a probe says about a condition beside its status. `fixable` holds if the condition is bad news."""

    have: Scalar = None
    need: Scalar = None
    gap: int | None = None
    unit: str = ""
    fixable: Fixable = "final"
    params: Params = NOTHING


L = TypeVar("L", bound=Leaf)


class LeafProbe(ABC, Generic[L]):
    """Base of all probes. `cost` orders them: what is cheap to ask is asked first.

    `contextual` says whether answer or explanation depend on the campaign around the condition; `bad` is who can help
    if nothing else is told.
    """

    cost: ClassVar[int] = 1
    contextual: ClassVar[bool] = False
    bad: ClassVar[Fixable] = "final"
    __slots__ = ("__weakref__", "condition", "context", "max_age", "names")

    def __init__(self, condition: L, context: Context) -> None:
        self.condition = condition
        self.context = context
        self.max_age = None if condition.max_age is None else timedelta(hours=condition.max_age)
        self.names = self.asks()

    @abstractmethod
    def asks(self) -> tuple[str, ...]:
        """The raw facts that it looks at, the one that it is mainly about first."""

    @abstractmethod
    def status(self, book: FactBook) -> bool | None:
        """Whether it holds; None: not known."""

    def said(self) -> Params:
        """What the sentence says of the condition itself."""
        return NOTHING

    def told(self, ask: Ask) -> Told:  # noqa: ARG002  most conditions say more
        """The particulars; must not fail when facts are missing."""
        return Told(fixable=self.bad, params=self.said())

    def node(self, book: FactBook, status: bool | None, polarity: bool) -> Node:
        """Why."""
        told = self.told(Ask(book, status, polarity))
        fact = next((book.raw[name] for name in self.names if name in book.raw), None)
        fixable: Fixable | None = None
        if status is None:
            fixable = "sync"
        elif status is not polarity:
            fixable = told.fixable
        stale = status is None and any(
            name in book.raw and book.fact(name, self.max_age) is None for name in self.names
        )
        return Node(
            STATUSES[status], self.condition.type, told.params, told.have, told.need, told.gap, told.unit,
            fact.as_of if fact else None, fact.source if fact else None, fixable, polarity, stale, (),
        )  # fmt: skip

    def worked_out(self, book: FactBook) -> dict[str, Fact]:  # noqa: ARG002  most conditions look at raw facts only
        """Facts that it took from somewhere else than the book and that a replay needs."""
        return {}
