"""What this terminal may do without asking: rights that the branch owns, leases, and what an outage has used up."""

from dataclasses import dataclass
from typing import TypeVar

from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.people import Person
from branch_console.desk.gifts.scene import Own
from branch_console.rules.canonical import Json, canonical
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.gifts.claim_rights import Offline
from branch_console.rules.gifts.states import EntitlementState, LeaseState
from branch_console.security.signing import SignatureError, verify
from data import gift_queries as gifts
from data.act import Act
from data.agreement import read_agreement
from data.gift_queries import Entitlement, Lease, OfflineUse, Reading

S = TypeVar("S")

OFFLINE = ("lease", "provisional")
"""Kinds of rights whose use an outage caps."""


@dataclass(frozen=True, slots=True)
class Owned:
    """What may carry one reward of one campaign for one customer while central cannot be asked.

    `lease_left` counts the reservation that is being handed over as free.
    """

    entitlement: Entitlement | None
    lease: Lease | None
    lease_left: int
    used: OfflineUse


def owned(booth: Booth, source: Reading, person: Person, campaign: Campaign, own: Own | None = None) -> Owned:
    """As this transaction sees it. A lease of a central that was restored since is none any more."""
    now = booth.now()
    used = gifts.offline_use(source, campaign.id, booth.desk.staff, now, since=booth.contact, rights=OFFLINE)
    lease = next(iter(_leases(booth, source, campaign)), None)
    left = 0 if lease is None else lease.left
    if own is not None and own.state.right_kind in OFFLINE:
        used = OfflineUse(*(max(0, each - 1) for each in used))
        left += own.state.right_kind == "lease" and lease is not None and own.state.right_id == lease.id
    return Owned(_entitlement(booth, source, person, campaign), lease, left, used)


def offline_of(booth: Booth, source: Act, found: Owned) -> Offline:
    """The same for the evaluator of acts."""
    entitlement, lease = found.entitlement, found.lease
    return Offline(
        campaign=found.used.campaign,
        terminal=found.used.terminal,
        staff=found.used.staff,
        lease=None if lease is None else _state(source, lease.subject, LeaseState),
        lease_used=0 if lease is None else lease.quantity - found.lease_left,
        entitlement=None if entitlement is None else _state(source, entitlement.subject, EntitlementState),
        entitlement_used=entitlement is not None
        and gifts.used_under_right(source, "entitlement", entitlement.id, booth.now()) > 0,
    )


def _leases(booth: Booth, source: Reading, campaign: Campaign) -> list[Lease]:
    """Leases of this terminal that central still knows, those with something left first."""
    epoch = read_agreement(booth.store).epoch
    found = [each for each in gifts.leases(source, booth.now(), campaign.id) if each.epoch == epoch]
    return sorted(found, key=lambda each: each.left == 0)


def _entitlement(booth: Booth, source: Reading, person: Person, campaign: Campaign) -> Entitlement | None:
    """The right of this very person to a reward of this campaign here, as central signed it.

    One of a central that was restored since is none any more.
    """
    scope, epoch = campaign.right_scope("person"), read_agreement(booth.store).epoch
    for each in gifts.entitlements(source, person.newest_keys, booth.now()):
        mine = each.keys.get(scope) is not None and each.keys.get(scope) in person.keys.get(scope, ())
        here = each.home_branch == booth.store.identity.branch and each.epoch == epoch
        if each.campaign == campaign.id and mine and here and _signed(booth, each):
            return each
    return None


def _signed(booth: Booth, found: Entitlement) -> bool:
    """Whether central's signature is under exactly this."""
    keys: dict[str, Json] = dict(found.keys)
    skus: list[Json] = list(found.skus)
    said: dict[str, Json] = {
        "subject": found.subject,
        "campaign": found.campaign,
        "version": found.version,
        "keys": keys,
        "skus": skus,
        "value_fen": found.value_fen,
        "expires_on": found.expires_on,
        "home_branch": found.home_branch,
        "epoch": found.epoch,
    }
    try:
        verify(booth.store.identity.central_key, canonical(said), found.signature)
    except SignatureError:
        return False
    return True


def _state(source: Act, subject: str, kind: type[S]) -> S | None:
    state = source.state(subject)
    return state if isinstance(state, kind) else None
