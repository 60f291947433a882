"""What folding gives for claims, stock documents, leases, entitlements, attested facts, campaigns and closed days.

Moments are RFC 3339 as the writing terminal saw them.
"""

from dataclasses import dataclass, field

from branch_console.rules.gifts.day_entries import DayLine
from branch_console.rules.gifts.parts import Move
from branch_console.rules.gifts.stock_entries import CountLine
from branch_console.rules.journey_state import Mark


@dataclass(slots=True)
class Booked:
    """A move that counts: `id` is `<entry id>#<number in the entry>`. Balances are sums of these, nothing else."""

    id: str
    move: Move
    at: str
    terminal: str
    staff: str | None
    second_staff: str | None = None


@dataclass(slots=True)
class Exceptional:
    """What a person must look at: why, and how it was settled."""

    settled_how: str | None = None
    settled_reason: str | None = None
    settled_by: str | None = None
    settled_at: str | None = None


@dataclass(slots=True, repr=False)
class ClaimState(Exceptional):
    """One claim. `status` is reserved, handed_over, vouchered, released, returned or reversed.

    `outcome` is central's ruling, None while there is none. `reserved` are the moves that a reservation keeps stock
    for; `booked` those that happened. `reward_*` are those of the newest entry that states them.
    """

    campaign: str = ""
    version: int = 0
    rule_hash: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    name: str = ""
    phone: str = ""
    journey: str | None = None
    reward_kind: str = ""
    sku: str | None = None
    quantity: int = 0
    amount: int = 0
    value_fen: int = 0
    cost_fen: int = 0
    right_kind: str = ""
    right_id: str | None = None
    right_epoch: str | None = None
    verdict: str = ""
    facts_digest: str = ""
    status: str = ""
    reserved: list[Move] = field(default_factory=list)
    booked: list[Booked] = field(default_factory=list)
    expires_at: str | None = None
    voucher_code: str | None = None
    voucher_expires_on: str | None = None
    receipt_number: str | None = None
    confirmed_by: str | None = None
    provisional_terms: bool = False
    branch: str = ""
    terminal: str = ""
    staff: str | None = None
    second_staff: str | None = None
    started_at: str = ""
    handed_over_at: str | None = None
    handed_over_clock: str | None = None
    updated_at: str = ""
    released_at: str | None = None
    released_why: str | None = None
    returned_at: str | None = None
    returned_reason: str | None = None
    reopens: bool = False
    outcome: str | None = None
    outcome_why: str | None = None
    outcome_at: str | None = None
    excess: bool = False
    winner_claim: str | None = None
    winner_on: str | None = None
    winner_region: str | None = None
    erased: bool = False
    marks: list[Mark] = field(default_factory=list)
    entries: int = 0

    @property
    def uses_right(self) -> bool:
        """Whether the claim stands against the caps of its campaign."""
        return self.status in {"reserved", "handed_over", "vouchered"} or (
            self.status == "returned" and not self.reopens
        )

    @property
    def exceptional(self) -> bool:
        """Whether a supervisor must settle it: ruled as something else than confirmed, or out of order."""
        return self.causes > 0

    @property
    def causes(self) -> int:
        """How many things a supervisor must look at. It only grows, but for a ruling that turns out well."""
        return len(self.marks) + (self.outcome not in {None, "confirmed"}) + self.excess


@dataclass(slots=True, repr=False)
class StockState:
    """One stock document. `kind` is dispatch, delivery, transfer, scrap, reward or count.

    `status`: sent (a dispatch that has not come), booked, counted (waits for approval), approved, dismissed, corrected.
    `staff` and `second_staff` are who made it: of a dispatch, who received it; of a count, who counted and who decided
    (nobody, if there was no difference: such a count is approved as it is).
    `reverses` is the entry that took the document back, if one did; a dispatch is then `sent` again.
    `idea` is the case whose idea a reward was for.
    """

    kind: str = ""
    status: str = ""
    note_number: str | None = None
    reason: str | None = None
    note: str | None = None
    location: str | None = None
    lines: list[CountLine] = field(default_factory=list)
    books: str | None = None
    reverses: str | None = None
    photo_sha256: str | None = None
    idea: str | None = None
    booked: list[Booked] = field(default_factory=list)
    branch: str = ""
    terminal: str = ""
    staff: str | None = None
    second_staff: str | None = None
    at: str = ""
    updated_at: str = ""
    marks: list[Mark] = field(default_factory=list)
    entries: int = 0


@dataclass(slots=True)
class LeaseState:
    """A lease. `status` is open, recalled, returned or written_off."""

    campaign: str = ""
    terminal: str = ""
    quantity: int = 0
    unit_cost_fen: int = 0
    epoch: str = ""
    expires_at: str = ""
    status: str = ""
    used: int | None = None
    reason: str | None = None
    branch: str = ""
    granted_at: str = ""
    updated_at: str = ""
    marks: list[Mark] = field(default_factory=list)
    entries: int = 0


@dataclass(slots=True)
class EntitlementState:
    """A right that one person has at one branch. `status` is open or moved_away; whether it was used, claims say."""

    campaign: str = ""
    version: int = 0
    keys: dict[str, str] = field(default_factory=dict)
    skus: list[str] = field(default_factory=list)
    value_fen: int = 0
    expires_on: str = ""
    home_branch: str = ""
    epoch: str = ""
    signature: str = ""
    status: str = ""
    why: str | None = None
    branch: str = ""
    issued_at: str = ""
    erased: bool = False
    marks: list[Mark] = field(default_factory=list)
    entries: int = 0


@dataclass(slots=True, repr=False)
class AttestationState:
    """A fact that staff saw on the customer's phone. `outcome` is central's finding, None while there is none."""

    keys: dict[str, str] = field(default_factory=dict)
    name: str = ""
    fact: str = ""
    value: str = ""
    reference: str = ""
    seen_at: str = ""
    staff: str | None = None
    terminal: str = ""
    branch: str = ""
    at: str = ""
    outcome: str | None = None
    true_value: str | None = None
    erased: bool = False
    marks: list[Mark] = field(default_factory=list)
    entries: int = 0


@dataclass(slots=True)
class CampaignState:
    """The state of a campaign as central last said it."""

    id: str = ""
    status: str = ""
    version: int = 0
    approved_by: str = ""
    bound_count: int | None = None
    bound_fen: int | None = None
    left_count: int | None = None
    left_fen: int | None = None
    why: str | None = None
    updated_at: str = ""
    marks: list[Mark] = field(default_factory=list)
    entries: int = 0


@dataclass(slots=True)
class DayState:
    """A business day's stock. The first signature closes it; a second one is marked.

    `since`: the first of the earlier days that were closed with it, None if there were none.
    """

    day: str = ""
    since: str | None = None
    closed: bool = False
    lines: list[DayLine] = field(default_factory=list)
    open_reservations: int = 0
    unsynced: int = 0
    maker: str | None = None
    signed_by: str | None = None
    previous: str = ""
    digest: str = ""
    note: str | None = None
    branch: str = ""
    at: str = ""
    marks: list[Mark] = field(default_factory=list)
    entries: int = 0
