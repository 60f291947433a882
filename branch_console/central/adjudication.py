"""Central's ruling on claims: one claim, one transaction, under a lock of the person in the campaign.

Who is ruled on first and what the ruling is decides rulings.py; here are the counters, the rights and the journal.
Ruling, counters, published entry and queue change together or not at all, so that whoever dies in between leaves
nothing half done, and several may work side by side: one passes by a person whom another one works on.
"""

from dataclasses import dataclass, field
from typing import NamedTuple, cast

import psycopg
import structlog
from psycopg.types.json import Jsonb

from branch_console.central.caps import At, MissingKey, Use, give_back, right_uses, take, total_uses, uses_json
from branch_console.central.catalogue import Catalogue
from branch_console.central.claim_docket import Case, given_up, kept, need, read_docket
from branch_console.central.claim_mirror import business_day, person_of
from branch_console.central.claim_rights import Owned, owned_right, use_up
from branch_console.central.database import Connection
from branch_console.central.entitlement_moves import take_over
from branch_console.central.folding import DEFECTS
from branch_console.central.hold_ends import give_up
from branch_console.central.logs import where
from branch_console.central.offsets import add_offset, open_offset, settle_offset
from branch_console.central.precedents import duplicates_before, is_held, winner_of
from branch_console.central.publish import Act, publish
from branch_console.central.rulings import PERSONS, Policy, Refusal, Ruling, Waiting, in_order, rule
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.journal import Data
from branch_console.rules.reference import Reference

log = structlog.get_logger(__name__)

_NEXT = """
SELECT place, campaign, person FROM claim_queue q
WHERE place > %s AND EXISTS (SELECT FROM campaign_version v WHERE v.id = q.campaign AND v.approved_at IS NOT NULL)
ORDER BY place LIMIT 1
"""
PERSON_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 7201501115))"
_KEEP = """
INSERT INTO claim_ruling (claim, stage, branch, campaign, terminal, staff, outcome, why, excess, uses, lease)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


@dataclass(slots=True)
class Court:
    """What whoever rules goes by."""

    reference: Reference
    policy: Policy = field(default_factory=Policy)
    catalogue: Catalogue = field(default_factory=Catalogue)
    passed_by: set[tuple[str, str]] = field(default_factory=set)
    """Campaigns and persons to leave alone for a while: a ruling must wait, or failed through a defect."""


class WaitsForHoldError(Exception):
    """The right is held for a claim that has had nothing yet: when that ends, it shows whether this one stands."""


class _Taken(NamedTuple):
    """What a claim got of what it wanted; `moved`: the entitlement of another branch that it took over."""

    refusal: Refusal | None
    uses: list[Use]
    moved: tuple[str, Act] | None = None


async def adjudicate_next(connection: Connection, court: Court) -> bool:
    """Look at one claim that waits and do what it needs, in a transaction of its own; whether there was one."""
    after = 0
    while True:
        async with connection.transaction():
            row = await (await connection.execute(_NEXT, (after,))).fetchone()
            if row is None:
                return False
            after, campaign, person = cast(tuple[int, str, str], row)
            if (campaign, person) in court.passed_by:
                continue
            free = await (await connection.execute(PERSON_LOCK, (f"{campaign}|{person}",))).fetchone()
            if free != (True,):
                continue
            docket = await read_docket(connection, campaign, person)
            if not docket:
                continue
            try:
                async with connection.transaction():
                    await _look(connection, court, docket, campaign, person)
            except WaitsForHoldError:
                court.passed_by.add((campaign, person))
                continue
            except (*DEFECTS, psycopg.DataError, psycopg.IntegrityError) as error:
                log.error("ruling_failed", error=type(error).__name__, where=where(error), claim=docket[0].claim)
                court.passed_by.add((campaign, person))
                continue
            return True


async def adjudicate_all(connection: Connection, court: Court) -> int:
    """Look at every claim that waits; return how many."""
    court.passed_by.clear()
    count = 0
    while await adjudicate_next(connection, court):
        count += 1
    return count


async def _look(connection: Connection, court: Court, docket: list[Case], campaign: str, person: str) -> None:
    """Of the claims of one person: first give back what is free again, then rule on the one that comes first."""
    to_rule: list[Case] = []
    for case in docket:
        wanted = need(case, campaign, person)
        if wanted == "rule":
            to_rule.append(case)
            continue
        if wanted == "other_docket":
            await _requeue(connection, case)
        elif wanted == "give_back":
            await give_back(connection, list(kept(case.ruled)))
            await connection.execute("UPDATE claim_ruling SET given_back_at = now() WHERE claim = %s", (case.claim,))
        elif wanted == "release_hold":
            await give_up(connection, case.claim)
        await _done(connection, case)
        if wanted != "nothing":
            return
    if to_rule:
        await _rule_first(connection, court, to_rule)


async def _rule_first(connection: Connection, court: Court, cases: list[Case]) -> None:
    waiting = [_as_waiting(each, await owned_right(connection, each)) for each in cases]
    first = in_order(waiting, court.policy)[0]
    case = next(each for each in cases if each.claim == first.claim)
    state = case.state
    campaign = await court.catalogue.version(connection, state.campaign, state.version)
    other_rules = campaign is None or campaign.rule_hash != state.rule_hash
    campaign = campaign or cast(Campaign, await court.catalogue.newest(connection, state.campaign))
    right = await owned_right(connection, case, lock=True)
    at = At(case.branch, state.terminal, state.staff or "")
    day = business_day(state.handed_over_at or state.started_at)
    keys, key_missing = _all_keys(campaign, case, at)
    personal = right_uses(campaign, keys, at, day)
    assert not isinstance(personal, MissingKey)  # noqa: S101  _all_keys has filled them in
    claim = _as_waiting(case, right)
    claim = claim._replace(excess=claim.excess or key_missing or other_rules)
    taken = await _take(connection, case, campaign, right, personal)
    duplicates = await duplicates_before(connection, case, court.policy) if taken.refusal else 0
    ruling = rule(claim, taken.refusal, duplicates, court.policy)
    await _write(connection, court, case, campaign, ruling, taken, right)


async def _take(
    connection: Connection, case: Case, campaign: Campaign, right: Owned | None, personal: list[Use]
) -> _Taken:
    """Take what the claim needs. A gift that came back with its right open again needs nothing any more."""
    if right is not None:
        await use_up(connection, case, right)
    if given_up(case.state):
        await give_back(connection, [] if right is None else right.uses)
        return _Taken(None, [])
    if right is not None and not right.personal:
        return _Taken(None, right.uses)
    wanted = personal if right is not None else personal + total_uses(campaign)
    refused = await take(connection, wanted)
    if refused is None:
        offset = await open_offset(connection, campaign, case.state.keys)
        if offset is None:
            return _Taken(None, wanted)
        await settle_offset(connection, offset, case.claim)
        return _Taken(Refusal("person", set_off=True), wanted)
    return await _take_less(connection, case, campaign, refused.use.scope, personal)


async def _take_less(connection: Connection, case: Case, campaign: Campaign, scope: str, personal: list[Use]) -> _Taken:
    """What a claim gets that could not take everything: the right that the person has at another branch; or, where
    the campaign has run out, the person's own caps, because the person has had the reward."""
    if scope not in PERSONS:
        own = [each for each in personal if each.scope in PERSONS]
        return _Taken(Refusal(scope), own if await take(connection, own) is None else [])
    moved = await take_over(connection, campaign, case.state.keys, "claimed_elsewhere")
    if moved is None:
        if await is_held(connection, campaign, case):
            raise WaitsForHoldError
        return _Taken(Refusal(scope), [])
    return _Taken(None, moved.uses, (moved.branch, moved.act))


