"""Whether an act on a claim is allowed: reserve, hand over, voucher, release, return, settle.

Whether the customer may have the reward is the verdict's to say (rules/eligibility); here is what the counter must
keep: the right behind the claim, the goods, the second person, the customer's word, and that staff serve others only.
"""

from dataclasses import dataclass

from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.claim_entries import (
    CampaignVersion,
    ClaimHandedOver,
    ClaimReleased,
    ClaimReserved,
    ClaimReturned,
    ClaimSettled,
    ClaimVouchered,
    Granted,
)
from branch_console.rules.gifts.claim_rights import Offline, check_right
from branch_console.rules.gifts.claims import HAND_OVER, RETURN
from branch_console.rules.gifts.hands import Hands, check_fresh, check_moves, check_second
from branch_console.rules.gifts.marking import passed
from branch_console.rules.gifts.parts import Move, Recipient
from branch_console.rules.gifts.states import ClaimState
from branch_console.rules.journal import format_at
from branch_console.rules.roles import require


@dataclass(frozen=True, slots=True)
class Counter:
    """What the check must know besides who acts.

    `campaign` is the version that the claim names, None when this terminal does not hold it; `status` is the
    campaign's state. `staff_keys` are the keyed hashes of the branch's staff, as far as they are known; `insider` is
    what the customer's facts say. `offline` is what this outage has used up so far.
    """

    campaign: Campaign | None
    status: str
    offline: Offline
    staff_keys: frozenset[str] = frozenset()
    insider: bool = False


def second_needed(campaign: Campaign | None, value_fen: int, verdict: str) -> bool:
    """Whether a hand-over of that market value needs a second person: by value, by verdict, or for want of a rule."""
    if campaign is None or verdict == "NEEDS_APPROVAL":
        return True
    return max(value_fen, campaign.unit_value_fen) >= campaign.approval_threshold_fen


def check_reserve(hands: Hands, counter: Counter, state: ClaimState | None, data: ClaimReserved) -> None:
    """Raise RuleError unless the right and the goods may be kept for the customer now."""
    require(hands.role, "gift.hand_over")
    if state is not None and state.status:
        raise RuleError("claim_begun_already")
    _check_campaign(counter, data.campaign)
    if counter.status != "running":
        raise RuleError("campaign_not_running")
    _check_recipient(counter, data.recipient)
    if passed(format_at(hands.now), data.expires_at):
        raise RuleError("reservation_expired")
    check_right(hands, counter.offline, counter.campaign, data.right, data.reward)
    check_moves(hands, data.stock, HAND_OVER)
    check_fresh(hands, data.stock)
    if data.stock:
        _check_goods(data.reward, data.stock)


def check_hand_over(hands: Hands, counter: Counter, state: ClaimState | None, data: ClaimHandedOver) -> None:
    """Raise RuleError unless the customer may have the reward now.

    With a reservation or a confirmed voucher the right is there already, so that a campaign that was paused meanwhile
    does not break the word that was given.
    """
    require(hands.role, "gift.hand_over")
    _check_open(hands, state)
    _check_campaign(counter, data.campaign)
    _check_recipient(counter, data.recipient)
    if state is None or not state.status:
        if counter.status != "running":
            raise RuleError("campaign_not_running")
        check_right(hands, counter.offline, counter.campaign, data.right, data.reward)
    else:
        _check_same(state, data.campaign, data.recipient)
    if data.right.kind == "provisional" and not data.receipt.provisional_terms:
        raise RuleError("terms_not_accepted")
    if data.receipt.confirmed_by == "signature_note" and not (data.receipt.note or "").strip():
        raise RuleError("confirmation_missing")
    needed = second_needed(counter.campaign, data.reward.value_fen, data.evidence.verdict)
    check_second(hands, data.second_staff, needed=needed)
    check_moves(hands, data.moves, HAND_OVER)
    check_fresh(hands, data.moves)
    _check_goods(data.reward, data.moves)


def check_voucher(hands: Hands, counter: Counter, state: ClaimState | None, data: ClaimVouchered) -> None:
    """Raise RuleError unless a voucher may be given instead of the reward: central will confirm or refuse it."""
    require(hands.role, "gift.hand_over")
    if state is not None and state.status not in {"", "reserved"}:
        raise RuleError("claim_begun_already")
    if state is not None and state.status == "reserved":
        _check_same(state, data.campaign, data.recipient)
    _check_campaign(counter, data.campaign)
    if counter.status != "running":
        raise RuleError("campaign_not_running")
    _check_recipient(counter, data.recipient)
    check_right(hands, counter.offline, counter.campaign, data.right, data.reward)
    if data.expires_on < hands.day.isoformat():
        raise RuleError("voucher_expired")


