"""Keeping a reward for a customer, giving a voucher instead, and giving up what is kept."""

import secrets
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from branch_console.desk.desk import written
from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.checking import Promise, check, weigh
from branch_console.desk.gifts.claiming import Case, claim_in, counter_of, json_of, named
from branch_console.desk.gifts.hands import hands
from branch_console.desk.gifts.people import Person
from branch_console.desk.gifts.refusals import RefusedError
from branch_console.desk.gifts.rewards import chosen, granted, items, taken
from branch_console.desk.gifts.stock import known_reason
from branch_console.rules.canonical import Json
from branch_console.rules.eligibility.rewards import GiftReward
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.claim_acts import check_release, check_reserve, check_voucher
from branch_console.rules.gifts.claim_entries import ClaimReleased, ClaimReserved, ClaimVouchered, Right
from branch_console.rules.gifts.numbers import SECRET_BYTES, voucher_code
from branch_console.rules.journal import format_at
from data.act import Act
from data.identity import new_id

VOUCHER_DAYS: Final = 14
"""How long a voucher waits for central's word and its holder."""


class Hold(NamedTuple):
    """What central keeps for a claim of this id, until when, under which epoch."""

    claim: str
    expires_at: datetime
    epoch: str


def new_claim(booth: Booth) -> str:
    """The id of a claim that is about to begin: central is asked for a hold under it."""
    return new_id(int(booth.now().timestamp() * 1000))


def reserve(booth: Booth, person: Person, campaign: str, claim: str, hold: Hold | None) -> str:
    """Keep the right and, for a gift, the goods; return the claim's subject.

    With central's hold, or on a right that this branch owns. Raises RefusedError, RuleError.
    """
    booth.require("gift.hand_over")
    subject = f"claim/{claim}"
    with booth.desk.act() as act:
        case = _case(booth, act, person, campaign, Promise(held=hold is not None))
        right = _right(case, hold)
        reward, moves = granted(case.campaign, case.book, None), []
        if isinstance(case.campaign.reward, GiftReward):
            item = chosen(items(booth, case.campaign, case.scene.there), "")
            reward, moves = granted(case.campaign, case.book, item), taken(booth, item, case.scene.there)
        until = booth.now() + timedelta(minutes=case.campaign.hold_minutes)
        if hold is not None:
            until = min(until, hold.expires_at)
        data: dict[str, Json] = {
            **named(case, reward, right),
            "stock": json_of(moves),
            "expires_at": format_at(until.astimezone(booth.store.identity.zone)),
        }
        seen = ClaimReserved.model_validate(data)
        check_reserve(hands(booth, act, there=case.scene.there), counter_of(booth, act, case), None, seen)
        act.append("claim.reserved", subject, data)
    return subject


def abandon(booth: Booth, person: Person, campaign: str, claim: str) -> None:
    """Central was asked for a hold and nobody knows whether it granted it: say in the journal that it is given up.

    Central reads that before any later claim of this terminal, so that the hold stands in nobody's way.
    """
    with booth.desk.act() as act:
        case = _case(booth, act, person, campaign, Promise(held=True), refuse=False)
        data: dict[str, Json] = {
            **named(case, granted(case.campaign, case.book, None), Right(kind="hold", id=claim)),
            "stock": [],
            "expires_at": format_at(booth.now().astimezone(booth.store.identity.zone) + timedelta(minutes=1)),
        }
        act.append("claim.reserved", f"claim/{claim}", data)
        act.append("claim.released", f"claim/{claim}", {"why": "mistake", "note": None})


def voucher(booth: Booth, person: Person, campaign: str) -> str:
    """Give a voucher that central will confirm or refuse; return the claim's subject.

    Raises RefusedError, RuleError.
    """
    booth.require("gift.hand_over")
    subject = f"claim/{new_claim(booth)}"
    with booth.desk.act() as act:
        case = _case(booth, act, person, campaign, Promise(), refuse=False)
        if case.line.judged.verdict not in {"VOUCHER", "PROVISIONAL"}:
            raise RefusedError(case.line)
        data: dict[str, Json] = {
            **named(case, granted(case.campaign, case.book, None), Right(kind="voucher")),
            "code": voucher_code(secrets.token_bytes(SECRET_BYTES)),
            "expires_on": (booth.today() + timedelta(days=VOUCHER_DAYS)).isoformat(),
        }
        seen = ClaimVouchered.model_validate(data)
        check_voucher(hands(booth, act, there=case.scene.there), counter_of(booth, act, case), None, seen)
        act.append("claim.vouchered", subject, data)
    return subject


def release(booth: Booth, claim: str, why: str, note: str) -> str | None:
    """Give a reservation or a voucher up; returns the id of central's hold, if there is one. Raises RuleError."""
    booth.require("gift.hand_over")
    known_reason(booth, "release", why)
    with booth.desk.act() as act:
        state = claim_in(act, claim)
        data: dict[str, Json] = {"why": why, "note": written(note)}
        check_release(hands(booth, act), state, ClaimReleased.model_validate(data))
        act.append("claim.released", claim, data)
    return state.right_id if state.right_kind == "hold" else None


def _case(booth: Booth, act: Act, person: Person, campaign: str, promise: Promise, *, refuse: bool = True) -> Case:
    """The campaign as this transaction sees it, stacking included; refused unless something may be given now."""
    checked = check(booth, act, person)
    line = checked.line(campaign)
    if line is None:
        raise RuleError("campaign_unknown")
    if promise.held and not line.lost_to:
        line = weigh(booth, act, person, checked.scene, checked.book, line.campaign, promise)
    if refuse and line.judged.verdict not in {"ELIGIBLE", "ELIGIBLE_OFFLINE", "PROVISIONAL"}:
        raise RefusedError(line)
    return Case(person, line, checked.scene, checked.book)


def _right(case: Case, hold: Hold | None) -> Right:
    """What carries the reward. Raises RefusedError when the verdict rests on a hold that nobody has."""
    judged, found = case.line.judged, case.line.owned
    if hold is not None:
        return Right(kind="hold", id=hold.claim, epoch=hold.epoch)
    reason = judged.params.get("reason")
    if judged.verdict == "ELIGIBLE_OFFLINE" and reason == "entitlement" and found.entitlement is not None:
        return Right(kind="entitlement", id=found.entitlement.id, epoch=found.entitlement.epoch)
    if judged.verdict == "ELIGIBLE_OFFLINE" and reason == "lease" and found.lease is not None:
        return Right(kind="lease", id=found.lease.id, epoch=found.lease.epoch)
    if judged.verdict == "PROVISIONAL":
        return Right(kind="provisional")
    raise RefusedError(case.line)
