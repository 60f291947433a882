"""What was typed into a stock form, as goods: SKU, lot, use-by date and how many."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from branch_console.desk.gifts.booth import Booth
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from branch_console.rules.gifts.ledger import Goods
from branch_console.rules.gifts.parts import Move, MoveKind
from branch_console.security.text import clean

MOST = 1_000_000


class TypedLine(NamedTuple):
    """One line of a form, as typed."""

    sku: str
    lot: str
    expires_on: str
    quantity: str
    expected: bool = False
    """The line was on a note or a sheet: none of it may be there."""


class Line(NamedTuple):
    """Goods and how many."""

    goods: Goods
    quantity: int


def read_lines(booth: Booth, typed: Sequence[TypedLine], *, zero: bool = False) -> list[Line]:
    """The lines of a form. A line without a quantity is left out, unless it had to be filled in.

    `zero`: every line has to be, and there may be none of something. Raises FieldErrors (fields `line.<n>`, from 0),
    RuleError `nothing_to_move` when nothing was filled in.
    """
    lines: list[Line] = []
    wrong: list[FieldError] = []
    for number, each in enumerate(typed):
        if not each.quantity.strip():
            if zero or each.expected:
                wrong.append(FieldError(f"line.{number}", "quantity_missing"))
            continue
        try:
            lines.append(_line(booth, each, zero=zero or each.expected))
        except RuleError as error:
            wrong.append(FieldError(f"line.{number}", error.code, **error.params))
    if wrong:
        raise FieldErrors(wrong)
    if not lines:
        raise RuleError("nothing_to_move")
    return lines


def moves_of(booth: Booth, lines: Sequence[Line], source: str, target: str, kind: MoveKind) -> list[Move]:
    """The moves that take these goods from one place to another, at market value."""
    return [move_of(booth, each.goods, each.quantity, source, target, kind) for each in lines if each.quantity]


def move_of(booth: Booth, goods: Goods, quantity: int, source: str, target: str, kind: MoveKind) -> Move:
    """One move."""
    return Move(
        sku=goods.sku,
        lot=goods.lot,
        expires_on=goods.expires_on,
        quantity=quantity,
        source=source,
        target=target,
        kind=kind,
        value_fen=quantity * prices(booth).get(goods.sku, 0),
    )


def prices(booth: Booth) -> dict[str, int]:
    """Market value in fen of one piece, by SKU."""
    items = booth.store.reference.items
    return {} if items is None else {row.sku: row.value_fen for row in items.rows}


def _line(booth: Booth, typed: TypedLine, *, zero: bool) -> Line:
    items = booth.store.reference.items
    row = None if items is None else items.row(typed.sku.strip())
    if row is None:
        raise RuleError("item_unknown", sku=typed.sku.strip()[:32])
    quantity = _quantity(typed.quantity)
    if quantity == 0 and not zero:
        raise RuleError("quantity_none")
    lot = clean(typed.lot).strip()
    if len(lot) > 32:
        raise RuleError("lot_too_long", most=32)
    expires_on = _day(typed.expires_on)
    if row.food and expires_on is None and quantity:
        raise RuleError("expiry_missing")
    return Line(Goods(row.sku, lot, expires_on), quantity)


def _quantity(text: str) -> int:
    digits = text.strip()
    if not digits.isascii() or not digits.isdecimal():
        raise RuleError("quantity_form")
    if int(digits[:9]) > MOST or len(digits) > 9:
        raise RuleError("quantity_too_large", most=MOST)
    return int(digits)


def _day(text: str) -> str | None:
    """A date as YYYY-MM-DD; None for an empty text."""
    written = text.strip()
    if not written:
        return None
    try:
        found = date.fromisoformat(written)
    except ValueError:
        raise RuleError("date_form") from None
    if found.isoformat() != written:
        raise RuleError("date_form")
    return written
