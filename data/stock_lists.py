"""What is where, what is kept for customers, what is on its way, and what was counted."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

import orjson
from sqlalchemy import Connection

from branch_console.rules.gifts.counting import books_digest
from branch_console.rules.gifts.ledger import Balances, Slot, fefo, physical
from data.moments import ms_of
from data.reading import Reading

_THERE = """
SELECT location, sku, lot, nullif(expires_on, ''), quantity, short FROM stock_balance
WHERE (quantity > 0 OR short > 0)
"""
_RESERVED = "SELECT reserved FROM claim_row WHERE status = 'reserved' AND expires_ms > :now"
_SENT = "SELECT subject, note_number, at FROM stock_row WHERE kind = 'dispatch' AND status = 'sent' ORDER BY id"
_GOODS_SENT = """
SELECT sku, lot, nullif(expires_on, ''), quantity FROM stock_move
WHERE subject = :subject AND kind = 'dispatch' ORDER BY seq
"""
_COUNTED = """
SELECT subject, location, books, staff, terminal, at, at_ms FROM stock_row
WHERE kind = 'count' AND status = 'counted' ORDER BY id
"""
_MOVED = """
SELECT EXISTS (SELECT 1 FROM stock_move WHERE source = :place AND at_ms > :since)
    OR EXISTS (SELECT 1 FROM stock_move WHERE target = :place AND at_ms > :since)
"""
_STOOD_BY = """
SELECT DISTINCT subject, CASE staff WHEN :staff THEN second_staff ELSE staff END FROM stock_move
WHERE day = :day AND second_staff IS NOT NULL AND :staff IN (staff, second_staff) AND kind <> 'hand_over'
"""


class StockHere(NamedTuple):
    """How many of an item and lot are at a place, and how many of them are kept for customers.

    `short`: how many more left than the books knew of; then `quantity` is 0.
    """

    slot: Slot
    quantity: int
    short: int
    reserved: int

    @property
    def available(self) -> int:
        """What may be taken; negative when more is kept for customers than is there."""
        return self.quantity - self.short - self.reserved


class Delivery(NamedTuple):
    """A dispatch that has not been received. `goods`: SKU, lot, use-by date, quantity sent."""

    subject: str
    note_number: str
    sent_at: str
    goods: tuple[tuple[str, str, str | None, int], ...]


class OpenCount(NamedTuple):
    """A count that waits for somebody else; its lines are in the state.

    `moved`: goods moved at the place after it, or what moved before it came later: the books are not those any more
    that it is to be compared with.
    """

    subject: str
    location: str
    books: str
    staff: str | None
    terminal: str
    at: str
    moved: bool


def balances(source: Reading, now: datetime) -> list[StockHere]:
    """What is, is short, or is kept for customers at places where goods can be counted; by place and item."""
    with source.reading() as connection:
        rows = connection.exec_driver_sql(_THERE).all()
        kept = _reserved(connection, now)
    found = {Slot(*row[:4]): row[4:] for row in rows if physical(row[0])}
    slots = sorted(found.keys() | kept.keys(), key=lambda each: (*each[:3], each.expires_on or ""))
    return [StockHere._make((slot, *found.get(slot, (0, 0)), kept.get(slot, 0))) for slot in slots]


def there(source: Reading, now: datetime) -> dict[Slot, int]:
    """What may be taken from each place: quantity less reservations. What `ledger.missing` is asked with."""
    return {each.slot: each.available for each in balances(source, now)}


def at_place(found: Iterable[StockHere], place: str) -> dict[str, int]:
    """How many of each item may be taken from one place, all its lots together; negative when too many are kept."""
    counted: dict[str, int] = {}
    for each in found:
        if each.slot.location == place:
            counted[each.slot.sku] = counted.get(each.slot.sku, 0) + each.available
    return counted


def net_balances(source: Reading, place: str) -> Balances:
    """What the books say of one place, negative where goods are short: what a count is compared with."""
    with source.reading() as connection:
        return _net_balances(connection, place)


def available(source: Reading, sku: str, places: Collection[str], now: datetime) -> dict[Slot, int]:
    """What may be taken of an item at these places, what expires first first; nothing that is 0 or less."""
    found = {
        slot: quantity
        for slot, quantity in there(source, now).items()
        if slot.sku == sku and slot.location in places and quantity > 0
    }
    return {slot: found[slot] for slot in fefo(found)}


def deliveries(source: Reading) -> list[Delivery]:
    """What is on its way to the branch, the oldest first."""
    with source.reading() as connection:
        return [
            Delivery(
                row.subject,
                row.note_number or "",
                row.at,
                tuple(tuple(each) for each in connection.exec_driver_sql(_GOODS_SENT, {"subject": row.subject})),
            )
            for row in connection.exec_driver_sql(_SENT).all()
        ]


def open_counts(source: Reading) -> list[OpenCount]:
    """Counts that wait for approval, the oldest first."""
    with source.reading() as connection:
        found = []
        for row in connection.exec_driver_sql(_COUNTED).all():
            books = books_digest(row.location, _net_balances(connection, row.location))
            moved = books != row.books or _moved(connection, row.location, row.at_ms)
            found.append(OpenCount._make((*row[:6], moved)))
        return found


def moved_since(source: Reading, place: str, since: datetime) -> bool:
    """Whether goods came to a place or left it after a moment, as the writing terminals' clocks say."""
    with source.reading() as connection:
        return _moved(connection, place, ms_of(since))


def _net_balances(connection: Connection, place: str) -> Balances:
    rows = connection.exec_driver_sql(f"{_THERE} AND location = :place", {"place": place}).all()
    return {Slot(*row[:4]): row.quantity - row.short for row in rows}


def _moved(connection: Connection, place: str, since_ms: int) -> bool:
    return bool(connection.exec_driver_sql(_MOVED, {"place": place, "since": since_ms}).scalar_one())


def _reserved(connection: Connection, now: datetime) -> dict[Slot, int]:
    """What reservations keep whose time is not over."""
    kept: dict[Slot, int] = {}
    for body in connection.exec_driver_sql(_RESERVED, {"now": ms_of(now)}).scalars():
        for location, sku, lot, expires_on, quantity in orjson.loads(body):
            slot = Slot(location, sku, lot, expires_on or None)
            kept[slot] = kept.get(slot, 0) + quantity
    return kept


def stood_by(source: Reading, staff: str, day: str) -> list[str]:
    """Who stood by this member of staff, or the other way round, on a day: once for each document and each return."""
    with source.reading() as connection:
        rows = connection.exec_driver_sql(_STOOD_BY, {"staff": staff, "day": day}).all()
    return [str(other) for _, other in rows]
