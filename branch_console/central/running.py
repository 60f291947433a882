"""What a grant depends on, read in one query: who asks, in which epoch, and the campaign as it stands."""

from collections.abc import Iterable
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
), EXISTS (SELECT FROM hold WHERE id = %(hold)s::uuid), EXISTS (
    SELECT FROM person_fact WHERE person = ANY(%(keys)s) AND name = 'open_hold' AND value = 'true'
), EXISTS (SELECT FROM claim_offset WHERE key = ANY(%(keys)s) AND used_for IS NULL)
FROM writer w JOIN meta m ON m.name = 'epoch' LEFT JOIN campaign c ON c.id = %(campaign)s LEFT JOIN LATERAL (
    SELECT content FROM reference_document WHERE name = 'campaigns/' || c.id || '.v' || c.version || '.toml'
    ORDER BY published_at DESC LIMIT 1
) d ON true WHERE w.name = %(terminal)s AND w.public_key IS NOT NULL
"""


class Situation(NamedTuple):
    """Who asks, when, and for what. `status` and `campaign` None: there is no such campaign.

    `awaited`: after a restore, how many terminals of the branch have not yet shown all that they hold. `known`: there
    is a hold of this id. `risky`: a risk hold is open on the person. `owing`: an earlier duplicate of the person may
    have to be paid for.
    """

    branch: str
    epoch: str
    now: datetime
    status: str | None
    version: int | None
    campaign: Campaign | None
    awaited: int
    known: bool
    risky: bool
    owing: bool


async def read_situation(
    connection: Connection, terminal: str, campaign: str = "", *, hold: str | None = None, keys: Iterable[str] = ()
) -> Situation:
    """The situation of a terminal that asks about a campaign, for a hold and a person known by `keys`.

    Raises ProblemError unknown-terminal, terminal-revoked.

    Terminals that were there before the present epoch began are awaited until a heartbeat says, in this epoch, that
    central holds all of their journal. When an epoch begins, central begins a new journal for the branch: that is the
    moment that counts.
    """
    named = {"campaign": campaign, "terminal": terminal, "hold": hold, "keys": list(keys)}
    cursor = await connection.execute(_SITUATION, named)
    row = await cursor.fetchone()
    if row is None:
        raise ProblemError.unknown_terminal()
    branch, revoked, epoch, now, status, version, content, awaited, *flags = row
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
        *cast(list[bool], flags),
    )


@lru_cache(maxsize=512)
def campaign_of(name: str, content: str) -> Campaign:
    """A published campaign, which was checked before it was published."""
    return read_campaign(name, content)
