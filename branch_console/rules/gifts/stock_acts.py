"""Whether an act on stock is allowed: receive, transfer, scrap, reward, count, approve or dismiss a count, take back.

Maker and approver are never the same person; what leaves a place must be there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.counting import books_digest, difference
from branch_console.rules.gifts.hands import Hands, check_fresh, check_moves, check_second
from branch_console.rules.gifts.ledger import Slot, missing
from branch_console.rules.gifts.marking import place
from branch_console.rules.gifts.parts import Move, drawer
from branch_console.rules.gifts.states import StockState
from branch_console.rules.gifts.stock import (
    COUNT,
    COUNTED,
    DELIVERY,
    RECEIVE,
    REWARD,
    SCRAP,
    TRANSFER,
    as_sent,
    reversing,
    standing,
)
from branch_console.rules.gifts.stock_entries import (
    CountDismissed,
    DifferenceApproved,
    StockCorrected,
    StockCounted,
    StockReceived,
    StockRewarded,
    StockScrapped,
    StockTransferred,
)
from branch_console.rules.roles import require


def check_receive(hands: Hands, state: StockState | None, data: StockReceived) -> None:
    """Raise RuleError unless the delivery may be taken in: counted by two, and all that was sent accounted for.

    `state` is that of the dispatch, None for goods that came without one.
    """
    require(hands.role, "stock.work")
    if state is not None and state.status != "sent":
        raise RuleError("delivery_received_already")
    check_second(hands, data.second_staff, needed=True)
    if not data.moves:
        raise RuleError("nothing_to_move")
    check_moves(hands, data.moves, DELIVERY if state is None else RECEIVE)
    if state is None:
        return
    if data.note_number != state.note_number:
        raise RuleError("note_number_differs")
    if not as_sent(state, data.moves):
        raise RuleError("not_as_sent")


def check_transfer(hands: Hands, data: StockTransferred) -> None:
    """Raise RuleError unless these goods may go to another place; out of quarantine two must have looked at them."""
    require(hands.role, "stock.work")
    if not data.moves:
        raise RuleError("nothing_to_move")
    freed = any(place(move.source) == "quarantine" for move in data.moves)
    check_second(hands, data.second_staff, needed=freed)
    check_moves(hands, data.moves, TRANSFER)


def check_scrap(hands: Hands, data: StockScrapped) -> None:
    """Raise RuleError unless these goods may be destroyed: in quarantine, before two people."""
    require(hands.role, "stock.work")
    if not data.moves:
        raise RuleError("nothing_to_move")
    check_second(hands, data.second_staff, needed=True)
    check_moves(hands, data.moves, SCRAP)


def check_reward(hands: Hands, data: StockRewarded) -> None:
    """Raise RuleError unless these goods may be given for an idea: there, not past their date, before two people.

    Whether the idea may be rewarded, and with how much, the rules of cases say.
    """
    require(hands.role, "stock.work")
    check_second(hands, data.second_staff, needed=True)
    check_moves(hands, data.moves, REWARD)
    check_fresh(hands, data.moves)


def check_count(hands: Hands, data: StockCounted, net: Mapping[Slot, int], *, waiting: bool = False) -> None:
    """Raise RuleError unless the count is complete and of a place that can be counted.

    `net` is what the books say of the place now; whatever is in them must be on the sheet, found or not. `waiting`: a
    count of the place, which no goods have overtaken, waits to be decided: two could both be booked.
    """
    require(hands.role, "stock.work")
    if place(data.location) not in COUNTED:
        raise RuleError("place_not_counted")
    if waiting:
        raise RuleError("count_waits")
    slots = [Slot(data.location, line.sku, line.lot, line.expires_on) for line in data.lines]
    if len(set(slots)) < len(slots):
        raise RuleError("count_line_twice")
    for slot, quantity in net.items():
        if slot.location == data.location and quantity and slot not in slots:
            raise RuleError("count_incomplete", sku=slot.sku)
    if data.books != books_digest(data.location, net):
        raise RuleError("count_outdated")


def check_approve(hands: Hands, state: StockState | None, data: DifferenceApproved, net: Mapping[Slot, int]) -> None:
    """Raise RuleError unless this is exactly the difference, nothing moved since, and somebody else counted."""
    require(hands.role, "stock.approve")
    count = _open_count(state)
    if hands.staff == count.staff:
        raise RuleError("second_person_same")
    location = count.location or ""
    if count.books != books_digest(location, net):
        raise RuleError("count_outdated")
    if _done(data.moves) != _done(difference(location, count.lines, net)):
        raise RuleError("difference_wrong")
    if any(move.kind not in COUNT.kinds for move in data.moves):
        raise RuleError("difference_wrong")


def check_dismiss(hands: Hands, state: StockState | None, data: CountDismissed) -> None:
    """Raise RuleError unless there is a count to throw away. It stays in the journal with its reason."""
    require(hands.role, "stock.approve")
    _open_count(state)
    if not data.reason:
        raise RuleError("reason_missing")


def check_correctable(hands: Hands, state: StockState | None) -> list[Move]:
    """The moves that take the document back: all of it, once, and the goods still there. Raises RuleError.

    Of a received dispatch it is the receipt that is taken back; the goods are on their way again.
    """
    require(hands.role, "stock.approve")
    if state is None or state.status not in {"booked", "approved"} or not state.booked:
        raise RuleError("document_not_open")
    if state.kind == "reward":  # the idea would stay rewarded, with nothing
        raise RuleError("reward_stays")
    moves = reversing(standing(state))
    if any(place(move.source) == "drawer" and move.source != drawer(hands.terminal) for move in moves):
        raise RuleError("drawer_not_own")
    for slot, left in missing(moves, hands.there):
        raise RuleError("stock_not_there", sku=slot.sku, left=left)
    return moves


def check_correct(hands: Hands, subject: str, state: StockState | None, data: StockCorrected) -> None:
    """Raise RuleError unless these two may take the document back with these moves."""
    moves = check_correctable(hands, state)
    if data.reverses != subject or _done(data.moves) != _done(moves):
        raise RuleError("correction_wrong")
    check_second(hands, data.second_staff, needed=True)


def _open_count(state: StockState | None) -> StockState:
    if state is None or state.kind != "count" or state.status != "counted":
        raise RuleError("count_not_open")
    return state


def _done(moves: Iterable[Move]) -> Counter[tuple[str, str, str | None, str, str, int]]:
    """What moves do, whatever their order."""
    return Counter((move.sku, move.lot, move.expires_on, move.source, move.target, move.quantity) for move in moves)
