"""What earlier rulings say about a claim: how often its staff or terminal was refused, and who has the right."""

from typing import cast

from branch_console.central.claim_docket import Case
from branch_console.central.database import Connection
from branch_console.central.regions import region_of
from branch_console.central.rulings import Policy
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.journal import Data

_DUPLICATES = """
SELECT greatest(count(*) FILTER (WHERE terminal = %(terminal)s),
                count(*) FILTER (WHERE staff = %(staff)s AND branch = %(branch)s))
FROM claim_ruling WHERE outcome <> 'confirmed' AND why IN ('right_used', 'set_off', 'repeated')
    AND (terminal = %(terminal)s OR staff = %(staff)s) AND ruled_at > now() - %(days)s * interval '1 day'
"""
_HELD = "SELECT 1 FROM hold WHERE person = %s AND campaign = %s AND state = 'held' AND id <> %s LIMIT 1"
_WINNER = """
SELECT r.claim::text, r.on_day::text, b.code, b.region FROM claim_right_key k
JOIN claim_right r ON r.claim = k.claim JOIN branch b ON b.code = r.branch
WHERE k.key = %s AND k.scope = %s AND r.campaign = %s AND r.uses_right AND r.outcome = 'confirmed' AND r.claim <> %s
ORDER BY r.updated_at, r.claim LIMIT 1
"""


async def is_held(connection: Connection, campaign: Campaign, case: Case) -> bool:
    """Whether a hold keeps the person's right for another claim. It ends when its terminal has been heard."""
    key = case.state.keys.get(campaign.right_scope("person"), "")
    cursor = await connection.execute(_HELD, (key, campaign.id, case.claim))
    return await cursor.fetchone() is not None


async def duplicates_before(connection: Connection, case: Case, policy: Policy) -> int:
    """How many claims of the same terminal, or the same member of staff, were refused for a right that was used."""
    about = {"terminal": case.state.terminal, "staff": case.state.staff, "branch": case.branch}
    row = await (await connection.execute(_DUPLICATES, {**about, "days": policy.repeat_days})).fetchone()
    return cast(int, row[0]) if row else 0


async def winner_of(connection: Connection, case: Case) -> Data | None:
    """The claim that has the right, as far as another branch may know; None when no confirmed claim has it."""
    for scope, key in case.state.keys.items():
        cursor = await connection.execute(_WINNER, (key, scope, case.state.campaign, case.claim))
        row = await cursor.fetchone()
        if row is not None:
            claim, on, code, region = cast(tuple[str, str, str, str], row)
            return {"claim": claim, "on": on, "region": region_of(code, region)}
    return None
