"""The wire of gifts: holds, and what is known of a person. Normative text: docs/protocol.md, section 4."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Field, StringConstraints

from branch_console.sync.wire import HASH, UUID, Message

PERSON_KEY = r"^k[0-9]{1,6}:[A-Za-z0-9_-]{20,100}$"

PersonKey: TypeAlias = Annotated[str, StringConstraints(pattern=PERSON_KEY)]
KeyScope: TypeAlias = Literal["person", "phone", "wallet", "device", "household", "referrer"]
HoldState: TypeAlias = Literal["held", "consumed"]
HoldRefusal: TypeAlias = Literal[
    "already-claimed",
    "cap-reached",
    "budget-exhausted",
    "quantity-exhausted",
    "campaign-not-running",
    "campaign-version",
    "fact-hold",
    "set-off",
    "key-missing",
    "wrong-day",
    "hold-over",
    "id-taken",
]


class HoldRequest(Message):
    """Keep the right to one reward for one customer. `id` is that of the claim, made by the terminal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=UUID)
    campaign: str = Field(pattern=r"^[a-z0-9_]{1,48}$")
    version: int = Field(ge=1, le=2**31 - 1)
    rule_hash: str = Field(pattern=HASH, description="of the campaign version by which the terminal decided")
    keys: dict[KeyScope, PersonKey] = Field(min_length=1, description="scope → keyed hash")
    sku: str | None = Field(default=None, pattern=r"^[A-Z0-9][A-Z0-9-]{0,31}$")
    quantity: int = Field(default=1, ge=1, le=1_000_000, description="pieces of the item; the reward itself is one")
    staff: str = Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$", description="who serves the customer")
    on: date = Field(description="business date in Asia/Shanghai, at most a day from central's")


class HoldAnswer(Message):
    """The right is kept until `expires_at`, RFC 3339; consumed: the hand-over has arrived."""

    id: str
    state: HoldState
    expires_at: str
    epoch: str


class FactItem(Message):
    """One raw fact. What `value` is, the name decides."""

    name: str
    value: object
    as_of: str
    source: Literal["server"]


class ClaimItem(Message):
    """One earlier claim, as far as other branches may know."""

    campaign: str
    on: str
    quantity: int
    branch: str = Field(description="the region of the branch, not its code")
    number: str


class PersonAnswer(Message):
    """What central knows of a person: facts; claims, and duplicates not paid for, by each scope that was asked for."""

    facts: list[FactItem]
    claims: dict[str, list[ClaimItem]]
    owing: dict[str, list[str]] = Field(
        default_factory=dict, description="scope → groups of campaigns in which the next right pays for a duplicate"
    )
    server_time: str
