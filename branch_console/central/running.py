"""What a grant depends on, read in one query: who asks, in which epoch, and the campaign as it stands."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, cast

from branch_console.central.database import Connection
from branch_console.central.problems import ProblemError
from branch_console.rules.eligibility.campaign import Campaign, read_campaign

_SITUATION = """
SELECT w.branch, w.revoked_at IS NOT NULL, m.value, now(), c.status, c.version, d.content, (
    SELECT count(*) FROM writer t JOIN writer j ON j.branch = t.branch AND j.public_key IS NULL
    WHERE t.branch = w.branch AND t.public_key IS NOT NULL AND t.revoked_at IS NULL
        AND t.registered_at < j.registered_at AND t.settled_epoch IS DISTINCT FROM m.value
) FROM writer w JOIN meta m ON m.name = 'epoch' LEFT JOIN campaign c ON c.id = %s LEFT JOIN LATERAL (
    SELECT content FROM reference_document WHERE name = 'campaigns/' || c.id || '.v' || c.version || '.toml'
    ORDER BY published_at DESC LIMIT 1
) d ON true WHERE w.name = %s AND w.public_key IS NOT NULL
"""


class Situation(NamedTuple):
    """Who asks, when, and for what. `status` and `campaign` None: there is no such campaign.

    `awaited`: after a restore, how many terminals of the branch have not yet shown all that they hold.
    """

    branch: str
    epoch: str
    now: datetime
    status: str | None
    version: int | None
    campaign: Campaign | None
    awaited: int


async def read_situation(connection: Connection, terminal: str, campaign: str) -> Situation:
    """The situation of a terminal that asks about a campaign. Raises ProblemError unknown-terminal, terminal-revoked.

    Terminals that were there before the present epoch began are awaited until a heartbeat says, in this epoch, that
    central holds all of their journal. When an epoch begins, central begins a new journal for the branch: that is the
    moment that counts.
    """
    cursor = await connection.execute(_SITUATION, (campaign, terminal))
    row = await cursor.fetchone()
    if row is None:
        raise ProblemError.unknown_terminal()
    branch, revoked, epoch, now, status, version, content, awaited = row
    if revoked:
        raise ProblemError("terminal-revoked")
    document = None if content is None else campaign_of(f"campaigns/{campaign}.v{version}.toml", cast(str, content))
    return Situation(
        cast(str, branch),
        cast(str, epoch),
        cast(datetime, now),
        cast(str | None, status),
        cast(int | None, version),
        document,
        cast(int, awaited),
    )


@lru_cache(maxsize=512)
def campaign_of(name: str, content: str) -> Campaign:
    """A published campaign, which was checked before it was published."""
    return read_campaign(name, content)
