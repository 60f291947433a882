"""What goes into the sync core, and the values that it deals with. What comes out: commands.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

Lane = Literal["token", "head", "push", "feed"]
LANES: tuple[Lane, ...] = ("token", "head", "push", "feed")


class Now(NamedTuple):
    """The two clocks: seconds that only run forward, and the wall clock in Unix milliseconds, which may jump."""

    monotonic: float
    wall_ms: int


class Facts(NamedTuple):
    """What the terminal's store says about its own journal."""

    own_seq: int
    own_hash: str
    acknowledged: int
    quarantined: int

    @property
    def pending(self) -> int:
        """Entries that central has not yet acknowledged."""
        return self.own_seq - self.acknowledged


class Batch(NamedTuple):
    """One push, made once: `body` is sent again byte for byte as long as its outcome is unknown."""

    first: int
    hashes: tuple[str, ...]
    body: bytes

    @property
    def last(self) -> int:
        """Seq of the last entry."""
        return self.first + len(self.hashes) - 1


class Head(NamedTuple):
    """The newest entry of this terminal's journal that somebody holds."""

    seq: int
    hash: str


class Page(NamedTuple):
    """One page of the feed, not yet applied."""

    entries: object
    cursor: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer, whoever gave it. `nonce` is the request's; `echoed` and `epoch` are the answer's headers."""

    lane: Lane
    nonce: str
    status: int
    echoed: str | None = None
    epoch: str | None = None
    code: str = ""
    body: Mapping[str, object] = field(default_factory=dict)
    retry_after: str | None = None
    server_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A request had no answer: its outcome is unknown. `reason` says why.

    unreachable, network-cut, certificate, timeout, broken, or not-central.
    """

    lane: Lane
    nonce: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


@dataclass(frozen=True, slots=True)
class TryNow:
    """Somebody asked for a try at once, or said that what needed a person is settled."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The store was looked at."""

    facts: Facts


@dataclass(frozen=True, slots=True)
class BatchLoaded:
    """The oldest entries that wait, None when none does."""

    batch: Batch | None
    facts: Facts


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An acknowledgement is durable."""

    facts: Facts


@dataclass(frozen=True, slots=True)
class Agreed:
    """Where central stands, and under which epoch, is durable."""

    facts: Facts
    epoch: str


@dataclass(frozen=True, slots=True)
class HashFound:
    """The hash of the own entry `seq`, None when there is no such entry."""

    seq: int
    hash: str | None


@dataclass(frozen=True, slots=True)
class Applied:
    """A page and its cursor are durable. `broken`: writers whose chain did not fit."""

    generation: int
    cursor: str
    facts: Facts
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoreFailed:
    """The store could not do it: `code` is that of its error. `what` is push, agree, look or feed."""

    what: Literal["push", "agree", "look", "feed"]
    code: str


Message: TypeAlias = (
    Answer | Failed | Tick | TryNow | Seen | BatchLoaded | Acknowledged | Agreed | HashFound | Applied | StoreFailed
)
