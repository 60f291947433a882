"""Goods that come, move within the branch, or are destroyed: one stock document for each, in one transaction."""

from collections.abc import Sequence
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path

from branch_console.desk.desk import written
from branch_console.desk.gifts.booth import QUARANTINE, SHELF, Booth
from branch_console.desk.gifts.goods import Line, TypedLine, move_of, moves_of, read_lines
from branch_console.desk.gifts.hands import Second, hands, second_person
from branch_console.rules.canonical import Json
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from branch_console.rules.gifts.ledger import Goods
from branch_console.rules.gifts.marking import place
from branch_console.rules.gifts.parts import Move, MoveKind
from branch_console.rules.gifts.states import StockState
from branch_console.rules.gifts.stock import on_the_way
from branch_console.rules.gifts.stock_acts import check_receive, check_scrap, check_transfer
from branch_console.rules.gifts.stock_entries import StockReceived, StockScrapped, StockTransferred
from branch_console.security.text import clean
from data.identity import new_id


def receive(
    booth: Booth,
    dispatch: str | None,
    note_number: str,
    typed: Sequence[TypedLine],
    note: str,
    second_staff: str,
    password: str,
) -> str:
    """Take a delivery in as two people counted it; return the document's subject.

    Of a dispatch, what is missing goes to loss and what came beside it comes from the supplier. Raises FieldErrors,
    RuleError, and what a wrong password raises.
    """
    booth.require("stock.work")
    number = clean(note_number).strip()
    if not number or len(number) > 64:
        raise FieldErrors([FieldError("note_number", "note_number_form")])
    lines = read_lines(booth, typed, zero=dispatch is not None)
    second = second_person(booth.desk, second_staff, password)
    with booth.desk.act() as act:
        state = None if dispatch is None else act.state(dispatch)
        if dispatch is not None and not isinstance(state, StockState):
            raise RuleError("delivery_unknown")
        moves = moves_of(booth, lines, "supplier", SHELF, "receive") if state is None else _against(booth, state, lines)
        subject = dispatch or new_document(booth)
        data: dict[str, Json] = {
            "note_number": number,
            "moves": _json(moves),
            "second_staff": second.staff or "",
            "note": written(note),
        }
        _named(second)
        check_receive(hands(booth, act, second), state, StockReceived.model_validate(data))
        act.append("stock.received", subject, data)
    return subject


def transfer(
    booth: Booth,
    source: str,
    target: str,
    typed: Sequence[TypedLine],
    reason: str,
    note: str,
    second_staff: str,
    password: str,
) -> None:
    """Move goods within the branch; into quarantine they count as damaged. Raises like `receive`."""
    booth.require("stock.work")
    known_reason(booth, "transfer", reason, note)
    lines = read_lines(booth, typed)
    second = second_person(booth.desk, second_staff, password)
    moves = moves_of(booth, lines, source, target, "damage" if place(target) == QUARANTINE else "transfer")
    data: dict[str, Json] = {
        "moves": _json(moves),
        "reason": reason,
        "second_staff": second.staff,
        "note": written(note),
    }
    with booth.desk.act() as act:
        check_transfer(hands(booth, act, second), StockTransferred.model_validate(data))
        act.append("stock.transferred", new_document(booth), data)


def scrap(
    booth: Booth, typed: Sequence[TypedLine], reason: str, note: str, photo: str, second_staff: str, password: str
) -> None:
    """Destroy goods in quarantine. Of the photo at that path the hash is kept. Raises like `receive`."""
    booth.require("stock.work")
    known_reason(booth, "scrap", reason, note)
    lines = read_lines(booth, typed)
    proof = _hash_of(photo.strip())
    second = second_person(booth.desk, second_staff, password)
    _named(second)
    data: dict[str, Json] = {
        "moves": _json(moves_of(booth, lines, QUARANTINE, "scrap", "scrap")),
        "reason": reason,
        "second_staff": second.staff,
        "photo_sha256": proof,
        "note": written(note),
    }
    with booth.desk.act() as act:
        check_scrap(hands(booth, act, second), StockScrapped.model_validate(data))
        act.append("stock.scrapped", new_document(booth), data)


def known_reason(booth: Booth, use: str, code: str, note: str = "") -> None:
    """Raise RuleError unless the reason is one of those for this use; `other` says nothing without a note."""
    if code not in {row.code for row in booth.store.reference.codes("gift_reasons", use)}:
        raise RuleError("reason_unknown", reason=code[:64])
    if code == "other" and not note.strip():
        raise RuleError("reason_needs_note")


def _against(booth: Booth, state: StockState, lines: Sequence[Line]) -> list[Move]:
    """The moves of a delivery that was counted against what was sent."""
    counted: dict[Goods, int] = {}
    for line in lines:
        counted[line.goods] = counted.get(line.goods, 0) + line.quantity
    sent = on_the_way(state)
    moves: list[Move] = []
    for goods in dict.fromkeys([*sent, *counted]):
        came, expected = counted.get(goods, 0), sent.get(goods, 0)
        ways: tuple[tuple[int, str, str, MoveKind], ...] = (
            (min(came, expected), "transit", SHELF, "receive"),
            (expected - came, "transit", "loss", "loss"),
            (came - expected, "supplier", SHELF, "receive"),
        )
        moves += [move_of(booth, goods, *each) for each in ways if each[0] > 0]
    return moves


def _named(second: Second) -> None:
    """Raise RuleError when nobody stands by although somebody must."""
    if second.staff is None:
        raise RuleError("second_staff_needed")


def _hash_of(path: str) -> str | None:
    """The SHA-256 of a photo; None when none was taken. Raises FieldErrors for a file that cannot be read."""
    if not path:
        return None
    with suppress(OSError, ValueError), Path(path).expanduser().open("rb") as photo:
        return file_digest(photo, "sha256").hexdigest()
    raise FieldErrors([FieldError("photo", "photo_unreadable")])


def new_document(booth: Booth) -> str:
    """The subject of a new stock document."""
    return f"stock/{new_id(int(booth.now().timestamp() * 1000))}"


def _json(moves: Sequence[Move]) -> list[Json]:
    return [move.model_dump() for move in moves]
