"""Figures of gifts: handed over, vouchers, given up and why, returned, rulings, what they cost, what people chose."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from branch_console.rules.statistics.definition import Figure, Source
from branch_console.rules.statistics.facts import CheckFact, ClaimFact

_HANDED: Final = ("claim.handed_over",)
ELIGIBLE: Final = frozenset({"ELIGIBLE", "ELIGIBLE_OFFLINE", "NEEDS_APPROVAL", "PROVISIONAL", "VOUCHER"})
"""Verdicts with which the customer gets something now."""
DUPLICATE: Final = frozenset({"duplicate_accepted", "duplicate_offset", "reversed", "case"})
"""Rulings that say that the right had been used before, or was none."""
_GROUPS: Final[Mapping[str, Callable[[ClaimFact], str] | None]] = {
    "campaign": lambda row: row.campaign,
    "staff": None,
    "terminal": lambda row: row.terminal,
    "item": lambda row: row.sku,
    "kind": lambda row: row.reward_kind,
    "hour": None,
}
_CLAIMS: Final = Source[ClaimFact]("claims", lambda row: row.staff, _GROUPS)
_CHECKS: Final = Source[CheckFact](
    "checks",
    lambda row: row.staff,
    {
        "campaign": lambda row: row.campaign,
        "verdict": lambda row: row.verdict,
        "reason": lambda row: row.reasons[0] if row.reasons else "",
        "staff": None,
    },
)


def taker(row: ClaimFact) -> str:
    """Which customer took it; a claim of which that is not known (any more) stands for one of its own."""
    return row.key("person") or row.subject


HANDED_OVER = Figure(
    "gifts.handed_over",
    "claims whose reward the customer got",
    source=_CLAIMS,
    day="the hand-over",
    excluded="nothing: what was returned or reversed later stands apart",
    sources=_HANDED,
    worse="neither",
    when=lambda row: row.handed,
)
VOUCHERS = Figure(
    "gifts.vouchers",
    "claims for which a voucher was given",
    source=_CLAIMS,
    day="start of the claim",
    sources=("claim.vouchered",),
    worse="neither",
    when=lambda row: row.started,
    counts=lambda row, _scope: row.voucher,
)
RELEASED = Figure(
    "gifts.released",
    "claims that were given up again, by reason",
    source=replace(_CLAIMS, groups={**_GROUPS, "reason": lambda row: row.released_why}),
    day="start of the claim",
    basis="cohort",
    excluded="claims of which the reward was handed over all the same",
    sources=("claim.reserved", "claim.vouchered", "claim.released"),
    worse="more",
    when=lambda row: row.started,
    counts=lambda row, scope: scope.known(row.released),
)
RETURNED = Figure(
    "gifts.returned",
    "claims whose reward came back",
    source=_CLAIMS,
    day="the last return",
    sources=("claim.returned",),
    worse="more",
    when=lambda row: row.returned,
)
REVERSED = Figure(
    "gifts.reversed",
    "claims that central reversed",
    source=replace(_CLAIMS, groups={**_GROUPS, "reason": lambda row: row.outcome_why}),
    day="the newest ruling",
    excluded="rulings that central has changed since",
    sources=("claim.adjudicated",),
    worse="more",
    when=lambda row: row.ruled,
    counts=lambda row, _scope: row.outcome == "reversed",
)
DUPLICATES = Figure(
    "gifts.duplicates",
    "those ruled a duplicate, reversed or passed to a person",
    source=_CLAIMS,
    denominator="claims handed over that central has ruled on",
    day="the hand-over",
    basis="cohort",
    excluded="claims without a ruling yet",
    sources=("claim.handed_over", "claim.adjudicated"),
    unit="share",
    worse="more",
    when=lambda row: row.handed,
    how="share",
    counts=lambda row, scope: scope.known(row.ruled),
    hit=lambda row, _scope: row.outcome in DUPLICATE,
)
PROVISIONAL = Figure(
    "gifts.provisional",
    "those without a hold, a lease or an entitlement",
    source=_CLAIMS,
    denominator="claims whose reward the customer got",
    day="the hand-over",
    sources=_HANDED,
    unit="share",
    worse="more",
    when=lambda row: row.handed,
    how="share",
    hit=lambda row, _scope: row.right_kind == "provisional",
)
SECOND_PERSON = Figure(
    "gifts.second_person",
    "hand-overs that a second person approved",
    source=_CLAIMS,
    day="the hand-over",
    sources=_HANDED,
    worse="neither",
    when=lambda row: row.handed,
    counts=lambda row, _scope: row.second_staff is not None,
)
COST = Figure(
    "gifts.cost",
    "the bank's cost of the rewards handed over",
    source=_CLAIMS,
    day="the hand-over",
    excluded="nothing: what came back is not taken off",
    sources=_HANDED,
    unit="fen",
    worse="more",
    when=lambda row: row.handed,
    how="sum",
    amount=lambda row: row.cost_fen,
)
CHECKS = Figure(
    "gifts.checks",
    "checks of a campaign for a customer, by verdict",
    source=_CHECKS,
    day="the check",
    sources=("gift.checked",),
    worse="neither",
    when=lambda row: row.at,
)
ELIGIBLE_RATE = Figure(
    "gifts.eligible",
    "those whose customer gets something now",
    source=_CHECKS,
    denominator="checks of a campaign for a customer",
    day="the check",
    sources=("gift.checked",),
    unit="share",
    worse="less",
    when=lambda row: row.at,
    how="share",
    hit=lambda row, _scope: row.verdict in ELIGIBLE,
)
CHOSEN = Figure(
    "gifts.chosen",
    "customers who took the item, with share and interval (`preferences`)",
    source=_CLAIMS,
    denominator="distinct customers with a gift",
    day="the hand-over",
    excluded="a customer's second piece of the same item; rewards that are no gift",
    sources=_HANDED,
    worse="neither",
    when=lambda row: row.handed,
    counts=lambda row, _scope: row.reward_kind == "gift" and bool(row.sku),
    same=lambda row: f"{taker(row)} {row.sku}",
)

GIFTS: Final = (
    HANDED_OVER, VOUCHERS, RELEASED, RETURNED, REVERSED, DUPLICATES, PROVISIONAL, SECOND_PERSON, COST, CHECKS,
    ELIGIBLE_RATE, CHOSEN,
)  # fmt: skip
