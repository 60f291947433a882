"""Entitlements: one reward for one person, owned by the person's home branch, which may hand it over even offline.

Issued to whom the imported facts say so, with all counters taken at once, so that redeeming needs none. Each person
gets at most one of a campaign, ever; nobody gets one whose home branch is not known.
"""

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple, cast

from psycopg.types.json import Jsonb

from branch_console.central.caps import At, MissingKey, Use, right_uses, take, total_uses, uses_json
from branch_console.central.database import Connection
from branch_console.central.facts import Facts
from branch_console.central.leasing import recovering
from branch_console.central.person_book import read_books
from branch_console.central.publish import Act, publish, uuid7
from branch_console.rules.canonical import Json, canonical
from branch_console.rules.eligibility.book import SHANGHAI, FactBook
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.compiled import compile_campaign
from branch_console.rules.journal import Data
from branch_console.rules.reference import Reference
from branch_console.security.signing import sign

AT_ONCE = 100
"""People looked at before claims are ruled on again."""
_COUNTED_ELSEWHERE = {"staff", "terminal"}  # caps on whoever hands it over, whom nobody knows yet

_PEOPLE = """
SELECT DISTINCT p.person FROM person_fact p
WHERE p.kind = %(kind)s AND starts_with(p.person, %(keys)s) AND p.person > %(after)s
    AND p.import > %(since)s AND p.import <= %(until)s
    AND NOT EXISTS (SELECT FROM entitlement e WHERE e.campaign = %(campaign)s AND e.key = p.person)
ORDER BY p.person LIMIT %(limit)s
"""
_IMPORTED = """
SELECT v.entitled_import, (SELECT coalesce(max(id), 0) FROM fact_import) FROM campaign_version v
WHERE v.id = %s AND v.version = %s
"""
_DONE = "UPDATE campaign_version SET entitled_import = %s WHERE id = %s AND version = %s AND entitled_import < %s"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7201501115)), (SELECT value FROM meta WHERE name = 'epoch')"
_HAS = """
SELECT (SELECT count(*) FROM entitlement WHERE campaign = %(campaign)s AND key = %(person)s),
    (SELECT count(*) FROM branch WHERE code = %(branch)s)
"""
_ADD = """
INSERT INTO entitlement (id, campaign, version, branch, scope, key, uses, epoch, expires_on, status)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, 'open')
"""


@dataclasses.dataclass(slots=True)
class Issuing:
    """How far one process has come, by campaign and version: the last person looked at, and up to which import."""

    at: dict[tuple[str, int], tuple[str, int]] = dataclasses.field(default_factory=dict)


class _Person(NamedTuple):
    key: str
    branch: str
    uses: list[Use]


async def issue_entitlements(
    connection: Connection,
    facts: Facts,
    campaign: Campaign,
    branches: Sequence[str] | None,
    issuing: Issuing,
    reference: Reference,
) -> bool:
    """Look at the next people whose facts have come since; whether there may be more."""
    scopes = {cap.scope for cap in campaign.caps}
    if not campaign.offline.entitlements or scopes & _COUNTED_ELSEWHERE or await recovering(connection):
        return False
    name = (campaign.id, campaign.version)
    since, newest = cast(tuple[int, int], await (await connection.execute(_IMPORTED, name)).fetchone())
    after, until = issuing.at.get(name, ("", newest))
    if since >= until:
        return False
    newest_key = max(map(int, facts.tenant_keys))  # the same person stands under every version of the tenant's key
    who = {"kind": campaign.identity, "keys": f"k{newest_key}:", "after": after, "limit": AT_ONCE}
    named = {**who, "since": since, "until": until, "campaign": campaign.id}
    people = [cast(str, person) for (person,) in await (await connection.execute(_PEOPLE, named)).fetchall()]
    if not people:
        issuing.at.pop(name, None)
        await connection.execute(_DONE, (until, *name, until))
        return False
    issuing.at[name] = (people[-1], until)
    for person in await _eligible(connection, campaign, people, branches):
        async with connection.transaction():
            await _issue(connection, facts, campaign, person, reference)
    return True


async def _eligible(
    connection: Connection, campaign: Campaign, people: list[str], branches: Sequence[str] | None
) -> list[_Person]:
    """Who of them may have it by what central knows, evaluated as every check is."""
    now = datetime.now(UTC)
    compiled = compile_campaign(campaign)
    found = []
    scope = campaign.right_scope("person")
    for key, raw in (await read_books(connection, campaign, people, now)).items():
        home = raw.get("branch")
        if home is None or (branches is not None and home.value not in branches):
            continue
        if compiled.fast(FactBook(raw, now)) is not True:
            continue
        uses = right_uses(campaign, {scope: key}, At(home.value, "", ""), now.astimezone(SHANGHAI).date())
        if not isinstance(uses, MissingKey):
            found.append(_Person(key, home.value, uses + total_uses(campaign)))
    return found


async def _issue(
    connection: Connection, facts: Facts, campaign: Campaign, person: _Person, reference: Reference
) -> None:
    """Take the counters and issue it, in the caller's transaction; nothing happens if the right is not there."""
    locked = await (await connection.execute(_LOCK, (f"{campaign.id}|{person.key}",))).fetchone()
    about = {"campaign": campaign.id, "person": person.key, "branch": person.branch}
    has = await (await connection.execute(_HAS, about)).fetchone()
    if locked is None or has != (0, 1) or await take(connection, person.uses) is not None:
        return
    name, scope, epoch = uuid7(), campaign.right_scope("person"), cast(str, locked[1])
    granted = (Jsonb(uses_json(person.uses)), epoch, campaign.runs.ends)
    await connection.execute(_ADD, (name, campaign.id, campaign.version, person.branch, scope, person.key, *granted))
    subject = f"entitlement/{name}"
    said: Data = {
        "campaign": campaign.id,
        "version": campaign.version,
        "keys": {scope: person.key},
        "skus": list(campaign.skus),
        "value_fen": campaign.unit_value_fen,
        "expires_on": campaign.runs.ends.isoformat(),
        "home_branch": person.branch,
        "epoch": epoch,
    }
    signed: Json = {**said, "subject": subject}
    said["signature"] = sign(facts.signing_seed, canonical(signed))
    await publish(connection, person.branch, [Act("entitlement.issued", subject, said)], reference)
