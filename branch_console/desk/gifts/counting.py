"""Blind counts: the sheet, what was found, and what somebody else makes of the difference."""

from collections.abc import Sequence
from typing import NamedTuple

from branch_console.desk.desk import written
from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.claiming import json_of
from branch_console.desk.gifts.goods import TypedLine, prices, read_lines
from branch_console.desk.gifts.hands import hands
from branch_console.desk.gifts.stock import known_reason, new_document
from branch_console.rules.canonical import Json
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.counting import books_digest, difference
from branch_console.rules.gifts.ledger import Balances, Goods, Slot
from branch_console.rules.gifts.states import StockState
from branch_console.rules.gifts.stock_acts import check_approve, check_count, check_dismiss
from branch_console.rules.gifts.stock_entries import CountDismissed, DifferenceApproved, StockCounted
from data import gift_queries as gifts
from data.act import Act
from data.gift_queries import OpenCount


class CountLines(NamedTuple):
    """A count beside the books as they are now. `lines`: goods, in the books, counted. `refusal`: why whoever works
    here may not approve it, None if they may."""

    waiting: OpenCount
    lines: tuple[tuple[Goods, int, int], ...]
    refusal: RuleError | None


def sheet(booth: Booth, place: str) -> list[Goods]:
    """What is to be counted at a place, without how many. Raises RuleError."""
    booth.require("stock.work")
    found = {slot.goods for slot, quantity in gifts.net_balances(booth.store, place).items() if quantity}
    return sorted(found, key=lambda each: (each.sku, each.expires_on or "", each.lot))


def count(booth: Booth, place: str, typed: Sequence[TypedLine]) -> str:
    """Hand in what was found; returns the document's subject. Raises FieldErrors, RuleError."""
    booth.require("stock.work")
    found = [] if not typed else read_lines(booth, typed, zero=True)
    with booth.desk.act() as act:
        net = gifts.net_balances(act, place)
        lines: list[Json] = [
            {
                "sku": line.goods.sku,
                "lot": line.goods.lot,
                "expires_on": line.goods.expires_on,
                "counted": line.quantity,
            }
            for line in found
        ]
        data: dict[str, Json] = {"location": place, "lines": lines, "books": books_digest(place, net)}
        subject = new_document(booth)
        waiting = any(each.location == place and not each.moved for each in gifts.open_counts(act))
        check_count(hands(booth, act), StockCounted.model_validate(data), net, waiting=waiting)
        act.append("stock.counted", subject, data)
    return subject


def counts(booth: Booth) -> list[CountLines]:
    """The counts that wait for somebody else, the oldest first. Raises RuleError."""
    booth.require("gift.read")
    found = []
    for each in gifts.open_counts(booth.store):
        state = booth.store.state(each.subject)
        if isinstance(state, StockState):
            net = gifts.net_balances(booth.store, each.location)
            found.append(CountLines(each, _beside(state, net), _refusal(booth, state, net)))
    return found


def approve(booth: Booth, subject: str, reason: str, note: str) -> None:
    """Book the difference of somebody else's count. Raises RuleError."""
    booth.require("stock.approve")
    known_reason(booth, "count", reason, note)
    with booth.desk.act() as act:
        state = _count_in(act, subject)
        net = gifts.net_balances(act, state.location or "")
        data = _approval(booth, state, net, reason, note)
        check_approve(hands(booth, act), state, DifferenceApproved.model_validate(data), net)
        act.append("stock.difference_approved", subject, data)


def dismiss(booth: Booth, subject: str, reason: str) -> None:
    """Throw a count away. Raises RuleError."""
    booth.require("stock.approve")
    known_reason(booth, "dismiss", reason, note=reason)
    with booth.desk.act() as act:
        state = _count_in(act, subject)
        data: dict[str, Json] = {"reason": reason}
        check_dismiss(hands(booth, act), state, CountDismissed.model_validate(data))
        act.append("stock.count_dismissed", subject, data)


def _refusal(booth: Booth, state: StockState, net: Balances) -> RuleError | None:
    """The evaluator's own answer to approving it now."""
    data = DifferenceApproved.model_validate(_approval(booth, state, net, "?", ""))
    try:
        check_approve(hands(booth, booth.store), state, data, net)
    except RuleError as error:
        return error
    return None


def _approval(booth: Booth, state: StockState, net: Balances, reason: str, note: str) -> dict[str, Json]:
    moves = difference(state.location or "", state.lines, net, prices(booth))
    return {"moves": json_of(moves), "reason": reason, "note": written(note)}


def _beside(state: StockState, net: Balances) -> tuple[tuple[Goods, int, int], ...]:
    location = state.location or ""
    counted: dict[Goods, int] = {}
    for line in state.lines:
        goods = Goods(line.sku, line.lot, line.expires_on)
        counted[goods] = counted.get(goods, 0) + line.counted
    books = {slot.goods: quantity for slot, quantity in net.items()}
    every = sorted({*counted, *books}, key=lambda each: (each.sku, each.lot, each.expires_on or ""))
    return tuple((goods, net.get(Slot(location, *goods), 0), counted.get(goods, 0)) for goods in every)


def _count_in(act: Act, subject: str) -> StockState:
    """A count as the transaction sees it. Raises RuleError `count_not_open`."""
    state = act.state(subject)
    if not isinstance(state, StockState) or state.kind != "count":
        raise RuleError("count_not_open")
    return state
