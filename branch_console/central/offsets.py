"""Duplicates that are set off against the next right of the same person in the same group of campaigns."""

from typing import cast

from branch_console.central.database import Connection
from branch_console.rules.eligibility.campaign import Campaign

_OPEN = """
SELECT claim::text FROM claim_offset WHERE key = %s AND scope = %s AND grp = %s AND used_for IS NULL
ORDER BY claim LIMIT 1 FOR UPDATE
"""

_OWING = "SELECT scope, key, grp FROM claim_offset WHERE key = ANY(%s) AND used_for IS NULL ORDER BY grp"


async def open_offset(connection: Connection, campaign: Campaign, keys: dict[str, str]) -> str | None:
    """The duplicate (a claim) that this person's next right pays for; locked. None: there is none."""
    scope = person_scope(campaign)
    cursor = await connection.execute(_OPEN, (keys.get(scope, ""), scope, campaign.offset_group))
    row = await cursor.fetchone()
    return None if row is None else str(row[0])


async def owing_of(connection: Connection, by_scope: dict[str, str]) -> dict[str, list[str]]:
    """The groups in which the next right of whoever has these keys pays for a duplicate, by the scope of the key.

    A campaign of no group stands there as `Campaign.offset_group` names it.
    """
    owing: dict[str, list[str]] = {scope: [] for scope in by_scope}
    rows = await (await connection.execute(_OWING, (list(by_scope.values()),))).fetchall()
    for scope, key, group in cast(list[tuple[str, str, str]], rows):
        if by_scope.get(scope) == key and group not in owing[scope]:
            owing[scope].append(group)
    return owing


async def add_offset(connection: Connection, campaign: Campaign, keys: dict[str, str], claim: str) -> None:
    """From now on the person's next right in the group pays for this claim. Without the person's key nothing can."""
    scope = person_scope(campaign)
    if scope in keys:
        await connection.execute(
            "INSERT INTO claim_offset (claim, grp, scope, key) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (claim, campaign.offset_group, scope, keys[scope]),
        )


async def settle_offset(connection: Connection, offset: str, claim: str) -> None:
    """The right that `claim` would have used has paid for the duplicate `offset`."""
    await connection.execute("UPDATE claim_offset SET used_for = %s WHERE claim = %s", (claim, offset))


def person_scope(campaign: Campaign) -> str:
    """The scope by which the campaign recognises a person."""
    return campaign.right_scope("person")
