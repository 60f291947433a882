"""The wire between terminal and central: names, limits and messages. Normative text: docs/protocol.md."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

EPOCH_HEADER = "Central-Epoch"
NONCE_HEADER = "Request-Nonce"
VERSION_HEADER = "Client-Version"

MAX_ENTRIES = 1000
MAX_BODY = 1_048_576  # bytes, after decompression
MAX_DEPTH = 64  # arrays and objects inside each other, the entry itself counted
MAX_FEED_LIMIT = 1000
MAX_FEED_WAIT = 30  # seconds
TOKEN_SECONDS = 900

_MOST = 2**53 - 1

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

HASH = r"^[0-9a-f]{64}$"
UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
BASE64URL = r"^[A-Za-z0-9_-]+$"


class Message(BaseModel):
    """Base of all messages: immutable; members that a newer peer adds are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Jwk(Message):
    """An Ed25519 public key as a JSON Web Key (RFC 8037)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str = Field(pattern=BASE64URL, min_length=43, max_length=43, description="the 32 bytes, base64url, no padding")


class Checkpoint(Message):
    """A signed statement: the journal of `terminal` stands at `seq` with `hash`."""

    terminal: str = Field(max_length=64)
    seq: int = Field(ge=0)
    hash: str = Field(pattern=HASH)
    at: str = Field(max_length=40)
    signature: str = Field(pattern=BASE64URL, max_length=128)


class WireEntry(BaseModel):
    """One journal entry as it goes over the wire; all members are required and no others are allowed."""

    model_config = ConfigDict(extra="forbid")

    terminal: str = Field(description="the writer: a terminal's UUID, or central/<branch>")
    seq: int = Field(ge=1, le=2**53 - 1)
    id: str = Field(pattern=UUID)
    type: str = Field(pattern=r"^[a-z][a-z_]{0,31}\.[a-z][a-z_]{0,31}$")
    version: int = Field(ge=1, le=2**53 - 1)
    branch: str = Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")
    subject: str
    staff: str | None
    at: str
    clock: str = Field(pattern=r"^[0-9]{13}-[0-9a-f]{4}$")
    data: dict[str, object] | None
    data_hash: str = Field(pattern=HASH)
    prev: str = Field(pattern=HASH)
    hash: str = Field(pattern=HASH)


class EnrolRequest(Message):
    """Make the bearer of a valid code a terminal."""

    enrolment_code: str = Field(min_length=1, max_length=64)
    name: str = Field(min_length=1, max_length=64)
    public_key: Jwk
    terminal: str | None = Field(
        default=None,
        pattern=UUID,
        description="only to re-admit, under its own id, a terminal that central lost in a restore",
    )


class EnrolAnswer(Message):
    """Who the terminal now is, and the keys it needs."""

    terminal: str
    branch: str
    branch_name: str
    timezone: str
    epoch: str
    central_key: Jwk
    tenant_keys: dict[str, str] = Field(description="version → 32 bytes, base64url, for keyed hashes of numbers")
    reference_expires: str | None = Field(description="when the first reference document expires, RFC 3339")
    min_client: str


class TokenAnswer(Message):
    """An OAuth 2.0 access token."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int


class PushRequest(Message):
    """Entries in order of seq, and the writer's checkpoint for the last of them."""

    entries: list[WireEntry] = Field(min_length=1, max_length=MAX_ENTRIES)
    checkpoint: Checkpoint


class QuarantinedItem(Message):
    """An entry that is kept but could not be folded."""

    seq: int
    code: str
    detail: str


class PushAnswer(Message):
    """Everything up to `accepted_through` is durable at central."""

    accepted_through: int
    head_hash: str
    quarantined: list[QuarantinedItem]


class Report(Message):
    """What a terminal says of itself when it asks for its head: the heartbeat, as query parameters."""

    seq: int | None = Field(default=None, ge=0, le=_MOST, description="last entry of its journal")
    hash: str | None = Field(default=None, pattern=HASH, description="that entry's hash")
    pending: int | None = Field(default=None, ge=0, le=_MOST, description="entries not yet acknowledged")
    quarantined: int | None = Field(default=None, ge=0, le=_MOST, description="own entries it knows as quarantined")
    epoch: str | None = Field(default=None, pattern=r"^[!-~]{0,128}$", description="the epoch that it has agreed on")
    clock_offset_ms: int | None = Field(
        default=None, ge=-_MOST, le=_MOST, description="by how much it takes central's clock to be ahead of its own"
    )
    problem: str | None = Field(
        default=None, pattern=r"^[A-Za-z0-9._-]{0,64}$", description="code of what hinders it most; empty = nothing"
    )


class HeadAnswer(Message):
    """What central holds of the caller's journal, signed by central; `quarantined` as it is now."""

    seq: int
    hash: str
    epoch: str
    checkpoint: Checkpoint
    quarantined: list[QuarantinedItem]


class FeedAnswer(Message):
    """One page of the branch's feed. `checkpoint` is central's, for its own journal `central/<branch>`."""

    entries: list[WireEntry]
    cursor: str
    more: bool
    server_time: str
    poll_after_ms: int
    checkpoint: Checkpoint | None


class Problem(Message):
    """RFC 9457 problem details. `code` is stable; `docs/protocol.md` says what the client does for each."""

    model_config = ConfigDict(frozen=True, extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str
    server_time: str


class Health(Message):
    """The process answers."""

    ok: bool


class Readiness(Message):
    """Whether central can do its work, and if not, why."""

    ready: bool
    reasons: list[str]
