"""Reservations that are over are given up by themselves: the list shows what is kept, and central frees its hold."""

from datetime import datetime

from data.claim_lists import expired_reservations
from data.store import Store


def release_expired(store: Store, now: datetime) -> int:
    """Write `claim.released` for this terminal's reservations whose time is over; return how many."""
    if not expired_reservations(store, now):
        return 0
    with store.act(None, now) as act:
        over = expired_reservations(act, now)
        for subject in over:
            act.append("claim.released", subject, {"why": "expired", "note": None})
    return len(over)
