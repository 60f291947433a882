"""What branches are told of a campaign: whether it runs, in which version, what is left, what an outage can cost.

Said again only when it matters: another status or version at once; what is left, and the bound, when one of them has
moved by a twentieth of the whole or has come to nothing or from nothing, so that a busy campaign does not fill feeds.
"""

from typing import NamedTuple, cast

from psycopg.types.json import Jsonb

from branch_console.central.caps import BUDGET, QUANTITY
from branch_console.central.catalogue import Catalogue
from branch_console.central.database import Connection
from branch_console.central.publish import Act, publish
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.gifts.subjects import campaign_subject
from branch_console.rules.journal import Data
from branch_console.rules.reference import Reference

_SAME_ALWAYS = ("id", "status", "version", "approved_by", "why")
_AMOUNTS = ("bound_count", "bound_fen", "left_count", "left_fen")
_PART = 20  # a change by less than this part of the whole is not said again

_TERMINALS = """
SELECT count(*) FROM writer WHERE public_key IS NOT NULL AND revoked_at IS NULL
    AND (%(branches)s::text[] IS NULL OR branch = ANY(%(branches)s))
"""
_REDEEMABLE = """
SELECT coalesce(sum((SELECT greatest(count(*) - 1, 0) FROM writer w
    WHERE w.branch = e.branch AND w.public_key IS NOT NULL AND w.revoked_at IS NULL)), 0)::bigint + (
    SELECT count(*) FROM claim_ruling r JOIN claim_right c ON c.claim = r.claim JOIN writer w ON w.branch = r.branch
    WHERE r.campaign = %(id)s AND c.right_kind = 'entitlement' AND w.public_key IS NOT NULL AND w.revoked_at IS NULL
        AND w.name <> r.terminal AND (w.settled_at IS NULL OR w.settled_at <= r.ruled_at)
)
FROM entitlement e WHERE e.campaign = %(id)s AND e.status = 'open'
"""
_CAMPAIGN = """
SELECT c.status, c.version, v.approved_by, v.branches, c.why,
    (SELECT used FROM cap_use WHERE campaign = c.id AND scope = %(quantity)s AND key = '' AND win = 'all'),
    (SELECT used FROM cap_use WHERE campaign = c.id AND scope = %(budget)s AND key = '' AND win = 'all')
FROM campaign c JOIN campaign_version v ON v.id = c.id AND v.version = c.version WHERE c.id = %(id)s
"""
_BRANCHES = """
SELECT b.code, s.said FROM branch b LEFT JOIN campaign_said s ON s.branch = b.code AND s.campaign = %(id)s
WHERE %(branches)s::text[] IS NULL OR b.code = ANY(%(branches)s) ORDER BY b.code
"""
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7201501117))"
_BEFORE = "SELECT said FROM campaign_said WHERE branch = %s AND campaign = %s"
_SAID = """
INSERT INTO campaign_said (branch, campaign, said) VALUES (%s, %s, %s)
ON CONFLICT (branch, campaign) DO UPDATE SET said = excluded.said
"""


class Bound(NamedTuple):
    """How many rewards more than the campaign allows, and for how many fen, one outage can lead to at most."""

    rewards: int
    fen: int


def bound_of(campaign: Campaign, terminals: int, redeemable: int) -> Bound:
    """The bound when all terminals are cut off from central and from each other.

    `redeemable`: how many times more than once entitlements could be redeemed, at other terminals of their branch.
    """
    rewards = terminals * per_outage(campaign) + (redeemable if campaign.offline.entitlements else 0)
    return Bound(rewards, rewards * campaign.unit_cost_fen)


def per_outage(campaign: Campaign) -> int:
    """How many rewards one terminal can hand over in one outage by what it alone knows, entitlements apart."""
    offline = campaign.offline
    most = min(offline.per_terminal, offline.per_campaign)
    if offline.mode == "lease":
        return min(offline.lease_per_terminal, most)
    return most if offline.mode == "provisional" else 0


async def terminals_of(connection: Connection, branches: list[str] | None) -> int:
    """How many terminals in service the campaign reaches."""
    row = await (await connection.execute(_TERMINALS, {"branches": branches})).fetchone()
    return cast(int, row[0]) if row else 0


async def redeemable(connection: Connection, campaign: str) -> int:
    """How many times more than once the entitlements of a campaign could be redeemed in their branches.

    One that was redeemed counts for each other terminal that has not shown all of its journal since central ruled on
    it: what was handed over there in the same outage may still come.
    """
    row = await (await connection.execute(_REDEEMABLE, {"id": campaign})).fetchone()
    return cast(int, row[0]) if row else 0


async def tell_branches(connection: Connection, catalogue: Catalogue, campaign: str, reference: Reference) -> int:
    """Say to every branch that does not know it yet how the campaign stands; return to how many.

    One transaction for each branch, so that dying in between repeats nothing.
    """
    known = await _situation(connection, catalogue, campaign)
    if known is None:
        return 0
    said, branches, whole = known
    cursor = await connection.execute(_BRANCHES, {"id": campaign, "branches": branches})
    told = 0
    for branch, before in cast(list[tuple[str, Data | None]], await cursor.fetchall()):
        if not notable(before, said, whole):
            continue
        async with connection.transaction():
            await connection.execute(_LOCK, (f"{branch}|{campaign}",))
            again = await (await connection.execute(_BEFORE, (branch, campaign))).fetchone()
            if again is None or notable(cast(Data, again[0]), said, whole):
                await connection.execute(_SAID, (branch, campaign, Jsonb(said)))
                act = Act("campaign.status_changed", campaign_subject(campaign), said)
                await publish(connection, branch, [act], reference)
                told += 1
    return told


def notable(before: Data | None, said: Data, whole: Data) -> bool:
    """Whether what is to be said differs enough from what was said `before`. `whole`: by amount, what 100 % are."""
    if before is None or any(before.get(name) != said[name] for name in _SAME_ALWAYS):
        return True
    return any(_moved(before.get(name), said[name], whole.get(name)) for name in _AMOUNTS)


def _moved(before: object, now: object, whole: object) -> bool:
    if not isinstance(before, int) or not isinstance(now, int):
        return before != now
    if before == now:
        return False
    full = whole if isinstance(whole, int) else max(before, now)
    return 0 in {before, now} or abs(before - now) * _PART >= full


async def _situation(
    connection: Connection, catalogue: Catalogue, campaign: str
) -> tuple[Data, list[str] | None, Data] | None:
    """What is to be said, to which branches, and the whole of what is left."""
    named = {"id": campaign, "quantity": QUANTITY, "budget": BUDGET}
    row = await (await connection.execute(_CAMPAIGN, named)).fetchone()
    if row is None:
        return None
    status, number, approved_by, branches, why, used, spent = row
    version = await catalogue.version(connection, campaign, cast(int, number))
    if version is None:
        return None
    named_branches = cast(list[str] | None, branches)
    bound = bound_of(version, await terminals_of(connection, named_branches), await redeemable(connection, campaign))
    said: Data = {
        "id": campaign,
        "status": cast(str, status),
        "version": cast(int, number),
        "approved_by": cast(str, approved_by),
        "bound_count": bound.rewards,
        "bound_fen": bound.fen,
        "left_count": None if version.quantity is None else version.quantity - cast(int, used or 0),
        "left_fen": None if version.budget_fen is None else version.budget_fen - cast(int, spent or 0),
        "why": cast(str | None, why),
    }
    return said, named_branches, {"left_count": version.quantity, "left_fen": version.budget_fen}
