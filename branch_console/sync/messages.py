"""What goes into the sync core and what comes out of it: values only. `wire` means docs/protocol.md."""

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


# ---- into the core ----


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


# ---- out of the core ----


@dataclass(frozen=True, slots=True)
class RequestToken:
    """POST /v1/token."""

    nonce: str


@dataclass(frozen=True, slots=True)
class RequestHead:
    """GET /v1/journal/head, with the report of a heartbeat."""

    nonce: str
    report: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class RequestPush:
    """POST /v1/journal."""

    nonce: str
    batch: Batch


@dataclass(frozen=True, slots=True)
class RequestFeed:
    """GET /v1/feed; `wait` in seconds."""

    nonce: str
    cursor: str | None
    limit: int
    wait: int


@dataclass(frozen=True, slots=True)
class Forget:
    """Nobody waits for this request any longer."""

    lane: Lane
    nonce: str


@dataclass(frozen=True, slots=True)
class Look:
    """Look at the store → Seen."""


@dataclass(frozen=True, slots=True)
class LoadBatch:
    """Read the oldest entries that wait → BatchLoaded."""

    limit: int
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Commit that central holds the journal up to `through` → Acknowledged."""

    through: int
    head_hash: str
    quarantined: tuple[Mapping[str, object], ...]
    epoch: str


@dataclass(frozen=True, slots=True)
class NoteQuarantined:
    """Commit that of the own entries up to `through` just these are quarantined at central now → Seen."""

    through: int
    items: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class KeepCheckpoint:
    """Commit central's signed head of the own journal."""

    checkpoint: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class LookUpHash:
    """Read the hash of an own entry → HashFound."""

    seq: int


@dataclass(frozen=True, slots=True)
class Agree:
    """Commit the epoch, and that central holds the journal up to `acknowledged` and no further → Agreed."""

    acknowledged: int
    epoch: str
    past_epochs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApplyPage:
    """Commit a page of the feed together with its cursor → Applied."""

    generation: int
    page: Page
    epoch: str


@dataclass(frozen=True, slots=True)
class ResetFeed:
    """Commit that the feed is read from its beginning."""

    epoch: str


@dataclass(frozen=True, slots=True)
class Erase:
    """This terminal is revoked: erase its keys."""


Command: TypeAlias = (
    RequestToken
    | RequestHead
    | RequestPush
    | RequestFeed
    | Forget
    | Look
    | LoadBatch
    | Acknowledge
    | NoteQuarantined
    | KeepCheckpoint
    | LookUpHash
    | Agree
    | ApplyPage
    | ResetFeed
    | Erase
)
