"""Folding a claim: reserved, handed over or vouchered, returned, ruled on by central, settled by a supervisor.

Goods that left the branch are booked even when the act should not have been: physical things cannot be taken back by
a rule. The claim is then marked, and a supervisor must settle it. Moves that no hand-over can hold are not booked.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from branch_console.rules.entries import EntryData
from branch_console.rules.folding import Fold, register
from branch_console.rules.gifts.claim_entries import (
    ClaimAdjudicated,
    ClaimHandedOver,
    ClaimReleased,
    ClaimReserved,
    ClaimReturned,
    ClaimSettled,
    ClaimVouchered,
)
from branch_console.rules.gifts.marking import (
    book,
    book_one,
    from_central,
    mark,
    mark_alone,
    misplaced,
    passed,
    place,
    way,
)
from branch_console.rules.gifts.parts import Move, drawer
from branch_console.rules.gifts.states import ClaimState
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference

HAND_OVER = way("hand_over", "shelf>customer", "drawer>customer")
RETURN = way("return", "customer>quarantine")

Act = Callable[[ClaimState, Entry, Any], None]


def _reserved(state: ClaimState, entry: Entry, data: ClaimReserved) -> None:
    if state.status:
        mark(state, entry, "claim_not_open")
        return
    _take(state, entry, data)
    state.status, state.expires_at = "reserved", data.expires_at
    state.reserved = []
    for move in data.stock:
        reason = misplaced(entry, move, HAND_OVER)
        if reason is None:
            state.reserved.append(move)
        else:
            mark(state, entry, reason)


def _handed_over(state: ClaimState, entry: Entry, data: ClaimHandedOver) -> None:
    mark_alone(state, entry, data.second_staff)
    again = state.handed_over_at is not None
    if again:
        mark(state, entry, "already_handed_over")
    else:
        _mark_late(state, entry)
        _mark_differing(state, entry, data)
    if data.moves and _goods(data.moves) != {data.reward.sku or "": data.reward.quantity}:
        mark(state, entry, "not_what_was_granted")
    book(state, entry, data.moves, HAND_OVER, data.second_staff, any_drawer=True)
    _mark_drawer(state, entry, data.moves)
    if again:
        return
    _take(state, entry, data)
    state.status, state.reserved = "handed_over", []
    state.handed_over_at, state.handed_over_clock = entry.at, entry.clock
    state.receipt_number, state.confirmed_by = data.receipt.number, data.receipt.confirmed_by
    state.provisional_terms, state.second_staff = data.receipt.provisional_terms, data.second_staff


def _mark_drawer(state: ClaimState, entry: Entry, moves: Sequence[Move]) -> None:
    """Mark goods that left another terminal's drawer. They have left, so they are booked all the same.

    The desk refuses it; it comes from a terminal that was restored, has a new name, and sends what it had not sent.
    """
    if any(place(move.source) == "drawer" and move.source != drawer(entry.terminal) for move in moves):
        mark(state, entry, "not_own_drawer")


def _mark_late(state: ClaimState, entry: Entry) -> None:
    """Mark a hand-over that what went before does not allow."""
    if state.status == "reserved" and passed(entry.at, state.expires_at):
        mark(state, entry, "expired")
    elif state.status == "vouchered":
        if state.outcome != "confirmed":
            mark(state, entry, "not_confirmed")
        if state.voucher_expires_on is not None and entry.at[:10] > state.voucher_expires_on:
            mark(state, entry, "expired")
    elif state.status == "released":
        mark(state, entry, "after_release")
    elif state.status == "reversed":
        mark(state, entry, "after_reversal")


def _mark_differing(state: ClaimState, entry: Entry, data: ClaimHandedOver | ClaimVouchered) -> None:
    """Mark a claim that goes on about another campaign or another person than it began with."""
    if state.campaign and state.campaign != data.campaign.id:
        mark(state, entry, "campaign_differs")
    if any(state.keys.get(scope, key) != key for scope, key in data.recipient.keys.items()):
        mark(state, entry, "person_differs")


def _vouchered(state: ClaimState, entry: Entry, data: ClaimVouchered) -> None:
    if state.status not in {"", "reserved"}:
        mark(state, entry, "claim_not_open")
        return
    _mark_differing(state, entry, data)
    _take(state, entry, data)
    state.status, state.reserved = "vouchered", []
    state.voucher_code, state.voucher_expires_on = data.code, data.expires_on


def _released(state: ClaimState, entry: Entry, data: ClaimReleased) -> None:
    if state.status not in {"reserved", "vouchered"}:
        mark(state, entry, "claim_not_open")
        return
    state.status, state.reserved = "released", []
    state.released_at, state.released_why = entry.at, data.why


def _returned(state: ClaimState, entry: Entry, data: ClaimReturned) -> None:
    """Only what the customer has under this claim can come back, however often somebody writes that it did."""
    if state.handed_over_at is None or (not data.moves and state.status == "returned"):
        mark(state, entry, "nothing_to_return")
        return
    mark_alone(state, entry, data.second_staff)
    out = _out(state)
    codes: dict[str, None] = {}
    came = 0
    for number, move in enumerate(data.moves):
        reason = misplaced(entry, move, RETURN)
        item = _item(move)
        if reason is None and out[item] < move.quantity:
            reason = "nothing_to_return"
        if reason is not None:
            codes[reason] = None
            continue
        out[item] -= move.quantity
        came += 1
        book_one(state, entry, number, move, data.second_staff)
    for code in codes:
        mark(state, entry, code)
    if came or not data.moves:
        state.status, state.returned_at = "returned", entry.at
        state.returned_reason, state.reopens = data.reason, data.reopens


def _adjudicated(state: ClaimState, entry: Entry, data: ClaimAdjudicated) -> None:
    """The newest ruling counts. `reversed` takes the right back unless the goods are back already."""
    if not from_central(state, entry):
        return
    if (data.outcome, data.why) != (state.outcome, state.outcome_why):
        _reopen(state)
    state.outcome, state.outcome_why, state.outcome_at, state.excess = data.outcome, data.why, entry.at, data.excess
    winner = data.winner
    state.winner_claim = None if winner is None else winner.claim
    state.winner_on = None if winner is None else winner.on
    state.winner_region = None if winner is None else winner.region
    if data.outcome == "reversed" and state.status in {"reserved", "vouchered", "handed_over"}:
        state.status, state.reserved = "reversed", []
    elif data.outcome != "reversed" and state.status == "reversed":
        state.status = "handed_over" if state.handed_over_at is not None else "vouchered"


def _settled(state: ClaimState, entry: Entry, data: ClaimSettled) -> None:
    """Settles what the supervisor had seen; a cause that came beside it keeps the claim in the list."""
    if not state.exceptional:
        mark(state, entry, "not_exceptional")
    elif data.seen is not None and state.causes > data.seen:
        mark(state, entry, "settled_unseen")
    else:
        state.settled_how, state.settled_reason = data.how, data.reason
        state.settled_by, state.settled_at = entry.staff, entry.at


def _erased(state: ClaimState, entry: Entry, data: EntryData) -> None:
    del entry, data
    state.erased = True


def _take(state: ClaimState, entry: Entry, data: ClaimReserved | ClaimHandedOver | ClaimVouchered) -> None:
    """Take over what a claim says about campaign, person, reward, right and evidence, and who says it."""
    state.campaign, state.version, state.rule_hash = data.campaign.id, data.campaign.version, data.campaign.rule_hash
    state.keys = {str(scope): key for scope, key in data.recipient.keys.items()} or state.keys
    state.name, state.phone, state.journey = data.recipient.name, data.recipient.phone, data.recipient.journey
    reward, right = data.reward, data.right
    state.reward_kind, state.sku, state.quantity, state.amount = reward.kind, reward.sku, reward.quantity, reward.amount
    state.value_fen, state.cost_fen = reward.value_fen, reward.cost_fen
    state.right_kind, state.right_id, state.right_epoch = right.kind, right.id, right.epoch
    state.verdict, state.facts_digest = data.evidence.verdict, data.evidence.facts_digest
    state.branch, state.terminal, state.staff = entry.branch, entry.terminal, entry.staff
    state.started_at = state.started_at or entry.at


def _reopen(state: ClaimState) -> None:
    """What is ruled anew is to be settled anew."""
    state.settled_how = state.settled_reason = state.settled_by = state.settled_at = None


def _item(move: Move) -> tuple[str, str, str | None]:
    return (move.sku, move.lot, move.expires_on)


def _goods(moves: list[Move]) -> dict[str, int]:
    """How many of each item."""
    count: Counter[str] = Counter()
    for move in moves:
        count[move.sku] += move.quantity
    return dict(count)


def _out(state: ClaimState) -> Counter[tuple[str, str, str | None]]:
    """What the customer has under this claim."""
    count: Counter[tuple[str, str, str | None]] = Counter()
    for booked in state.booked:
        count[_item(booked.move)] += booked.move.quantity * (1 if booked.move.target == "customer" else -1)
    return count


_ACTS: dict[str, Act] = {
    "claim.reserved": _reserved,
    "claim.handed_over": _handed_over,
    "claim.vouchered": _vouchered,
    "claim.released": _released,
    "claim.returned": _returned,
    "claim.adjudicated": _adjudicated,
    "claim.settled": _settled,
    "data.erased": _erased,
}


def _apply(state: ClaimState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """Fold one entry. Of an erased one that kept nothing (rules/erased.py) only its place is left."""
    del reference
    state.entries += 1
    state.updated_at = entry.at
    if data is None:
        state.erased = True
        return
    marks = len(state.marks)
    _ACTS[entry.type](state, entry, data)
    if len(state.marks) > marks:
        _reopen(state)


CLAIM: Fold[ClaimState] = register(Fold("claim", ClaimState, version=2, apply=_apply))
