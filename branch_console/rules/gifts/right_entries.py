"""What central lets a branch do while it cannot be asked: leases and entitlements; and what it must verify later."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from branch_console.rules.entries import EntryData, entry_type
from branch_console.rules.gifts.parts import Day, Fen, Key, Moment, Note, Quantity, Recipient, Scope, Sku
from branch_console.rules.journey_entries import Code, Text

_Signature = Annotated[str, StringConstraints(max_length=128)]


@entry_type("lease.granted", subject="lease")
class LeaseGranted(EntryData):
    """A terminal may hand over `quantity` rewards of a campaign without asking: they are in its custody.

    After `expires_at` nothing may be handed over under it; it comes back by `lease.returned` or is written off, and is
    never granted again before that.
    """

    campaign: Code
    terminal: Code
    quantity: Quantity
    unit_cost_fen: Fen
    epoch: Code
    expires_at: Moment


@entry_type("lease.recalled", subject="lease")
class LeaseRecalled(EntryData):
    """Central wants the rest back."""

    why: Code


@entry_type("lease.returned", subject="lease")
class LeaseReturned(EntryData):
    """The terminal gives the rest back; `used` were handed over under it."""

    used: Annotated[int, Field(ge=0, le=1_000_000)]


@entry_type("lease.written_off", subject="lease")
class LeaseWrittenOff(EntryData):
    """The terminal is lost: what it may have handed over counts as handed over."""

    reason: Note


@entry_type("entitlement.issued", subject="entitlement")
class EntitlementIssued(EntryData):
    """One person may have one reward at this branch, even offline: the right is owned here and nowhere else.

    `signature` is central's over the canonical form of the other members and the subject.
    """

    campaign: Code
    version: Annotated[int, Field(ge=1)]
    keys: dict[Scope, Key]
    skus: Annotated[list[Sku], Field(max_length=20)]
    value_fen: Fen
    expires_on: Day
    home_branch: Code
    epoch: Code
    signature: _Signature


@entry_type("entitlement.moved_away", subject="entitlement")
class EntitlementMovedAway(EntryData):
    """Another branch owns the right now, or it was used there."""

    why: Code


@entry_type("fact.attested", subject="attestation")
class FactAttested(EntryData):
    """Staff saw a fact on the customer's phone, with the reference by which central can verify it.

    `value` as the fact's schema says, written as JSON. Never a balance, a card number or a code.
    """

    recipient: Recipient
    fact: Code
    value: Annotated[str, StringConstraints(max_length=2000)]
    reference: Annotated[str, StringConstraints(min_length=4, max_length=64)]
    seen_at: Moment


@entry_type("fact.verified", subject="attestation")
class FactVerified(EntryData):
    """Central compared what was attested with what the wallet's books say."""

    outcome: Literal["confirmed", "contradicted", "unknown"]
    value: Annotated[str, StringConstraints(max_length=2000)] | None = None


@entry_type("campaign.status_changed", subject="campaign")
class CampaignStatusChanged(EntryData):
    """Whether a campaign runs, in which version, and what an outage can cost at most, in fen and in rewards."""

    id: Code
    status: Literal["announced", "running", "paused", "ended"]
    version: Annotated[int, Field(ge=1)]
    approved_by: Text
    bound_count: Annotated[int, Field(ge=0, le=2**53 - 1)] | None = None
    bound_fen: Fen | None = None
    left_count: Annotated[int, Field(ge=0, le=2**53 - 1)] | None = None
    left_fen: Fen | None = None
    why: Note | None = None
