"""Members of the filter of who has claimed: taken from the mirror of claims, in the order in which they are committed.

A sequence is taken under one lock, which is held until the members that belong to it are committed, so that whoever
has seen a sequence has seen everything up to it. Sequences begin at the clock's milliseconds, so that a restored
database does not use one twice.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import LiteralString, cast

from branch_console.central.clocks import now
from branch_console.central.database import Connection
from branch_console.central.facts import Facts
from branch_console.central.running import campaign_of
from branch_console.security.claimed import INSIDERS, ClaimedError, Hasher
from branch_console.security.keys import unb64url

_COLLECTING = 7_201_501_115  # advisory lock
_AT_ONCE = 50_000
_OFFSET = 1 << 63  # members are unsigned, PostgreSQL's integers are not

_NEW = """
SELECT EXISTS (
    SELECT FROM claim_right_key k JOIN claim_right r ON r.claim = k.claim WHERE NOT k.noted AND r.uses_right
) OR EXISTS (
    SELECT FROM person_fact WHERE name = 'insider' AND value = 'true'
        AND import > coalesce((SELECT value::bigint FROM meta WHERE name = 'claimed_import'), 0)
)
"""
_TAKE = """
UPDATE claim_right_key k SET noted = true FROM claim_right r
WHERE r.claim = k.claim AND NOT k.noted AND r.uses_right RETURNING r.campaign, k.scope, k.key
"""
_TAKE_INSIDERS = """
SELECT person, import FROM person_fact WHERE name = 'insider' AND value = 'true'
    AND import > coalesce((SELECT value::bigint FROM meta WHERE name = 'claimed_import'), 0)
"""
_LAST = """
SELECT greatest((SELECT max(sequence) FROM claimed_member), (SELECT max(sequence) FROM claimed_filter), 0)
"""
_CAMPAIGNS = "SELECT DISTINCT name, content FROM reference_document WHERE name LIKE 'campaigns/%'"
_ALL = """
SELECT r.campaign, k.scope, k.key FROM claim_right_key k JOIN claim_right r ON r.claim = k.claim WHERE r.uses_right
UNION ALL SELECT %s, 'person', person FROM person_fact WHERE name = 'insider' AND value = 'true'
"""


_SINCE = """
SELECT DISTINCT member FROM claimed_member WHERE sequence > %s AND sequence <= %s LIMIT %s
"""

_Row = tuple[str, str, str]
_Scopes = Mapping[str, set[str]]


async def collect(connection: Connection, facts: Facts) -> int:
    """Give a sequence to what has been claimed since the last time, in the caller's transaction; return the last."""
    if await _value(connection, _NEW):
        await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_COLLECTING,))
        rows = cast(list[_Row], await (await connection.execute(_TAKE)).fetchall())
        insiders = cast(list[tuple[str, int]], await (await connection.execute(_TAKE_INSIDERS)).fetchall())
        rows += [(INSIDERS, "person", person) for person, _import in insiders]
        sequence = max(await _last(connection) + 1, int(now().timestamp() * 1000))
        members = _members(_hasher(facts), rows, await _scopes(connection))
        async with connection.cursor() as cursor:
            await cursor.executemany(
                "INSERT INTO claimed_member (sequence, member) VALUES (%s, %s)",
                [(sequence, member - _OFFSET) for member in sorted(members)],
            )
        if insiders:
            await connection.execute(
                "INSERT INTO meta (name, value) VALUES ('claimed_import', %s)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (str(max(number for _person, number in insiders)),),
            )
    return await _last(connection)


async def members_between(connection: Connection, since: int, sequence: int, limit: int) -> list[int]:
    """What was given a sequence after `since`, up to `sequence`; at most `limit` of it."""
    cursor = await connection.execute(_SINCE, (since, sequence, limit), binary=True)
    return [cast(int, member) + _OFFSET for (member,) in await cursor.fetchall()]


async def all_members(connection: Connection, facts: Facts) -> set[int]:
    """Everybody who has a claim that stands, and the insiders."""
    members: set[int] = set()
    hasher, scopes = _hasher(facts), await _scopes(connection)
    async with connection.cursor("claimed") as cursor:
        await cursor.execute(_ALL, (INSIDERS,))
        while rows := cast(list[_Row], await cursor.fetchmany(_AT_ONCE)):
            members |= await asyncio.to_thread(_members, hasher, rows, scopes)
    return members


async def _last(connection: Connection) -> int:
    return cast(int, await _value(connection, _LAST))


async def _value(connection: Connection, statement: LiteralString) -> object:
    row = await (await connection.execute(statement)).fetchone()
    return None if row is None else row[0]


async def _scopes(connection: Connection) -> _Scopes:
    """By which keys the campaigns recognise people, in any of their versions."""
    scopes: defaultdict[str, set[str]] = defaultdict(set)
    cursor = await connection.execute(_CAMPAIGNS)
    for name, content in cast(list[tuple[str, str]], await cursor.fetchall()):
        campaign = campaign_of(name, content)
        scopes[campaign.id].add(campaign.right_scope("person"))
    return scopes


def _hasher(facts: Facts) -> Hasher:
    return Hasher({version: unb64url(key) for version, key in facts.tenant_keys.items()})


def _members(hasher: Hasher, rows: Iterable[_Row], scopes: _Scopes) -> set[int]:
    """The members that these claims make; what is no key of this tenant can be asked for by nobody."""
    members = set()
    for campaign, scope, key in rows:
        if campaign != INSIDERS and scope not in scopes.get(campaign, ("person", "phone")):
            continue
        try:
            members.add(hasher.member(campaign, key))
        except ClaimedError:
            continue
    return members
