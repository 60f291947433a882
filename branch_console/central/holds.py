"""Holds: the right to one reward, kept for one customer while the terminal hands it over.

Everything a hold takes it takes in one transaction, or nothing. It is idempotent by the claim's id. How it ends:
hold_ends.py.
"""

import hashlib
from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from psycopg.types.json import Jsonb

from branch_console.central.caps import (
    BUDGET,
    QUANTITY,
    At,
    MissingKey,
    Use,
    right_uses,
    take_or_abort,
    total_uses,
    uses_json,
)
from branch_console.central.database import Connection
from branch_console.central.entitlement_moves import take_over
from branch_console.central.hold_ends import Held, lock_hold
from branch_console.central.offsets import open_offset, settle_offset
from branch_console.central.problems import ProblemError, retry_after
from branch_console.central.publish import publish
from branch_console.central.regions import region_of
from branch_console.central.running import Situation, read_situation
from branch_console.rules.canonical import Json, canonical
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.windows import window_id
from branch_console.rules.journal import format_at
from branch_console.rules.reference import Reference
from branch_console.sync.wire_gifts import HoldAnswer, HoldRefusal, HoldRequest

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")
RUNNING = "running"

_RECOVERING_SECONDS = 30
_ADD = """
INSERT INTO hold (id, branch, terminal, staff, campaign, version, request, person, keys, uses, on_day, state, epoch,
    expires_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'held', %s, %s) ON CONFLICT DO NOTHING
"""
_SET_OFF = "UPDATE hold SET state = 'set_off', ended_at = now() WHERE id = %s"
_EARLIER = """
SELECT found.on_day, b.code, b.region FROM (
    SELECT r.branch, r.on_day FROM claim_right_key k JOIN claim_right r ON r.claim = k.claim
    WHERE k.key = %(key)s AND k.scope = %(scope)s AND r.campaign = %(campaign)s AND r.uses_right
    UNION ALL
    SELECT branch, on_day FROM hold WHERE person = %(key)s AND campaign = %(campaign)s AND state = 'held'
        AND id <> %(id)s
) found JOIN branch b ON b.code = found.branch ORDER BY found.on_day LIMIT 1
"""


async def grant_hold(connection: Connection, terminal: str, request: HoldRequest) -> HoldAnswer | ProblemError:
    """Take the right, in the caller's transaction, or say again what was said.

    Raises ProblemError for a refusal that changes nothing. Returns one that must be committed: the right was there,
    and was used up to pay for a duplicate that this person had before.
    """
    keys = {str(scope): key for scope, key in request.keys.items()}
    situation = await read_situation(connection, terminal, request.campaign, hold=request.id, keys=keys.values())
    if situation.known:
        return await _again(connection, terminal, request)
    if situation.awaited:
        raise ProblemError("recovering", headers=retry_after(_RECOVERING_SECONDS), awaited=situation.awaited)
    campaign = _checked(situation, request)
    uses = right_uses(campaign, keys, At(situation.branch, terminal, request.staff), request.on)
    if isinstance(uses, MissingKey):
        raise _refused("key-missing", scope=uses.scope)
    uses += total_uses(campaign)
    moved = None
    if campaign.offline.entitlements:  # the branch's own right, used online: what it took is taken over
        moved = await take_over(connection, campaign, keys, "used_online", home=situation.branch)
        uses = uses if moved is None else moved.uses
    if situation.risky:
        raise _refused("fact-hold")
    expires_at = situation.now + timedelta(minutes=campaign.hold_minutes)
    person = keys.get(_person_scope(campaign), "")
    values = (request.id, situation.branch, terminal, request.staff, campaign.id, request.version, _digest(request))
    more = (person, Jsonb(keys), Jsonb(uses_json(uses)), request.on, situation.epoch, expires_at)
    added = await connection.execute(_ADD, (*values, *more))
    if added.rowcount == 0:  # the same request, twice at the same time: the other one was first
        return await _again(connection, terminal, request)
    if moved is not None:
        await publish(connection, moved.branch, [moved.act], Reference())
        return _answer(request.id, "held", expires_at, situation.epoch)
    refused = await take_or_abort(connection, uses)  # nearly always the last statement
    if refused is not None:
        raise await _why(connection, campaign, refused.use, request)
    offset = await open_offset(connection, campaign, keys) if situation.owing else None
    if offset is not None:
        await settle_offset(connection, offset, request.id)
        await connection.execute(_SET_OFF, (request.id,))
        return _refused("set-off")
    return _answer(request.id, "held", expires_at, situation.epoch)


async def _again(connection: Connection, terminal: str, request: HoldRequest) -> HoldAnswer:
    """The answer to a repeated request, and to one that comes after its own release."""
    known = cast(Held, await lock_hold(connection, request.id))
    if known.terminal != terminal or known.request not in {"", _digest(request)}:
        raise _refused("id-taken")
    if known.state == "set_off":
        raise _refused("set-off")
    if known.state not in {"held", "consumed"}:
        raise _refused("hold-over", state=known.state)
    return _answer(request.id, known.state, known.expires_at, known.epoch)


def _checked(situation: Situation, request: HoldRequest) -> Campaign:
    """The campaign, which must run, in the version that the terminal decided by."""
    campaign = situation.campaign
    if campaign is None or situation.status != RUNNING:
        raise _refused("campaign-not-running", campaign_status=situation.status or "unknown")
    if (request.version, request.rule_hash) != (campaign.version, campaign.rule_hash):
        raise _refused("campaign-version", version=campaign.version)
    if abs(request.on - situation.now.astimezone(BUSINESS_ZONE).date()) > timedelta(days=1):
        raise _refused("wrong-day", today=situation.now.astimezone(BUSINESS_ZONE).date().isoformat())
    if not campaign.runs_on(request.on):
        raise _refused(
            "campaign-not-running", campaign_status="announced" if request.on < campaign.runs.starts else "ended"
        )
    return campaign


async def _why(connection: Connection, campaign: Campaign, use: Use, request: HoldRequest) -> ProblemError:
    """What to say of the counter that had not enough left."""
    if use.scope in {QUANTITY, BUDGET}:
        return _refused("quantity-exhausted" if use.scope == QUANTITY else "budget-exhausted")
    if use.scope == _person_scope(campaign) and use.cap == 1:
        named = {"key": use.key, "scope": use.scope, "campaign": campaign.id, "id": request.id}
        earlier = await (await connection.execute(_EARLIER, named)).fetchone()
        if earlier is not None:
            day, code, region = cast(tuple[date, str, str], earlier)
            return _refused("already-claimed", on=day.isoformat(), region=region_of(code, region))
    window = next(
        each.window
        for each in campaign.caps
        if each.scope == use.scope and window_id(each.window, request.on) == use.window
    )
    return _refused("cap-reached", scope=use.scope, window=window)


def _person_scope(campaign: Campaign) -> str:
    return campaign.right_scope("person")


def _digest(request: HoldRequest) -> str:
    """What tells this request from another one under the same id."""
    return hashlib.sha256(canonical(cast(Json, request.model_dump(mode="json")))).hexdigest()


def _answer(hold: str, state: str, expires_at: datetime, epoch: str) -> HoldAnswer:
    return HoldAnswer.model_validate({"id": hold, "state": state, "expires_at": format_at(expires_at), "epoch": epoch})


def _refused(reason: HoldRefusal, **members: object) -> ProblemError:
    return ProblemError("hold-refused", reason, headers=None, reason=reason, **members)
