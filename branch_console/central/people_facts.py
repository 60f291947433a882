"""What central knows of a person whose keys a terminal holds: imported facts, and claims of all branches.

Nothing here is logged, and no number is known here: people are keyed hashes.
"""

from datetime import date, datetime
from typing import NamedTuple, cast

from branch_console.central.clocks import now_text
from branch_console.central.database import Connection
from branch_console.central.offsets import owing_of
from branch_console.central.regions import region_of
from branch_console.central.running import read_situation
from branch_console.rules.journal import format_at
from branch_console.sync.wire_gifts import ClaimItem, FactItem, PersonAnswer

_FACTS = """
SELECT DISTINCT ON (name) name, value, as_of FROM person_fact WHERE person = ANY(%s)
ORDER BY name, as_of DESC, array_position(%s, person)
"""
_CLAIMS = """
SELECT k.scope, r.campaign, r.on_day, b.code, b.region, coalesce(r.number, '')
FROM claim_right_key k JOIN claim_right r ON r.claim = k.claim JOIN branch b ON b.code = r.branch
WHERE k.key = ANY(%s) AND r.uses_right ORDER BY r.on_day, r.claim LIMIT 2000
"""


class Asked(NamedTuple):
    """By which keys the terminal knows the person. `person` is what a campaign recognises people by."""

    person: str
    phone: str | None
    wallet: str | None


async def read_person(connection: Connection, terminal: str, asked: Asked) -> PersonAnswer:
    """Facts and claims of a person, for a terminal in service. Raises ProblemError.

    The person's key may be that of the phone, where a campaign recognises people by it: then nothing is said about
    claims by document, which may be many. Of a fact that is known by several keys the newest counts.
    """
    await read_situation(connection, terminal)
    by_scope = {"person": asked.person, "phone": asked.phone, "wallet": asked.wallet}
    if asked.person == asked.phone:
        del by_scope["person"]
    keys = list({key for key in by_scope.values() if key is not None})
    facts = await (await connection.execute(_FACTS, (keys, keys))).fetchall()
    claims: dict[str, list[ClaimItem]] = {scope: [] for scope, key in by_scope.items() if key is not None}
    rows = await (await connection.execute(_CLAIMS, (keys,))).fetchall()
    for scope, campaign, day, code, region, number in cast(list[tuple[str, str, date, str, str, str]], rows):
        if scope in claims:
            claims[scope].append(_claim(campaign, day, region_of(code, region), number))
    return PersonAnswer(
        facts=[
            FactItem(name=name, value=value, as_of=format_at(as_of), source="server")
            for name, value, as_of in cast(list[tuple[str, object, datetime]], facts)
        ],
        claims=claims,
        owing=await owing_of(connection, {scope: key for scope, key in by_scope.items() if key is not None}),
        server_time=now_text(),
    )


def _claim(campaign: str, day: date, region: str, number: str) -> ClaimItem:
    """One claim is one reward."""
    return ClaimItem(campaign=campaign, on=day.isoformat(), quantity=1, branch=region, number=number)
