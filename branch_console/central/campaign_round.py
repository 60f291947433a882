"""What campaigns need as time passes: to begin and end by date, leases out and back, entitlements, word to branches."""

from datetime import date
from typing import NamedTuple, cast

from branch_console.central.campaign_publishing import publish_version
from branch_console.central.campaign_status import tell_branches
from branch_console.central.catalogue import Catalogue
from branch_console.central.database import Connection
from branch_console.central.facts import Facts
from branch_console.central.leasing import grant_leases, recall_leases
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.life import announced_status
from branch_console.rules.reference import Reference

_MOVE = "UPDATE campaign SET status = %s, updated_at = now() WHERE id = %s AND status = %s AND version = %s"
_CAMPAIGNS = """
SELECT c.id, c.version, c.status, v.branches FROM campaign c
JOIN campaign_version v ON v.id = c.id AND v.version = c.version AND v.approved_at IS NOT NULL
WHERE c.status <> 'ended' OR EXISTS (SELECT FROM lease l WHERE l.campaign = c.id AND l.status = 'open')
    OR NOT EXISTS (SELECT FROM campaign_said s WHERE s.campaign = c.id AND s.said->>'status' = 'ended')
ORDER BY c.id
"""


class Standing(NamedTuple):
    """A campaign in the version that counts, its status, and which branches it is for (None: all)."""

    campaign: Campaign
    status: str
    branches: list[str] | None


async def standing(connection: Connection, catalogue: Catalogue, campaign: str | None = None) -> list[Standing]:
    """Campaigns that are not over and done with; with `campaign` only that one."""
    found = []
    rows = await (await connection.execute(_CAMPAIGNS)).fetchall()
    for name, number, status, branches in cast(list[tuple[str, int, str, list[str] | None]], rows):
        version = await catalogue.version(connection, name, number)
        if version is not None and campaign in {None, name}:
            found.append(Standing(version, status, branches))
    return found


async def campaign_round(
    connection: Connection, catalogue: Catalogue, today: date, facts: Facts, reference: Reference
) -> None:
    """Bring every campaign to where it should stand on a business date. Doing it twice does nothing."""
    for each in await standing(connection, catalogue):
        status = await _moved(connection, each, today)
        name = each.campaign.id
        await publish_version(connection, facts, name, each.campaign.version, reference)
        if status == "running":
            await grant_leases(connection, each.campaign, each.branches, reference)
        elif status in {"paused", "ended"}:
            await recall_leases(connection, name, status, reference)
        await tell_branches(connection, catalogue, name, reference)


async def _moved(connection: Connection, each: Standing, today: date) -> str:
    """The status by date; a paused campaign stays so until somebody resumes it or its time is over."""
    campaign = each.campaign
    by_date = announced_status(campaign.runs.starts, campaign.runs.ends, today)
    if each.status == by_date or (each.status == "paused" and by_date != "ended") or each.status == "ended":
        return each.status
    await connection.execute(_MOVE, (by_date, campaign.id, each.status, campaign.version))
    return by_date
