"""The ledger: balances are sums of booked moves, nothing else changes them.

Every move takes from one place what it gives to another, so all balances of an item together are zero. Places in
which something can be counted are never negative: what left without having been there stands as `short` until an
approved count explains it (net = quantity − short).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from branch_console.rules.gifts.parts import PHYSICAL, Move
from branch_console.rules.gifts.states import Booked, ClaimState, StockState


class Slot(NamedTuple):
    """What a balance is kept of: an item of one lot at one place."""

    location: str
    sku: str
    lot: str
    expires_on: str | None

    @property
    def goods(self) -> "Goods":
        """The same without the place."""
        return Goods(self.sku, self.lot, self.expires_on)


class Goods(NamedTuple):
    """An item of one lot."""

    sku: str
    lot: str
    expires_on: str | None


class Balance(NamedTuple):
    """What is at a place, and how many more left than were there; one of the two is zero."""

    quantity: int
    short: int


Balances = dict[Slot, int]
"""Net quantities: negative at a supplier, and where something is short."""


def physical(location: str) -> bool:
    """Whether something can be counted there, so that its balance is never shown negative."""
    return location.partition(":")[0] in PHYSICAL


def goods_of(move: Move) -> Goods:
    """What a move moves."""
    return Goods(move.sku, move.lot, move.expires_on)


def booked_of(state: object) -> list[Booked]:
    """The moves of a claim or a stock document that count; none for any other state."""
    return state.booked if isinstance(state, ClaimState | StockState) else []


def balances(moves: Iterable[Move]) -> Balances:
    """Net quantity of each slot that is not zero. The order of the moves makes no difference."""
    net: Counter[Slot] = Counter()
    for move in moves:
        net[Slot(move.source, *goods_of(move))] -= move.quantity
        net[Slot(move.target, *goods_of(move))] += move.quantity
    return {slot: quantity for slot, quantity in net.items() if quantity}


def deltas(old: Iterable[Booked], new: Iterable[Booked]) -> Balances:
    """How balances change when a subject's booked moves were `old` and are `new`; slots that stay are left out."""
    net: Counter[Slot] = Counter(balances(booked.move for booked in new))
    net.subtract(balances(booked.move for booked in old))
    return {slot: quantity for slot, quantity in net.items() if quantity}


def split(net: int) -> Balance:
    """A net quantity as quantity and short."""
    return Balance(max(net, 0), max(-net, 0))


def changed(balance: Balance, delta: int) -> Balance:
    """A balance after a change: what comes fills up what is short first, what leaves beyond what is there is short."""
    return split(balance.quantity - balance.short + delta)


def reserved(moves: Iterable[Move]) -> Balances:
    """How many of each slot are kept for customers, of the moves that open reservations name."""
    kept: Counter[Slot] = Counter()
    for move in moves:
        kept[Slot(move.source, *goods_of(move))] += move.quantity
    return dict(kept)


def missing(moves: Iterable[Move], there: Mapping[Slot, int]) -> list[tuple[Slot, int]]:
    """Which slots `moves` together would take more from than `there` (quantity − reserved) allows, and what is there.

    What the same moves bring to a place does not help: goods must be there before they leave.
    """
    return [
        (slot, max(0, there.get(slot, 0)))
        for slot, wanted in reserved(moves).items()
        if physical(slot.location) and there.get(slot, 0) < wanted
    ]


AnySlot = TypeVar("AnySlot", Slot, Goods)


def fefo(lots: Iterable[AnySlot]) -> list[AnySlot]:
    """First expired, first out: what expires soonest first, what never does last."""
    return sorted(lots, key=lambda each: (each.expires_on or "9999-99-99", each.lot, each.sku, *each[:1]))
