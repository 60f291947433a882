"""What may be asked of the store about gifts, in one place to import from. All take a `Store`, or an `Act`."""

from data.claim_lists import ClaimTab, ListedClaim, claim, claims, count_claims, expired_reservations
from data.claim_use import (
    ClaimUse,
    OfflineUse,
    Velocity,
    claims_of_keys,
    offline_use,
    used_under_right,
    velocity,
)
from data.claimed_filter import ClaimedFilter, FilterPlace
from data.daily_secret import daily_secret, drop_old_secret
from data.day_people import DayPerson, people_of_day
from data.gift_signals import Limits, Signal, signals
from data.person_facts import PersonFacts, drop_old_facts, facts_of, put_facts
from data.reading import Reading
from data.right_lists import (
    Attested,
    CampaignHere,
    Entitlement,
    Lease,
    attested,
    campaigns,
    entitlements,
    leases,
)
from data.stock_days import ClosedDay, DayFigure, day_figures, days_not_closed, last_closed
from data.stock_documents import StandingDocument, standing_documents
from data.stock_lists import (
    Delivery,
    OpenCount,
    StockHere,
    at_place,
    available,
    balances,
    deliveries,
    moved_since,
    net_balances,
    open_counts,
    stood_by,
    there,
)

__all__ = [
    "Attested",
    "CampaignHere",
    "ClaimTab",
    "ClaimUse",
    "ClaimedFilter",
    "ClosedDay",
    "DayFigure",
    "DayPerson",
    "Delivery",
    "Entitlement",
    "FilterPlace",
    "Lease",
    "Limits",
    "ListedClaim",
    "OfflineUse",
    "OpenCount",
    "PersonFacts",
    "Reading",
    "Signal",
    "StandingDocument",
    "StockHere",
    "Velocity",
    "at_place",
    "attested",
    "available",
    "balances",
    "campaigns",
    "claim",
    "claims",
    "claims_of_keys",
    "count_claims",
    "daily_secret",
    "day_figures",
    "days_not_closed",
    "deliveries",
    "drop_old_facts",
    "drop_old_secret",
    "entitlements",
    "expired_reservations",
    "facts_of",
    "last_closed",
    "leases",
    "moved_since",
    "net_balances",
    "offline_use",
    "open_counts",
    "people_of_day",
    "put_facts",
    "signals",
    "standing_documents",
    "stood_by",
    "there",
    "used_under_right",
    "velocity",
]
