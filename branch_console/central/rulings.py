"""Which claim of a right stands, and what becomes of the others: decided from values alone.

Central rules on every claim once, in the order of `in_order` among those that wait at the same time; what has been
confirmed stays confirmed. No ruling debits a wallet: what cannot be taken back before it is paid out is the bank's
loss, or is set off against a later right.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias, cast

from branch_console.rules.gifts.claim_entries import Outcome

PERSONS = frozenset({"person", "phone", "wallet", "device", "household", "referrer"})
"""Scopes of caps that say something of the customer. The others say that the campaign, or a place's share of it, has
run out."""


Why: TypeAlias = Literal[
    "first_claim",
    "right_owned",
    "beyond_grant",
    "voucher_refused",
    "repeated",
    "set_off",
    "right_used",
    "quantity_exhausted",
    "budget_exhausted",
    "campaign_exhausted",
    "branch_exhausted",
    "terminal_exhausted",
    "staff_exhausted",
]
"""Why central ruled so. The console has words for each (`gift.ruling_why`)."""
OwnRight: TypeAlias = Literal["whole", "lease", "none"]
_RANK: dict[OwnRight, int] = {"whole": 0, "lease": 1, "none": 2}


@dataclass(frozen=True, slots=True)
class Policy:
    """What central goes by. Amounts in fen, the skew in milliseconds."""

    de_minimis_fen: int = 5000
    repeats: int = 3
    repeat_days: int = 30
    skew_ms: int = 120_000


class Waiting(NamedTuple):
    """A claim that waits for its ruling.

    `right`: what it says to have been its right is known to central and was there to use. `whole`: a hold or an
    entitlement, which has taken everything that the claim needs; `lease`: the campaign's quantity has been taken, the
    person's caps have not; `none`: everything is still to be taken. `excess`: it names a lease that was used up,
    settled, of another epoch or terminal, or unknown; or what it should be counted on is missing. `given`: the
    customer has the reward; a voucher gives nothing yet. `clock_offset_ms` is what the terminal last reported of its
    clock, None when it never did. `arrived` counts up.
    """

    branch: str
    claim: str
    right: OwnRight
    excess: bool
    physical: bool
    given: bool
    value_fen: int
    clock: str
    clock_offset_ms: int | None
    arrived: int


class Refusal(NamedTuple):
    """The cap that stood against a claim; `set_off`: the right was there, but pays for an earlier duplicate."""

    scope: str
    set_off: bool = False


class Ruling(NamedTuple):
    """The decision. `excess` = more was used than had been granted, which a person looks at."""

    outcome: Outcome
    why: Why
    excess: bool


def in_order(waiting: Iterable[Waiting], policy: Policy) -> list[Waiting]:
    """Who is ruled on first: who had a right, those with a whole one before all others, who could only be in their way;
    then by clock whose clock can be believed; then by arrival."""

    def key(each: Waiting) -> tuple[int, bool, str, int]:
        believed = each.clock_offset_ms is not None and abs(each.clock_offset_ms) <= policy.skew_ms
        return (_RANK[each.right], not believed, each.clock if believed else "", each.arrived)

    return sorted(waiting, key=key)


def rule(claim: Waiting, refusal: Refusal | None, duplicates: int, policy: Policy) -> Ruling:
    """The ruling on a claim that took its caps (`refusal` None) or could not.

    `duplicates` is how many refused claims the same member of staff or terminal has had within `policy.repeat_days`
    before this one.
    """
    if refusal is None:
        return Ruling("confirmed", _why_confirmed(claim), claim.excess)
    if not claim.given:
        return Ruling("reversed", "voucher_refused", claim.excess)
    if refusal.scope not in PERSONS:  # the customer did nothing wrong: the loss is the bank's, whatever it amounts to
        why = cast(Why, f"{refusal.scope}_exhausted")
        return Ruling("duplicate_accepted" if claim.physical else "reversed", why, True)
    if claim.physical and duplicates + 1 >= policy.repeats:
        return Ruling("case", "repeated", claim.excess)
    return Ruling(_duplicate(claim, policy), "set_off" if refusal.set_off else "right_used", claim.excess)


def _duplicate(claim: Waiting, policy: Policy) -> Outcome:
    if not claim.physical:
        return "reversed"
    return "duplicate_accepted" if claim.value_fen <= policy.de_minimis_fen else "duplicate_offset"


def _why_confirmed(claim: Waiting) -> Why:
    if claim.excess:
        return "beyond_grant"
    return "first_claim" if claim.right == "none" else "right_owned"