async def _write(
    connection: Connection,
    court: Court,
    case: Case,
    campaign: Campaign,
    ruling: Ruling,
    taken: _Taken,
    right: Owned | None,
) -> None:
    """Keep the ruling, tell the branch, take the claim from the queue."""
    state = case.state
    if ruling.outcome == "duplicate_offset":
        await add_offset(connection, campaign, state.keys, case.claim)
    winner = await winner_of(connection, case) if ruling.outcome != "confirmed" else None
    lease = state.right_id if right is not None and right.kind == "lease" else None
    about = (case.claim, case.stage, case.branch, state.campaign, state.terminal, state.staff)
    said = (ruling.outcome, ruling.why, ruling.excess, Jsonb(uses_json(taken.uses)), lease)
    await connection.execute(_KEEP, (*about, *said))
    await _done(connection, case)
    data: Data = {"outcome": ruling.outcome, "why": ruling.why, "winner": winner, "excess": ruling.excess}
    acts = [(case.branch, Act("claim.adjudicated", f"claim/{case.claim}", data))]
    if taken.moved is not None:
        acts.append(taken.moved)
    for branch, act in sorted(acts, key=lambda each: each[0]):  # everybody who writes to two branches locks them so
        await publish(connection, branch, [act], court.reference)


def _as_waiting(case: Case, right: Owned | None) -> Waiting:
    state = case.state
    return Waiting(
        branch=case.branch,
        claim=case.claim,
        right="none" if right is None else "lease" if right.personal else "whole",
        excess=right is None and state.right_kind == "lease",
        physical=state.reward_kind in {"gift", "voucher"},
        given=state.handed_over_at is not None,
        value_fen=state.value_fen,
        clock=state.handed_over_clock or "",
        clock_offset_ms=case.clock_offset_ms,
        arrived=case.places[0],
    )


def _all_keys(campaign: Campaign, case: Case, at: At) -> tuple[dict[str, str], bool]:
    """The person's keys; what a cap counts on and the claim does not say counts on the claim alone."""
    keys, missing = dict(case.state.keys), False
    while isinstance(found := right_uses(campaign, keys, at, business_day(case.state.started_at)), MissingKey):
        keys[found.scope], missing = f"claim:{case.claim}", True
    return keys, missing


async def _requeue(connection: Connection, case: Case) -> None:
    """The claim is about another person or campaign now: it waits there."""
    await connection.execute(
        "INSERT INTO claim_queue (branch, claim, campaign, person) VALUES (%s, %s, %s, %s)",
        (case.branch, case.claim, case.state.campaign, person_of(case.state, case.claim)),
    )


async def _done(connection: Connection, case: Case) -> None:
    await connection.execute("DELETE FROM claim_queue WHERE place = ANY(%s)", (case.places,))
