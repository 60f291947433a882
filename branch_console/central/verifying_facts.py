"""Facts that staff saw on a customer's phone, compared with what the wallet's books say, once these are as new."""

import json
from datetime import UTC, datetime
from typing import Literal, NamedTuple, TypeAlias, cast

from psycopg.types.json import Jsonb

from branch_console.central.database import Connection
from branch_console.central.publish import Act, publish
from branch_console.rules.gifts.rights import ATTESTATION
from branch_console.rules.gifts.states import AttestationState
from branch_console.rules.journal import parse_at
from branch_console.rules.reference import Reference

Finding: TypeAlias = Literal["confirmed", "contradicted"]

_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_ADD = """
INSERT INTO attestation (branch, id, fact, keys, value, seen_at) VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
_COMPARABLE = """
SELECT DISTINCT ON (a.branch, a.id) a.branch, a.id::text, a.value, a.seen_at, p.value, p.as_of FROM attestation a
JOIN person_fact p ON p.name = a.fact AND p.person IN (SELECT k.value FROM jsonb_each_text(a.keys) AS k)
WHERE a.outcome IS NULL ORDER BY a.branch, a.id, p.as_of DESC
"""


class Comparable(NamedTuple):
    """What was seen and when, and what the books say and as of when."""

    branch: str
    id: str
    seen: str
    seen_at: datetime
    booked: object
    as_of: datetime


async def note_attestation(connection: Connection, branch: str, name: str) -> bool:
    """A terminal has written of an attested fact: keep it to be compared, in the caller's transaction.

    Returns whether there is anything to compare.
    """
    cursor = await connection.execute(
        "SELECT state FROM state WHERE branch = %s AND subject = %s AND state IS NOT NULL",
        (branch, f"attestation/{name}"),
    )
    row = await cursor.fetchone()
    state = AttestationState() if row is None else ATTESTATION.load(cast(bytes, row[0]))
    if not state.fact or state.outcome is not None:
        return False
    seen_at = _moment(state.seen_at) or _moment(state.at) or _EARLIEST
    await connection.execute(_ADD, (branch, name, state.fact, Jsonb(state.keys), state.value, seen_at))
    return True


def _moment(at: str) -> datetime | None:
    """An aware moment that any database can hold; None for anything else."""
    try:
        moment = parse_at(at)
        return moment if moment.tzinfo is not None and _EARLIEST <= moment <= _LATEST else None
    except ValueError:
        return None


async def verify_facts(connection: Connection, reference: Reference) -> int:
    """Publish what can be said of attested facts by now; return of how many. One transaction each."""
    cursor = await connection.execute(_COMPARABLE)
    found = 0
    for each in [
        Comparable(*cast(tuple[str, str, str, datetime, object, datetime], row)) for row in await cursor.fetchall()
    ]:
        outcome = compare(each)
        if outcome is None:
            continue
        async with connection.transaction():
            changed = await connection.execute(
                "UPDATE attestation SET outcome = %s WHERE branch = %s AND id = %s AND outcome IS NULL",
                (outcome, each.branch, each.id),
            )
            if changed.rowcount:
                value = json.dumps(each.booked, ensure_ascii=False)
                said = value if len(value) <= 2000 else None
                act = Act("fact.verified", f"attestation/{each.id}", {"outcome": outcome, "value": said})
                await publish(connection, each.branch, [act], reference)
                found += 1
    return found


def compare(each: Comparable) -> Finding | None:
    """What the books say of what was seen. Books that are older can confirm it, but not contradict it: then None.

    Of a list (payments, referrals) what was seen may be a part, and of a payment a phone shows amount and day only.
    """
    try:
        seen = json.loads(each.seen)
    except ValueError:
        seen = each.seen
    if isinstance(seen, list) and isinstance(each.booked, list):
        right = all(any(_same(item, booked) for booked in each.booked) for item in seen)
    else:
        right = type(seen) is type(each.booked) and seen == each.booked
    if right:
        return "confirmed"
    return "contradicted" if each.as_of >= each.seen_at else None


def _same(seen: object, booked: object) -> bool:
    """Whether one item of a list is the other; what was left empty when it was seen says nothing."""
    if isinstance(seen, dict) and isinstance(booked, dict):
        return seen.keys() == booked.keys() and all(value in {"", booked[name]} for name, value in seen.items())
    return seen == booked
