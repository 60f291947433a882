"""Whether the right that a claim names is there: a hold, what this branch owns, or what the offline caps leave.

`Offline` counts what one outage has used at this terminal; the caps are the campaign's. G5: beyond them nothing is
handed over, so the loss that an outage can cause is the one that the campaign states.
"""

from dataclasses import dataclass

from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.claim_entries import Granted, Right
from branch_console.rules.gifts.hands import Hands
from branch_console.rules.gifts.marking import passed
from branch_console.rules.gifts.states import EntitlementState, LeaseState
from branch_console.rules.journal import format_at


@dataclass(frozen=True, slots=True)
class Offline:
    """What this terminal may use without asking, and how much of it is gone.

    `campaign`, `terminal`, `staff` count the rewards handed over on offline rights since central last answered: of the
    campaign here, of all campaigns here, and by this member of staff. `lease_used` counts those under `lease`.
    """

    campaign: int = 0
    terminal: int = 0
    staff: int = 0
    lease: LeaseState | None = None
    lease_used: int = 0
    entitlement: EntitlementState | None = None
    entitlement_used: bool = False


def check_right(hands: Hands, offline: Offline, campaign: Campaign | None, right: Right, reward: Granted) -> None:
    """Raise RuleError unless the right that is named can carry this reward now."""
    if campaign is None:
        raise RuleError("campaign_unknown")
    if right.kind == "hold":
        if right.id is None:
            raise RuleError("right_unknown")
    elif right.kind == "entitlement":
        _check_entitlement(hands, offline, campaign, right, reward)
    elif right.kind == "lease":
        _check_lease(hands, offline, campaign, right)
        _check_caps(offline, campaign, reward)
    elif right.kind == "provisional":
        if campaign.offline.mode != "provisional":
            raise RuleError("offline_not_allowed")
        _check_caps(offline, campaign, reward)
    elif campaign.offline.mode == "none":
        raise RuleError("offline_not_allowed")


def _check_entitlement(hands: Hands, offline: Offline, campaign: Campaign, right: Right, reward: Granted) -> None:
    """An entitlement carries one reward of its campaign at its home branch."""
    found = offline.entitlement
    if found is None or right.id is None or found.status != "open" or found.campaign != campaign.id:
        raise RuleError("right_unknown")
    if offline.entitlement_used:
        raise RuleError("entitlement_used")
    if found.expires_on < hands.day.isoformat():
        raise RuleError("entitlement_expired")
    if found.skus and reward.sku not in found.skus:
        raise RuleError("goods_not_granted")


def _check_lease(hands: Hands, offline: Offline, campaign: Campaign, right: Right) -> None:
    """A lease carries what is left of it, at its own terminal, until it ends or is recalled."""
    found = offline.lease
    if found is None or right.id is None or found.campaign != campaign.id or found.terminal != hands.terminal:
        raise RuleError("right_unknown")
    if found.status != "open" or passed(format_at(hands.now), found.expires_at):
        raise RuleError("lease_ended")
    if offline.lease_used >= found.quantity:
        raise RuleError("lease_used_up")


def _check_caps(offline: Offline, campaign: Campaign, reward: Granted) -> None:
    """The campaign's caps for one outage; 0 allows none. The value is the market value of the whole reward."""
    caps = campaign.offline
    for used, cap, code in (
        (offline.campaign, caps.per_campaign, "offline_cap_campaign"),
        (offline.terminal, caps.per_terminal, "offline_cap_terminal"),
        (offline.staff, caps.per_staff, "offline_cap_staff"),
    ):
        if used >= cap:
            raise RuleError(code, cap=cap)
    if reward.value_fen > caps.most_value_fen:
        raise RuleError("offline_value")
