"""Counts: the digest of what the books say of a place, and the moves that make the books agree with what was found."""

from collections.abc import Iterable, Mapping

from branch_console.rules.canonical import Json, canonical_hash
from branch_console.rules.gifts.ledger import Goods, Slot
from branch_console.rules.gifts.parts import Move
from branch_console.rules.gifts.stock_entries import CountLine

LOSS = "loss"


def books_digest(location: str, net: Mapping[Slot, int]) -> str:
    """SHA-256 of the canonical form of what the books say of one place, so that a count can tell if goods moved since.

    `net` may hold other places too; what is zero counts as not there.
    """
    rows: list[Json] = [
        [slot.sku, slot.lot, slot.expires_on, quantity]
        for slot, quantity in sorted(net.items(), key=lambda each: (*each[0][:3], each[0].expires_on or ""))
        if slot.location == location and quantity
    ]
    return canonical_hash({"location": location, "rows": rows})


def counted_digest(location: str, lines: Iterable[CountLine]) -> str:
    """The digest that the books have if they agree with what was found."""
    found: dict[Slot, int] = {}
    for line in lines:
        slot = Slot(location, line.sku, line.lot, line.expires_on)
        found[slot] = found.get(slot, 0) + line.counted
    return books_digest(location, found)


def difference(
    location: str, lines: Iterable[CountLine], net: Mapping[Slot, int], prices: Mapping[str, int] | None = None
) -> list[Move]:
    """The moves between a place and loss that make the books say what was found, by item, lot and date.

    What is on no line was not found. `prices`: market value in fen of one piece, by SKU.
    """
    found: dict[Goods, int] = {}
    for line in lines:
        goods = Goods(line.sku, line.lot, line.expires_on)
        found[goods] = found.get(goods, 0) + line.counted
    books = {slot.goods: quantity for slot, quantity in net.items() if slot.location == location}
    moves = []
    for goods in sorted(found.keys() | books.keys(), key=lambda each: (each.sku, each.lot, each.expires_on or "")):
        more = found.get(goods, 0) - books.get(goods, 0)
        if more:
            moves.append(
                Move(
                    sku=goods.sku,
                    lot=goods.lot,
                    expires_on=goods.expires_on,
                    quantity=abs(more),
                    source=LOSS if more > 0 else location,
                    target=location if more > 0 else LOSS,
                    kind="count",
                    value_fen=abs(more) * (prices or {}).get(goods.sku, 0),
                )
            )
    return moves
