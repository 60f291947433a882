"""Claims by right in PostgreSQL, kept by the transaction that stores the entries, and the queue of those to rule on.

One statement for all claims of a batch. Whoever rules is woken when the transaction commits; a push never waits for
it, because the queue only grows here.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

import orjson

from branch_console.central.database import Connection
from branch_console.rules.gifts.states import ClaimState
from branch_console.rules.journal import parse_at

WAKE = "gift"
"""The channel on which those who rule are woken."""
BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")
"""In which campaigns and their windows are dated, wherever a branch is."""

_MOST = 2**31 - 1  # of PostgreSQL's integer: what is more names no version, and must not stop a push

_MIRROR = """
WITH claims AS (
    SELECT * FROM jsonb_to_recordset(%(claims)s) AS c (
        claim uuid, terminal text, staff text, campaign text, version integer, rule_hash text, keys jsonb,
        right_kind text, right_id text, right_epoch text, status text, uses_right boolean, quantity integer,
        on_day date, value_fen bigint, cost_fen bigint, number text, outcome text, person text, waits boolean)
), written AS (
    INSERT INTO claim_right AS r (claim, branch, terminal, staff, campaign, version, rule_hash, keys, right_kind,
        right_id, right_epoch, status, uses_right, quantity, on_day, value_fen, cost_fen, number, outcome)
    SELECT claim, %(branch)s, terminal, staff, campaign, version, rule_hash, keys, right_kind,
        right_id, right_epoch, status, uses_right, quantity, on_day, value_fen, cost_fen, number, outcome FROM claims
    ON CONFLICT (claim) DO UPDATE SET terminal = excluded.terminal, staff = excluded.staff,
        campaign = excluded.campaign, version = excluded.version, rule_hash = excluded.rule_hash, keys = excluded.keys,
        right_kind = excluded.right_kind, right_id = excluded.right_id, right_epoch = excluded.right_epoch,
        status = excluded.status, uses_right = excluded.uses_right, quantity = excluded.quantity,
        on_day = excluded.on_day, value_fen = excluded.value_fen, cost_fen = excluded.cost_fen,
        number = excluded.number, outcome = excluded.outcome, updated_at = now()
    WHERE r.branch = excluded.branch
), named AS (
    INSERT INTO claim_right_key (scope, key, claim)
    SELECT k.key, k.value, claim FROM claims, jsonb_each_text(keys) AS k ON CONFLICT DO NOTHING
), unnamed AS (
    DELETE FROM claim_right_key o USING claims c WHERE o.claim = c.claim AND c.keys = '{}'
), queued AS (
    INSERT INTO claim_queue (branch, claim, campaign, person)
    SELECT %(branch)s, claim, campaign, person FROM claims WHERE waits RETURNING 1
)
SELECT pg_notify(%(wake)s, '') FROM queued LIMIT 1
"""


class Changed(NamedTuple):
    """A claim that changed; `waits`: somebody must look whether there is something to rule."""

    claim: str
    state: ClaimState
    waits: bool


def business_day(at: str) -> date:
    """The business date of a moment as it stands in an entry."""
    moment = parse_at(at)
    try:
        return moment.astimezone(BUSINESS_ZONE).date()
    except OverflowError:  # the first or last day that there is
        return moment.date()


def person_of(state: ClaimState, claim: str) -> str:
    """Whose claims are ruled on one after the other: the document, else the phone, else any key."""
    keys = state.keys
    return keys.get("person") or keys.get("phone") or min(keys.values(), default=claim)


async def mirror_claims(connection: Connection, branch: str, states: Mapping[str, object], *, by_central: bool) -> None:
    """Write the changed claims, by subject. What central itself wrote makes nothing to rule."""
    changed = [
        Changed(subject.partition("/")[2], state, not by_central and state.status != "reserved")
        for subject, state in states.items()
        if isinstance(state, ClaimState) and state.campaign
    ]
    if changed:
        claims = orjson.dumps([_row(each) for each in changed]).decode()
        await connection.execute(_MIRROR, {"branch": branch, "claims": claims, "wake": WAKE})


def _row(changed: Changed) -> dict[str, object]:
    state = changed.state
    return {
        "claim": changed.claim,
        "terminal": state.terminal,
        "staff": state.staff,
        "campaign": state.campaign,
        "version": min(state.version, _MOST),
        "rule_hash": state.rule_hash,
        "keys": state.keys,
        "right_kind": state.right_kind,
        "right_id": state.right_id,
        "right_epoch": state.right_epoch,
        "status": state.status,
        "uses_right": state.uses_right,
        "quantity": state.quantity,
        "on_day": business_day(state.handed_over_at or state.started_at),
        "value_fen": state.value_fen,
        "cost_fen": state.cost_fen,
        "number": state.receipt_number,
        "outcome": state.outcome,
        "person": person_of(state, changed.claim),
        "waits": changed.waits,
    }
