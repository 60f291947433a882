"""Figures of gifts: handed over, vouchers, given up and why, returned, rulings, what they cost, what people chose."""

from collections.abc import Callable, Mapping
from typing import Final

from branch_console.rules.feedback.intervals import ENOUGH
from branch_console.rules.statistics.definition import Figure, Meaning
from branch_console.rules.statistics.facts import CheckFact, ClaimFact
from branch_console.rules.statistics.instants import Scope

_HANDED: Final = ("claim.handed_over",)
_CHECKED: Final = ("gift.checked",)
ELIGIBLE: Final = frozenset({"ELIGIBLE", "ELIGIBLE_OFFLINE", "NEEDS_APPROVAL", "PROVISIONAL", "VOUCHER"})
"""Verdicts with which the customer gets something now."""
DUPLICATE: Final = frozenset({"duplicate_accepted", "duplicate_offset", "reversed", "case"})
"""Rulings that say that the right had been used before, or was none."""
CLAIM_GROUPS: Final[Mapping[str, Callable[[ClaimFact], str] | None]] = {
    "campaign": lambda row: row.campaign,
    "staff": None,
    "terminal": lambda row: row.terminal,
    "item": lambda row: row.sku,
    "kind": lambda row: row.reward_kind,
    "hour": None,
}
_CHECK_GROUPS: Final[Mapping[str, Callable[[CheckFact], str] | None]] = {
    "campaign": lambda row: row.campaign,
    "verdict": lambda row: row.verdict,
    "reason": lambda row: row.reasons[0] if row.reasons else "",
    "staff": None,
}


def _ruled_badly(row: ClaimFact, scope: Scope) -> bool:
    return row.outcome in DUPLICATE and scope.known(row.ruled)


