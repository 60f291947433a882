"""The subjects of what has a name of its own: a campaign by its id, a day by branch and date.

Everything else about gifts (claims, stock documents, leases, entitlements, attested facts) has a UUIDv7 of its own.
"""

from datetime import date
from uuid import NAMESPACE_URL, uuid5


def campaign_subject(campaign: str) -> str:
    """The subject of the state of a campaign, by its id."""
    return f"campaign/{uuid5(NAMESPACE_URL, f'campaign:{campaign}')}"


def day_subject(branch: str, day: date | str) -> str:
    """The subject of a branch's business day; `day` a date, or as YYYY-MM-DD."""
    return f"day/{uuid5(NAMESPACE_URL, f'day:{branch}:{day}')}"
