"""What comes out of the sync core: requests to central, work for the store. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from branch_console.sync.messages import Batch, Lane, Page


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
