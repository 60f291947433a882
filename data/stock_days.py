"""A business day's stock: opening, what came, what went, what was corrected; and which days were closed."""

from collections import Counter
from typing import NamedTuple

from branch_console.rules.gifts.ledger import physical
from data.reading import Reading

CORRECTING = frozenset({"count", "correction"})
"""Kinds of moves that set the books right; all others are goods that came or went."""

_NOW = "SELECT location, sku, lot, sum(quantity - short) FROM stock_balance GROUP BY 1, 2, 3"
_SINCE = """
SELECT source, target, sku, lot, kind, day <= :day, sum(quantity) FROM stock_move WHERE day >= :since
GROUP BY 1, 2, 3, 4, 5, 6
"""
_CLOSED = """
SELECT subject, day, digest, previous, maker, signed_by, at, marked FROM day_row
WHERE closed AND day <= :through ORDER BY day DESC LIMIT 1
"""
_AFTER_CLOSING = "SELECT DISTINCT day FROM stock_move WHERE day > :after AND day < :before ORDER BY day"


class DayFigure(NamedTuple):
    """One item and lot at one place over a business day: opening + came − went + corrected = closing."""

    location: str
    sku: str
    lot: str
    opening: int
    came: int
    went: int
    corrected: int
    closing: int


class ClosedDay(NamedTuple):
    """A business day that was closed; its lines are in the state. `marked`: it was closed twice, or otherwise odd."""

    subject: str
    day: str
    digest: str
    previous: str
    maker: str | None
    signed_by: str | None
    at: str
    marked: bool


def day_figures(source: Reading, day: str, since: str | None = None) -> list[DayFigure]:
    """The figures of a business date (YYYY-MM-DD) at places where goods can be counted; by place and item.

    `since`: of all days from that one on. Read backwards from what is there now, so that they fit the balances
    whatever arrived late.
    """
    with source.reading() as connection:
        closing = Counter({tuple(row[:3]): row[3] for row in connection.exec_driver_sql(_NOW)})
        moves = connection.exec_driver_sql(_SINCE, {"day": day, "since": since or day}).all()
    came, went, corrected = Counter[tuple[str, ...]](), Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for source_place, target_place, sku, lot, kind, counts, quantity in moves:
        source_slot, target_slot = (source_place, sku, lot), (target_place, sku, lot)
        if not counts:
            closing[source_slot] += quantity
            closing[target_slot] -= quantity
        elif kind in CORRECTING:
            corrected[source_slot] -= quantity
            corrected[target_slot] += quantity
        else:
            went[source_slot] += quantity
            came[target_slot] += quantity
    figures = []
    for slot in sorted(closing.keys() | came.keys() | went.keys() | corrected.keys()):
        opening = closing[slot] - came[slot] + went[slot] - corrected[slot]
        numbers = (opening, came[slot], went[slot], corrected[slot], closing[slot])
        if physical(slot[0]) and any(numbers):
            figures.append(DayFigure(slot[0], slot[1], slot[2], *numbers))
    return figures


def last_closed(source: Reading, through: str = "9999-99-99") -> ClosedDay | None:
    """The last business day that was closed, not after `through`; None when there is none."""
    with source.reading() as connection:
        row = connection.exec_driver_sql(_CLOSED, {"through": through}).one_or_none()
    return None if row is None else ClosedDay._make((*row[:7], bool(row.marked)))


def days_not_closed(source: Reading, before: str) -> list[str]:
    """The business dates after the last closed day, and before `before`, on which goods moved."""
    closed = last_closed(source, before)
    with source.reading() as connection:
        values = {"after": closed.day if closed else "", "before": before}
        return list(connection.exec_driver_sql(_AFTER_CLOSING, values).scalars())
