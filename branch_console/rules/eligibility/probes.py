"""Which probe answers which condition. Equal conditions share one probe, so that a book answers them once.

Names: `probe_for(condition, context)`.
"""

from typing import Any
from weakref import WeakValueDictionary

from branch_console.rules.canonical import canonical
from branch_console.rules.eligibility.conditions import AnyLeaf
from branch_console.rules.eligibility.probe_base import Context, LeafProbe
from branch_console.rules.eligibility.probe_behaviour import (
    CountedProbe,
    DoneProbe,
    FirstTxnProbe,
    FirstWalletProbe,
    PointsProbe,
)
from branch_console.rules.eligibility.probe_customer import (
    AgeBetweenProbe,
    AttrInProbe,
    ConsentProbe,
    CustomerKindProbe,
    KycProbe,
    NotInsiderProbe,
    SegmentProbe,
    WalletTierProbe,
)
from branch_console.rules.eligibility.probe_limits import (
    BudgetLeftProbe,
    ClaimsBelowProbe,
    RiskProbe,
    StockProbe,
    VelocityProbe,
)
from branch_console.rules.eligibility.probe_time import PeriodProbe, RecurringProbe, WithinDaysOfProbe

PROBES: dict[str, type[LeafProbe[Any]]] = {
    "period": PeriodProbe,
    "recurring": RecurringProbe,
    "within_days_of": WithinDaysOfProbe,
    "attr_in": AttrInProbe,
    "age_between": AgeBetweenProbe,
    "segment_any": SegmentProbe,
    "segment_none": SegmentProbe,
    "customer_kind": CustomerKindProbe,
    "wallet_tier_at_least": WalletTierProbe,
    "kyc_at_least": KycProbe,
    "consent": ConsentProbe,
    "not_insider": NotInsiderProbe,
    "spend_in_window": CountedProbe,
    "txn_count_in_window": CountedProbe,
    "distinct_merchants": CountedProbe,
    "distinct_days": CountedProbe,
    "first_wallet": FirstWalletProbe,
    "first_txn": FirstTxnProbe,
    "points_at_least": PointsProbe,
    "referral": DoneProbe,
    "suggestion_accepted": DoneProbe,
    "claims_below": ClaimsBelowProbe,
    "budget_left": BudgetLeftProbe,
    "stock": StockProbe,
    "velocity_below": VelocityProbe,
    "risk_below": RiskProbe,
    "no_open_hold": RiskProbe,
}

# Of the campaign around them these look at its dates only, so that campaigns with the same dates share them.
_DATES = frozenset({CountedProbe, DoneProbe, FirstTxnProbe, AgeBetweenProbe})

# Probes live as long as a compiled campaign, or a book that asked them, holds them.
_known: WeakValueDictionary[bytes, LeafProbe[Any]] = WeakValueDictionary()


def probe_for(condition: AnyLeaf, context: Context) -> LeafProbe[Any]:
    """The probe of a condition: one for all equal conditions (in the same campaign, or dates, where those matter)."""
    kind = PROBES[condition.type]
    seen = (context.starts, context.ends) if kind in _DATES else context if kind.contextual else ()
    around = [str(each) for each in seen]
    key = canonical([condition.model_dump(mode="json"), around])
    found = _known.get(key)
    if found is None:
        found = _known[key] = kind(condition, context)
    return found
