"""A right that one branch owns is used somewhere else: its counters go over, and the branch is told."""

from typing import NamedTuple, cast

from branch_console.central.caps import Use, uses_of_json
from branch_console.central.database import Connection
from branch_console.central.offsets import person_scope
from branch_console.central.publish import Act
from branch_console.rules.eligibility.campaign import Campaign


class Moved(NamedTuple):
    """What the entitlement had taken, now the caller's, and what its home branch must be told."""

    uses: list[Use]
    branch: str
    act: Act


async def take_over(
    connection: Connection, campaign: Campaign, keys: dict[str, str], why: str, *, home: str | None = None
) -> Moved | None:
    """The person's open entitlement of this campaign, ended, in the caller's transaction; None if there is none.

    With `home` only one that this branch owns.

    The caller must publish `act` to `branch`. Should the home branch redeem it meanwhile, unheard, that claim comes
    second.
    """
    scope = person_scope(campaign)
    cursor = await connection.execute(
        "UPDATE entitlement SET status = 'moved_away' WHERE campaign = %s AND scope = %s AND key = %s"
        " AND status = 'open' AND (%s::text IS NULL OR branch = %s) RETURNING id::text, branch, uses",
        (campaign.id, scope, keys.get(scope, ""), home, home),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    name, branch, uses = cast(tuple[str, str, object], row)
    return Moved(uses_of_json(uses), branch, Act("entitlement.moved_away", f"entitlement/{name}", {"why": why}))
