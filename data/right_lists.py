"""Rights that this branch owns, what was attested, and how campaigns stand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Row

from data.moments import day_of, ms_of
from data.reading import Reading

_LEASES = """
SELECT l.subject, l.campaign, l.quantity, l.unit_cost_fen, l.epoch, l.expires_at, l.expires_ms, l.status, l.used, (
    SELECT count(*) FROM claim_row AS c
    WHERE c.right_id = substr(l.subject, 7) AND c.right_kind = 'lease' AND c.status <> 'released'
      AND (c.status <> 'reserved' OR c.expires_ms > :now)
) AS taken
FROM lease_row AS l
WHERE l.terminal = :terminal AND l.status IN ('open', 'recalled')
ORDER BY l.granted_at
"""
_ENTITLEMENTS = """
SELECT DISTINCT e.subject, e.campaign, e.version, e.keys, e.skus, e.value_fen, e.expires_on, e.home_branch, e.epoch,
    e.signature
FROM json_each(:keys) AS wanted
JOIN entitlement_key AS k ON k.key = wanted.value ->> 1 AND k.scope = wanted.value ->> 0
JOIN entitlement_row AS e ON e.id = k.entitlement
WHERE e.status = 'open' AND e.expires_on >= :day AND NOT EXISTS (
    SELECT 1 FROM claim_row AS c
    WHERE c.right_id = substr(e.subject, 13) AND c.right_kind = 'entitlement'
      AND c.status <> 'released' AND (c.status <> 'reserved' OR c.expires_ms > :now)
)
ORDER BY e.expires_on, e.id
"""
_ATTESTED = """
SELECT DISTINCT a.subject, a.fact, a.value, a.reference, a.seen_at, a.at, a.staff, a.terminal, a.outcome, a.true_value
FROM json_each(:keys) AS wanted
JOIN attestation_key AS k ON k.key = wanted.value ->> 1 AND k.scope = wanted.value ->> 0
JOIN attestation_row AS a ON a.id = k.attestation
WHERE a.day = :day
ORDER BY a.id
"""
_CAMPAIGNS = """
SELECT subject, campaign, status, version, approved_by, bound_count, bound_fen, left_count, left_fen, why, updated_at,
    (SELECT count(*) FROM claim_row AS c WHERE c.campaign = campaign_row.campaign AND c.day = :day)
FROM campaign_row
"""


class Lease(NamedTuple):
    """A lease of this terminal that has not ended. `id` is what a claim names as its right."""

    subject: str
    campaign: str
    quantity: int
    unit_cost_fen: int
    epoch: str
    expires_at: str
    status: str
    used: int
    expired: bool

    @property
    def id(self) -> str:
        """The lease's UUID."""
        return self.subject.partition("/")[2]

    @property
    def left(self) -> int:
        """How many rewards may still be taken under it; 0 once it is recalled or its time is over."""
        return max(0, self.quantity - self.used) if self.status == "open" and not self.expired else 0


class Entitlement(NamedTuple):
    """A right of one person that this branch owns and that nobody has used. `keys`: scope → keyed hash."""

    subject: str
    campaign: str
    version: int
    keys: dict[str, str]
    skus: list[str]
    value_fen: int
    expires_on: str
    home_branch: str
    epoch: str
    signature: str

    @property
    def id(self) -> str:
        """The entitlement's UUID: what a claim names as its right."""
        return self.subject.partition("/")[2]


class Attested(NamedTuple):
    """A fact that staff saw on the customer's phone. `value`, `true_value`: JSON; `outcome`: central's finding."""

    subject: str
    fact: str
    value: str
    reference: str
    seen_at: str
    at: str
    staff: str | None
    terminal: str
    outcome: str | None
    true_value: str | None


class CampaignHere(NamedTuple):
    """How a campaign stands, as central last said; `claims_today` counts those of this branch."""

    subject: str
    campaign: str
    status: str
    version: int
    approved_by: str
    bound_count: int | None
    bound_fen: int | None
    left_count: int | None
    left_fen: int | None
    why: str | None
    updated_at: str
    claims_today: int


def leases(source: Reading, now: datetime, campaign: str | None = None) -> list[Lease]:
    """This terminal's leases that have not ended, of all campaigns or of one; the oldest first."""
    values = {"terminal": source.identity.terminal, "now": ms_of(now)}
    with source.reading() as connection:
        rows = connection.exec_driver_sql(_LEASES, values).all()
    return [_lease(row, ms_of(now)) for row in rows if campaign in {None, row.campaign}]


def entitlements(source: Reading, keys: Mapping[str, str], now: datetime) -> list[Entitlement]:
    """The unused rights of whoever has one of these keys in its scope; what ends first first.

    A phone can be shared: whoever uses one compares `keys` in the scope that the campaign knows people by.
    """
    day = day_of(now, source.identity.zone)
    values = {"keys": orjson.dumps(list(keys.items())), "day": day, "now": ms_of(now)}
    with source.reading() as connection:
        rows = connection.exec_driver_sql(_ENTITLEMENTS, values).all()
    return [Entitlement._make((*row[:3], orjson.loads(row[3]), orjson.loads(row[4]), *row[5:])) for row in rows]


def attested(source: Reading, keys: Mapping[str, str], now: datetime) -> list[Attested]:
    """What was attested today about whoever has one of these keys in its scope; the oldest first."""
    values = {"keys": orjson.dumps(list(keys.items())), "day": day_of(now, source.identity.zone)}
    with source.reading() as connection:
        return [Attested(*row) for row in connection.exec_driver_sql(_ATTESTED, values)]


def campaigns(source: Reading, now: datetime, campaign: str | None = None) -> list[CampaignHere]:
    """How campaigns stand: all by their ids, or one."""
    values = {"day": day_of(now, source.identity.zone), "campaign": campaign}
    which = "WHERE campaign = :campaign" if campaign is not None else "ORDER BY campaign"
    with source.reading() as connection:
        return [CampaignHere(*row) for row in connection.exec_driver_sql(_CAMPAIGNS + which, values)]


def _lease(row: Row[Any], now_ms: int) -> Lease:
    used = row.taken if row.used is None else max(row.taken, row.used)
    return Lease._make((*row[:6], row.status, used, row.expires_ms <= now_ms))