HANDED_OVER = Figure[ClaimFact](
    id="gifts.handed_over",
    meaning=Meaning(
        "claims whose reward the customer got", "–", "the hand-over", "event",
        "nothing: what was returned or reversed later stands apart", _HANDED, "number", "neither",
    ),
    rows=lambda facts: facts.claims,
    when=lambda row: row.handed,
    staff=lambda row: row.staff,
    groups=CLAIM_GROUPS,
)  # fmt: skip
VOUCHERS = Figure[ClaimFact](
    id="gifts.vouchers",
    meaning=Meaning(
        "claims for which a voucher was given", "–", "start of the claim", "event", "nothing", ("claim.vouchered",),
        "number", "neither",
    ),
    rows=lambda facts: facts.claims,
    when=lambda row: row.started,
    counts=lambda row, _scope: row.voucher,
    staff=lambda row: row.staff,
    groups=CLAIM_GROUPS,
)  # fmt: skip
RELEASED = Figure[ClaimFact](
    id="gifts.released",
    meaning=Meaning(
        "claims that were given up again, by reason", "–", "start of the claim", "cohort",
        "claims of which the reward was handed over all the same", ("claim.reserved", "claim.released"), "number",
        "more",
    ),
    rows=lambda facts: facts.claims,
    when=lambda row: row.started,
    counts=lambda row, _scope: row.status == "released",
    staff=lambda row: row.staff,
    groups={**CLAIM_GROUPS, "reason": lambda row: row.released_why},
)  # fmt: skip
RETURNED = Figure[ClaimFact](
    id="gifts.returned",
    meaning=Meaning(
        "claims whose reward came back", "–", "the last return", "event", "nothing", ("claim.returned",), "number",
        "more",
    ),
    rows=lambda facts: facts.claims,
    when=lambda row: row.returned,
    staff=lambda row: row.staff,
    groups=CLAIM_GROUPS,
)  # fmt: skip
REVERSED = Figure[ClaimFact](
    id="gifts.reversed",
    meaning=Meaning(
        "claims that central reversed", "–", "the newest ruling", "event", "rulings that central has changed since",
        ("claim.adjudicated",), "number", "more",
    ),
    rows=lambda facts: facts.claims,
    when=lambda row: row.ruled,
    counts=lambda row, _scope: row.outcome == "reversed",
    staff=lambda row: row.staff,
    groups={**CLAIM_GROUPS, "reason": lambda row: row.outcome_why},
)  # fmt: skip
DUPLICATES = Figure[ClaimFact](
    id="gifts.duplicates",
    meaning=Meaning(
        "those ruled a duplicate, reversed or passed to a person", "claims handed over that central has ruled on",
        "the hand-over", "cohort", "claims without a ruling yet", ("claim.handed_over", "claim.adjudicated"), "share",
        "more",
    ),
    rows=lambda facts: facts.claims,
    when=lambda row: row.handed,
    how="share",
    counts=lambda row, scope: scope.known(row.ruled),
    hit=_ruled_badly,
    staff=lambda row: row.staff,
    groups=CLAIM_GROUPS,
)  # fmt: skip
PROVISIONAL = Figure[ClaimFact](
    id="gifts.provisional",
    meaning=Meaning(
        "those without a hold, a lease or an entitlement", "claims whose reward the customer got", "the hand-over",
        "event", "nothing", _HANDED, "share", "more",
    ),
    rows=lambda facts: facts.claims,
    when=lambda row: row.handed,
    how="share",
    hit=lambda row, _scope: row.right_kind == "provisional",
    staff=lambda row: row.staff,
    groups=CLAIM_GROUPS,
)  # fmt: skip
SECOND_PERSON = Figure[ClaimFact](
    id="gifts.second_person",
    meaning=Meaning(
        "hand-overs that a second person approved", "–", "the hand-over", "event", "nothing", _HANDED, "number",
        "neither",
    ),
    rows=lambda facts: facts.claims,
    when=lambda row: row.handed,
    counts=lambda row, _scope: row.second_staff is not None,
    staff=lambda row: row.staff,
    groups=CLAIM_GROUPS,
)  # fmt: skip
COST = Figure[ClaimFact](
    id="gifts.cost",
    meaning=Meaning(
        "the bank's cost of the rewards handed over", "–", "the hand-over", "event",
        "nothing: what came back is not taken off", _HANDED, "fen", "more",
    ),
    rows=lambda facts: facts.claims,
    when=lambda row: row.handed,
    how="sum",
    amount=lambda row: row.cost_fen,
    staff=lambda row: row.staff,
    groups=CLAIM_GROUPS,
)  # fmt: skip
CHECKS = Figure[CheckFact](
    id="gifts.checks",
    meaning=Meaning(
        "checks of a campaign for a customer, by verdict", "–", "the check", "event", "nothing", _CHECKED, "number",
        "neither",
    ),
    rows=lambda facts: facts.checks,
    when=lambda row: row.at,
    staff=lambda row: row.staff,
    groups=_CHECK_GROUPS,
)  # fmt: skip
ELIGIBLE_RATE = Figure[CheckFact](
    id="gifts.eligible",
    meaning=Meaning(
        "those whose customer gets something now", "checks of a campaign for a customer", "the check", "event",
        "nothing", _CHECKED, "share", "less",
    ),
    rows=lambda facts: facts.checks,
    when=lambda row: row.at,
    how="share",
    hit=lambda row, _scope: row.verdict in ELIGIBLE,
    staff=lambda row: row.staff,
    groups=_CHECK_GROUPS,
)  # fmt: skip
CHOSEN = Figure[ClaimFact](
    id="gifts.chosen",
    meaning=Meaning(
        "customers who took the item, with share and interval (`preferences`)", "distinct customers with a gift",
        "the hand-over", "event", "a customer's second piece of the same item; rewards that are no gift", _HANDED,
        "number", "neither",
    ),
    rows=lambda facts: facts.claims,
    when=lambda row: row.handed,
    how="distinct",
    counts=lambda row, _scope: row.reward_kind == "gift" and bool(row.sku),
    same=lambda row: f"{row.key('person') or row.subject} {row.sku}",
    staff=lambda row: row.staff,
    groups=CLAIM_GROUPS,
    least=ENOUGH,
)  # fmt: skip

GIFTS: Final = (
    HANDED_OVER, VOUCHERS, RELEASED, RETURNED, REVERSED, DUPLICATES, PROVISIONAL, SECOND_PERSON, COST, CHECKS,
    ELIGIBLE_RATE, CHOSEN,
)  # fmt: skip
