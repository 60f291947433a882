"""Folding a stock document: a dispatch and its receipt, a delivery without one, a transfer, a count, what is scrapped.

A document is taken back on its own subject, so that of two people who do so at once only the first is booked.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from branch_console.rules.entries import EntryData
from branch_console.rules.folding import Fold, register
from branch_console.rules.gifts.counting import counted_digest
from branch_console.rules.gifts.ledger import Goods, balances
from branch_console.rules.gifts.marking import book, from_central, mark, mark_alone, place, way
from branch_console.rules.gifts.parts import Move
from branch_console.rules.gifts.states import StockState
from branch_console.rules.gifts.stock_entries import (
    CountDismissed,
    DifferenceApproved,
    StockCorrected,
    StockCounted,
    StockDispatched,
    StockReceived,
    StockRewarded,
    StockScrapped,
    StockTransferred,
)
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference

COUNTED = ("shelf", "quarantine", "drawer")
DISPATCH = way("dispatch", "supplier>transit")
RECEIVE = way("receive loss", "transit>shelf", "transit>loss", "supplier>shelf")
DELIVERY = way("receive", "supplier>shelf")
TRANSFER = way("transfer damage", *(f"{source}>{target}" for source in COUNTED for target in COUNTED))
SCRAP = way("scrap", "quarantine>scrap")
REWARD = way("hand_over", "shelf>customer", "drawer>customer")
COUNT = way("count", *(f"{each}>loss" for each in COUNTED), *(f"loss>{each}" for each in COUNTED))

Act = Callable[[StockState, Entry, Any], None]
Line = tuple[str, str, str | None, int, str, str]


def _dispatched(state: StockState, entry: Entry, data: StockDispatched) -> None:
    if from_central(state, entry) and _begins(state, entry, "dispatch", "sent"):
        state.note_number = data.note_number
        book(state, entry, data.moves, DISPATCH)


def _received(state: StockState, entry: Entry, data: StockReceived) -> None:
    """What two people write down of the same delivery came once: the first counts."""
    if state.status == "sent":
        state.status, state.staff, state.terminal, state.at = "booked", entry.staff, entry.terminal, entry.at
        allowed = RECEIVE
    elif _begins(state, entry, "delivery", "booked"):
        state.note_number = data.note_number
        allowed = DELIVERY
    else:
        return
    state.second_staff, state.note = data.second_staff, data.note
    mark_alone(state, entry, data.second_staff)
    if allowed is RECEIVE and not as_sent(state, data.moves):
        mark(state, entry, "not_as_sent")
    book(state, entry, data.moves, allowed, data.second_staff)


def as_sent(state: StockState, moves: Iterable[Move]) -> bool:
    """Whether exactly what is on its way leaves the transit."""
    left = balances([*(each.move for each in state.booked), *moves])
    return not any(slot.location == "transit" for slot in left)


def on_the_way(state: StockState) -> dict[Goods, int]:
    """What a dispatch has on its way: what was sent and has not been received, or whose receipt was taken back."""
    net = balances(each.move for each in state.booked)
    return {slot.goods: quantity for slot, quantity in net.items() if slot.location == "transit"}


def _transferred(state: StockState, entry: Entry, data: StockTransferred) -> None:
    if _begins(state, entry, "transfer", "booked"):
        _about(state, entry, data)
        book(state, entry, data.moves, TRANSFER, data.second_staff)


def _scrapped(state: StockState, entry: Entry, data: StockScrapped) -> None:
    if _begins(state, entry, "scrap", "booked"):
        _about(state, entry, data)
        state.photo_sha256 = data.photo_sha256
        book(state, entry, data.moves, SCRAP, data.second_staff)


def _rewarded(state: StockState, entry: Entry, data: StockRewarded) -> None:
    """It was given, so it is booked, and it stays marked when nobody else agreed."""
    if _begins(state, entry, "reward", "booked"):
        state.idea, state.second_staff, state.note = data.idea, data.second_staff, data.note
        mark_alone(state, entry, data.second_staff)
        book(state, entry, data.moves, REWARD, data.second_staff)


def _counted(state: StockState, entry: Entry, data: StockCounted) -> None:
    """A count that found what the books say needs nobody's approval."""
    if _begins(state, entry, "count", "counted"):
        state.location, state.lines, state.books = data.location, list(data.lines), data.books
        if counted_digest(data.location, data.lines) == data.books:
            state.status = "approved"


