"""What the queue of cases, the list at the end of a shift and the panel of the start screen draw."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from branch_console.views import Choice

Urgency: TypeAlias = Literal["overdue", "soon", "normal", "paused", "none"]
"""How the nearest promise stands; `none`: nothing is promised, and no clock runs. Always drawn as sign and word."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list is narrowed to besides its tab; nothing: everything of the tab. Hashable."""

    text: str = ""
    kind: str | None = None
    status: str | None = None

    @property
    def empty(self) -> bool:
        """Whether it lets everything through."""
        return not (self.text or self.kind or self.status)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list. Everything is masked already."""

    subject: str
    number: str
    kind: str
    """The word for its kind."""
    category: str
    status: str
    """The word for its status."""
    ended: bool
    customer: str
    """Masked name; empty for somebody who gave none."""
    phone: str
    owner: str
    """Who has it; empty: nobody."""
    mine: bool
    urgency: Urgency
    minutes: int | None
    """Working minutes until the nearest promise, negative when it has passed; None: there is none."""
    due: str
    """The same as a time of day in the branch, with the date when it is another day's."""
    next_step: str
    """What has to be done until then, in a few words."""
    statutory_day: str
    """The last day that the law gives, as MM-DD (with the year when it is another year's); empty: none."""
    flags: tuple[str, ...]
    """Codes, as `rules.cases.limits.flags`."""
    text: str
    """What the customer said."""
    pending: bool
    """Central has not confirmed all of it yet."""
    elsewhere: str
    """The name of another terminal where it was taken down; empty: here."""


@dataclass(frozen=True, slots=True)
class QueueChoices:
    """What the queue can be filtered by."""

    kinds: tuple[Choice, ...]
    statuses: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """An open promise to a customer. `subject` and `entry` say which."""

    subject: str
    entry: str
    number: str
    kind: str
    customer: str
    due: str
    """A time of day in the branch, with the date when it is another day's."""
    overdue: bool
    earlier: bool
    """It was promised for a day before today."""
    way: str
    """How the customer hears, in words."""
    staff: str
    """Who keeps it; empty: nobody, or somebody who does not work here any more."""
    mine: bool

    @property
    def key(self) -> str:
        """What identifies the promise."""
        return f"{self.subject} {self.entry}"


@dataclass(frozen=True, slots=True)
class ShiftEnd:
    """The promises that somebody must keep before the branch is at work again. `until`: that moment, in words."""

    lines: tuple[PromiseLine, ...]
    until: str

    @property
    def unnamed(self) -> tuple[PromiseLine, ...]:
        """Those that nobody keeps yet."""
        return tuple(line for line in self.lines if not line.staff)


@dataclass(frozen=True, slots=True)
class NotHanded:
    """A case whose promises could not be handed over, and why, in words."""

    number: str
    why: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of a hand-over: so many promises went to somebody, and what was refused."""

    count: int
    to: str
    refused: tuple[NotHanded, ...] = ()


@dataclass(frozen=True, slots=True)
class UrgentCase:
    """A case of the fast track that nobody has taken on yet. `mine`: whoever works here took it down."""

    subject: str
    number: str
    category: str
    received: str
    mine: bool