def check_release(hands: Hands, state: ClaimState | None, data: ClaimReleased) -> None:
    """Raise RuleError unless there is something to give up; a voucher only when the customer or central says so."""
    require(hands.role, "gift.hand_over")
    if state is None or state.status not in {"reserved", "vouchered"}:
        raise RuleError("claim_not_open")
    if data.why == "expired" and state.status == "reserved" and not passed(format_at(hands.now), state.expires_at):
        raise RuleError("reservation_not_expired")


def check_return(hands: Hands, state: ClaimState | None, data: ClaimReturned, *, threshold_fen: int = 20_000) -> None:
    """Raise RuleError unless these goods may come back: only what the customer got, into quarantine.

    Opening the right again, or goods worth `threshold_fen` (the campaign's), need a second person: a return that never
    happened is the way to hand the same thing out twice.
    """
    require(hands.role, "gift.hand_over")
    if state is None or state.status not in {"handed_over", "reversed"} or state.handed_over_at is None:
        raise RuleError("claim_not_handed_over")
    check_moves(hands, data.moves, RETURN)
    out = _goods([booked.move for booked in state.booked if booked.move.target == "customer"])
    if any(out.get(each, 0) < quantity for each, quantity in _goods(data.moves).items()):
        raise RuleError("nothing_to_return")
    if state.reward_kind == "gift" and not data.moves:
        raise RuleError("nothing_to_return")
    check_second(hands, data.second_staff, needed=data.reopens or state.value_fen >= threshold_fen)


def check_settle(hands: Hands, state: ClaimState | None, data: ClaimSettled) -> None:
    """Raise RuleError unless there is an exception, all of which the supervisor has seen, and it is not their own."""
    require(hands.role, "gift.settle")
    if state is None or not state.exceptional:
        raise RuleError("claim_not_exceptional")
    if state.settled_how is not None:
        raise RuleError("claim_settled_already")
    if data.seen is not None and state.causes > data.seen:
        raise RuleError("claim_changed_meanwhile")
    if hands.staff in {state.staff, state.second_staff}:
        raise RuleError("settle_own")
    if not data.reason.strip():
        raise RuleError("reason_missing")


def _check_open(hands: Hands, state: ClaimState | None) -> None:
    """Raise unless the claim has not begun, is reserved in time, or is a voucher that central has confirmed."""
    if state is None or not state.status:
        return
    if state.status == "vouchered":
        if state.outcome != "confirmed":
            raise RuleError("voucher_not_confirmed")
        if (state.voucher_expires_on or "") < hands.day.isoformat():
            raise RuleError("voucher_expired")
    elif state.status != "reserved":
        raise RuleError("claim_not_open")
    elif passed(format_at(hands.now), state.expires_at):
        raise RuleError("reservation_expired")


def _check_campaign(counter: Counter, named: CampaignVersion) -> None:
    """Raise unless the rules that were applied are exactly those that this terminal holds."""
    campaign = counter.campaign
    if campaign is None:
        raise RuleError("campaign_unknown")
    if (campaign.id, campaign.version, campaign.rule_hash) != (named.id, named.version, named.rule_hash):
        raise RuleError("campaign_changed")


def _check_recipient(counter: Counter, recipient: Recipient) -> None:
    """Raise unless the customer is known by a key, and is not staff (staff never serve themselves or each other)."""
    if not recipient.keys:
        raise RuleError("recipient_unknown")
    if counter.insider or not counter.staff_keys.isdisjoint(recipient.keys.values()):
        raise RuleError("recipient_is_staff")


def _check_same(state: ClaimState, campaign: CampaignVersion, recipient: Recipient) -> None:
    """Raise unless the claim goes on about the same campaign and person as it began with."""
    if state.campaign != campaign.id or any(state.keys.get(scope, key) != key for scope, key in recipient.keys.items()):
        raise RuleError("claim_differs")


def _check_goods(reward: Granted, moves: list[Move]) -> None:
    """Raise unless the moves are exactly the gift; a reward that is no thing moves nothing."""
    wanted = {reward.sku or "": reward.quantity} if reward.kind == "gift" else {}
    found: dict[str, int] = {}
    for move in moves:
        found[move.sku] = found.get(move.sku, 0) + move.quantity
    if found != wanted:
        raise RuleError("goods_not_granted")


def _goods(moves: list[Move]) -> dict[tuple[str, str, str | None], int]:
    found: dict[tuple[str, str, str | None], int] = {}
    for move in moves:
        item = (move.sku, move.lot, move.expires_on)
        found[item] = found.get(item, 0) + move.quantity
    return found
