"""Leases go back by themselves: what was recalled, what is over, what a central granted that was restored since.

Nobody need press a key for it: central gives the rest to others only after the terminal has said what it used.
"""

from collections.abc import Collection
from datetime import datetime

from branch_console.rules.journal import parse_at
from data.claim_lists import ListedClaim, claims
from data.reading import Reading
from data.right_lists import Lease, leases
from data.store import Store

_MOST_OPEN = 1000


def return_leases(store: Store, past_epochs: Collection[str], now: datetime) -> int:
    """Write `lease.returned` for all that must go back, in one transaction; return how many.

    One under which something is kept for a customer at this moment stays until that is handed over or given up.
    """
    if not _due(store, past_epochs, now):
        return 0
    with store.act(None, now) as act:
        due = _due(act, past_epochs, now)
        for lease in due:
            act.append("lease.returned", lease.subject, {"used": lease.used})
    return len(due)


def _due(source: Reading, past_epochs: Collection[str], now: datetime) -> list[Lease]:
    found = [
        each for each in leases(source, now) if each.status == "recalled" or each.expired or each.epoch in past_epochs
    ]
    if not found:
        return []
    listed = claims(source, tab="open", now=now, limit=_MOST_OPEN)
    kept = {each.right_id for each in listed if each.right_kind == "lease" and _stands(each, now)}
    return [each for each in found if each.id not in kept]


def _stands(claim: ListedClaim, now: datetime) -> bool:
    """Whether something is kept under the claim at this moment."""
    return claim.status == "reserved" and claim.expires_at is not None and parse_at(claim.expires_at) > now
