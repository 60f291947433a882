"""The entries of a claim: one customer's right to one reward of one campaign, from check to ruling.

A hand-over is one entry: the claim, the stock that left and the receipt stand in it together, so that no copy of the
journal can hold one without the others.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from branch_console.rules.entries import EntryData, entry_type
from branch_console.rules.gifts.parts import Day, Digest, Fen, Moment, Move, Note, Quantity, Recipient, Sku
from branch_console.rules.journey_entries import Code

Verdict: TypeAlias = Literal[
    "ELIGIBLE",
    "ELIGIBLE_OFFLINE",
    "PROVISIONAL",
    "VOUCHER",
    "NOT_YET",
    "NO",
    "NEED_SYNC",
    "OUT_OF_STOCK",
    "SUPERSEDED",
    "ALREADY_CLAIMED",
    "HELD",
    "NEEDS_APPROVAL",
]
RightKind: TypeAlias = Literal["hold", "entitlement", "lease", "provisional", "voucher"]
Outcome: TypeAlias = Literal["confirmed", "duplicate_accepted", "duplicate_offset", "reversed", "case"]
Number: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{6,40}$")]


class CampaignVersion(EntryData):
    """Exactly which rules were applied: version, and the SHA-256 of their canonical form."""

    id: Code
    version: Annotated[int, Field(ge=1)]
    rule_hash: Digest


class Evidence(EntryData):
    """Why the claim was allowed: enough to replay the decision in a dispute.

    `facts_digest` is the SHA-256 of the canonical facts, `facts` those facts themselves (name → value, as of, source),
    `tree` the explanation as canonical JSON.
    """

    verdict: Verdict
    checked_at: Moment
    facts_digest: Digest
    facts: Annotated[str, StringConstraints(max_length=60_000)]
    tree: Annotated[str, StringConstraints(max_length=60_000)]


class Right(EntryData):
    """What allows the hand-over: a hold at central (its id), an entitlement or a lease that this branch owns, or the
    campaign's offline caps alone. `epoch` is central's when it was granted."""

    kind: RightKind
    id: Code | None = None
    epoch: Code | None = None


class Granted(EntryData):
    """What the customer gets. `value_fen` is the market value, `cost_fen` the bank's cost, both of the whole."""

    kind: Literal["gift", "points", "cash", "fee_waiver", "cashback", "voucher"]
    sku: Sku | None = None
    quantity: Quantity = 1
    amount: Annotated[int, Field(ge=0, le=2**53 - 1)] = 0
    value_fen: Fen = 0
    cost_fen: Fen = 0


class _Claim(EntryData):
    campaign: CampaignVersion
    recipient: Recipient
    reward: Granted
    right: Right
    evidence: Evidence


@entry_type("claim.reserved", subject="claim")
class ClaimReserved(_Claim):
    """The right and, for a physical gift, the stock are kept for the customer until `expires_at`."""

    stock: Annotated[list[Move], Field(max_length=20)]
    expires_at: Moment


class Receipt(EntryData):
    """What the customer confirmed and how. `number` is readable and final, issued by the terminal."""

    number: Number
    confirmed_by: Literal["customer_code", "signature_note", "entitlement_code"]
    note: Note | None = None
    provisional_terms: bool = False


@entry_type("claim.handed_over", subject="claim")
class ClaimHandedOver(_Claim):
    """The customer has the reward: claim, moves and receipt as one act. `second_staff` approved it in person."""

    moves: Annotated[list[Move], Field(max_length=20)]
    receipt: Receipt
    second_staff: Code | None = None


@entry_type("claim.vouchered", subject="claim")
class ClaimVouchered(_Claim):
    """No gift yet: the customer has a voucher that central will confirm or refuse."""

    code: Number
    expires_on: Day


@entry_type("claim.released", subject="claim")
class ClaimReleased(EntryData):
    """A reservation or voucher is given up; the right and the stock are free again."""

    why: Literal["customer_left", "changed_choice", "refused", "expired", "mistake"]
    note: Note | None = None


@entry_type("claim.returned", subject="claim")
class ClaimReturned(EntryData):
    """The customer brought the gift back; it goes to quarantine. `reopens`: the right may be used once more."""

    moves: Annotated[list[Move], Field(max_length=20)]
    reason: Code
    note: Note | None = None
    reopens: bool = False
    second_staff: Code | None = None


class Winner(EntryData):
    """The claim that used the right first, as far as other branches may know: when, and which branch's region."""

    claim: Code
    on: Day
    region: Annotated[str, StringConstraints(max_length=64)]


@entry_type("claim.adjudicated", subject="claim")
class ClaimAdjudicated(EntryData):
    """Central's ruling on a claim. No ruling ever debits a wallet."""

    outcome: Outcome
    why: Code
    winner: Winner | None = None
    excess: bool = False


@entry_type("claim.settled", subject="claim")
class ClaimSettled(EntryData):
    """A supervisor has dealt with an exception.

    `seen` is the number of causes (`ClaimState.causes`) that were on the screen: with one more, it is not settled.
    """

    how: Literal["accepted_as_loss", "customer_contacted", "gift_returned", "passed_to_head_office", "no_fault"]
    reason: Note
    seen: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