def _approved(state: StockState, entry: Entry, data: DifferenceApproved) -> None:
    """Nobody approves what they counted. A count of a lost terminal's drawer may be approved anywhere in the branch."""
    if state.status != "counted":
        mark(state, entry, "count_not_open")
        return
    if entry.staff is None or entry.staff == state.staff:
        mark(state, entry, "approved_alone")
        return
    state.status, state.second_staff, state.reason, state.note = "approved", entry.staff, data.reason, data.note
    here = [move for move in data.moves if state.location in {move.source, move.target}]
    if len(here) < len(data.moves):
        mark(state, entry, "wrong_move")
    book(state, entry, here, COUNT, entry.staff, any_drawer=True)


def _dismissed(state: StockState, entry: Entry, data: CountDismissed) -> None:
    if state.status != "counted":
        mark(state, entry, "count_not_open")
        return
    state.status, state.second_staff, state.reason = "dismissed", entry.staff, data.reason


def _corrected(state: StockState, entry: Entry, data: StockCorrected) -> None:
    """All of the document or nothing, once; a move out of another terminal's drawer stops the whole.

    Of a dispatch the receipt is taken back, so that it can be received rightly.
    """
    if data.reverses != entry.subject:
        mark(state, entry, "wrong_move")
    elif state.status not in {"booked", "approved"}:
        mark(state, entry, "document_not_open")
    elif not data.moves or _lines(reversing(standing(state))) != _lines(data.moves):
        mark(state, entry, "wrong_move")
    elif any(place(move.source) == "drawer" and move.source != f"drawer:{entry.terminal}" for move in data.moves):
        mark(state, entry, "not_own_drawer")
    else:
        ways = {(place(move.source), place(move.target)) for move in data.moves}
        book(state, entry, data.moves, way("correction", *(f"{a}>{b}" for a, b in ways)), data.second_staff)
        state.status = "sent" if state.kind == "dispatch" else "corrected"
        state.reverses, state.reason, state.note = entry.id, data.reason, data.note
        mark_alone(state, entry, data.second_staff)


def standing(state: StockState) -> list[Move]:
    """The moves that a correction takes back: all, but of a dispatch those of the receipt that stands."""
    if state.kind != "dispatch":
        return [each.move for each in state.booked]
    last = max((at for at, each in enumerate(state.booked) if each.move.kind == "correction"), default=-1)
    return [each.move for each in state.booked[last + 1 :] if each.move.kind != "dispatch"]


def reversing(moves: Iterable[Move]) -> list[Move]:
    """The moves that take these back."""
    return [
        move.model_copy(update={"source": move.target, "target": move.source, "kind": "correction"}) for move in moves
    ]


def _lines(moves: Iterable[Move]) -> Counter[Line]:
    """What moves do, whatever their order."""
    return Counter((*_goods(each), each.quantity, each.source, each.target) for each in moves)


def _goods(move: Move) -> tuple[str, str, str | None]:
    return (move.sku, move.lot, move.expires_on)


def _begins(state: StockState, entry: Entry, kind: str, status: str) -> bool:
    """Take over who made the document; False, with a mark, when there is one already."""
    if state.status:
        mark(state, entry, "document_not_open")
        return False
    state.kind, state.status = kind, status
    state.branch, state.terminal, state.staff, state.at = entry.branch, entry.terminal, entry.staff, entry.at
    return True


def _about(state: StockState, entry: Entry, data: StockTransferred | StockScrapped) -> None:
    """Take over the reason and the second person."""
    state.reason, state.note, state.second_staff = data.reason, data.note, data.second_staff
    mark_alone(state, entry, data.second_staff)


_ACTS: dict[str, Act] = {
    "stock.dispatched": _dispatched,
    "stock.received": _received,
    "stock.transferred": _transferred,
    "stock.scrapped": _scrapped,
    "stock.rewarded": _rewarded,
    "stock.counted": _counted,
    "stock.difference_approved": _approved,
    "stock.count_dismissed": _dismissed,
    "stock.corrected": _corrected,
}


def _apply(state: StockState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """Fold one entry. Stock documents are about goods and are never erased; one without data keeps its place."""
    del reference
    state.entries += 1
    state.updated_at = entry.at
    if data is not None:
        _ACTS[entry.type](state, entry, data)


STOCK: Fold[StockState] = register(Fold("stock", StockState, version=1, apply=_apply))
