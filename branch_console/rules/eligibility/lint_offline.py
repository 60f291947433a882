"""What a campaign allows while central cannot be asked. Names: `offline_findings(campaign)`."""

from collections.abc import Iterator

from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.lint_base import Finding, warning

FILTER_HOURS = 24
_CAPS = ("per_terminal", "per_staff", "per_campaign")


def offline_findings(campaign: Campaign) -> list[Finding]:
    """Policies that allow nothing, more than they should, or something else than they say."""
    return list(_handing_over(campaign) if campaign.offline.mode in {"provisional", "lease"} else _not(campaign))


def _handing_over(campaign: Campaign) -> Iterator[Finding]:
    offline = campaign.offline
    for name in _CAPS:
        if getattr(offline, name) == 0:
            yield Finding(("offline", name), "offline_cap_zero", {"what": name})
    if campaign.unit_value_fen > offline.most_value_fen:
        yield Finding(("offline", "most_value_fen"), "offline_above_value", {"value": campaign.unit_value_fen})
    if campaign.prize_mode == "lottery":
        yield Finding(("offline", "mode"), "draw_offline")
    if offline.filter_max_age_hours > FILTER_HOURS:
        yield warning(("offline", "filter_max_age_hours"), "filter_old", hours=FILTER_HOURS)
    if offline.mode == "lease":
        yield from _lease(campaign)
    elif offline.lease_per_terminal:
        yield Finding(("offline", "lease_per_terminal"), "lease_without_mode")


def _lease(campaign: Campaign) -> Iterator[Finding]:
    """Leases are taken out of the campaign's quantity."""
    path, lease = ("offline", "lease_per_terminal"), campaign.offline.lease_per_terminal
    if lease == 0:
        yield Finding(path, "lease_empty")
    if campaign.quantity is None:
        yield Finding(("offline", "mode"), "lease_without_quantity")
    elif lease > campaign.quantity:
        yield Finding(path, "lease_above_quantity", {"quantity": campaign.quantity})


def _not(campaign: Campaign) -> Iterator[Finding]:
    """Nothing is handed over, so that caps for it would mislead."""
    offline = campaign.offline
    if offline.lease_per_terminal:
        yield Finding(("offline", "lease_per_terminal"), "lease_without_mode")
    for name in (*_CAPS, "most_value_fen"):
        if getattr(offline, name):
            yield warning(("offline", name), "offline_cap_unused", mode=offline.mode)
