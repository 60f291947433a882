"""Moves and balances of stock, derived from claims and stock documents in the transaction that changed them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import Connection, bindparam, delete, insert, select

from branch_console.rules.gifts.states import Booked, StockState
from data.gift_tables import StockBalanceRow, StockDocumentRow, StockMoveRow
from data.keyed_rows import KeyedRows
from data.moments import moment
from data.statements import among, prepared
from data.states import Folded
from data.tables import table

Place: TypeAlias = tuple[str, str, str, str]
"""Location, SKU, lot, use-by date (empty: none): what a balance is kept of."""

_MOVE, _BALANCE = table(StockMoveRow), table(StockBalanceRow)
MOVE_COLUMNS = tuple(column.name for column in _MOVE.c if column.name != "seq")
_MOVES = prepared(select(*(_MOVE.c[name] for name in MOVE_COLUMNS)).where(among(_MOVE.c.subject, "subjects")))
_DROP_MOVE = prepared(delete(_MOVE).where(_MOVE.c.subject == bindparam("of_subject"), _MOVE.c.id == bindparam("of_id")))
_PUT_MOVE = prepared(insert(_MOVE).values({name: bindparam(name) for name in MOVE_COLUMNS}))
# SQLite checks the row that is proposed before it looks for a conflict: a negative quantity would be refused although
# the sum is not negative. So the proposal holds each sign in its own column.
_BOOK = """
INSERT INTO stock_balance (location, sku, lot, expires_on, quantity, short)
VALUES (:location, :sku, :lot, :expires_on, max(:delta, 0), max(-:delta, 0))
ON CONFLICT (location, sku, lot, expires_on) DO UPDATE SET
    quantity = max(quantity - short + :delta, 0), short = max(short - quantity - :delta, 0)
"""
_DOCUMENTS = KeyedRows(table(StockDocumentRow))


def project_documents(connection: Connection, changed: Mapping[str, Folded], zone: ZoneInfo) -> None:
    """Write the rows of stock documents."""
    _DOCUMENTS.put(connection, [_document(subject, found, zone) for subject, found in changed.items()])


def book(connection: Connection, changed: Mapping[str, Sequence[Booked]], zone: ZoneInfo) -> None:
    """Make the moves of these subjects what `changed` says, and the balances follow by the difference."""
    found = connection.exec_driver_sql(_MOVES, {"subjects": orjson.dumps(list(changed))})
    old = {(row.subject, row.id): dict(row._mapping) for row in found}
    new = {
        (subject, booked.id): move_row(subject, booked, zone) for subject, some in changed.items() for booked in some
    }
    gone = [row for place, row in old.items() if new.get(place) != row]
    come = [row for place, row in new.items() if old.get(place) != row]
    if gone:
        connection.exec_driver_sql(_DROP_MOVE, [{"of_subject": row["subject"], "of_id": row["id"]} for row in gone])
    if come:
        connection.exec_driver_sql(_PUT_MOVE, come)
    changes = differences(come)
    changes.subtract(differences(gone))
    deltas = [
        {"location": location, "sku": sku, "lot": lot, "expires_on": expires_on, "delta": delta}
        for (location, sku, lot, expires_on), delta in changes.items()
        if delta
    ]
    if deltas:
        connection.exec_driver_sql(_BOOK, deltas)


def differences(moves: Sequence[Mapping[str, Any]]) -> Counter[Place]:
    """What moves do to balances; sums to zero."""
    found: Counter[Place] = Counter()
    for row in moves:
        goods = (row["sku"], row["lot"], row["expires_on"])
        found[row["source"], *goods] -= row["quantity"]
        found[row["target"], *goods] += row["quantity"]
    return found


def move_row(subject: str, booked: Booked, zone: ZoneInfo) -> dict[str, Any]:
    """A booked move as its row, without the number in the order of arrival."""
    move, at = booked.move, moment(booked.at, zone)
    return {
        "subject": subject,
        "id": booked.id,
        "at": booked.at,
        "at_ms": at.ms,
        "day": at.day,
        "source": move.source,
        "target": move.target,
        "sku": move.sku,
        "lot": move.lot,
        "expires_on": move.expires_on or "",
        "quantity": move.quantity,
        "kind": move.kind,
        "value_fen": move.value_fen,
        "staff": booked.staff,
        "second_staff": booked.second_staff,
        "terminal": booked.terminal,
    }


def _document(subject: str, found: Folded, zone: ZoneInfo) -> dict[str, Any]:
    state: StockState = found.state
    at = moment(state.at, zone)
    return {
        "subject": subject,
        "kind": state.kind,
        "status": state.status,
        "note_number": state.note_number,
        "reason": state.reason,
        "location": state.location,
        "books": state.books,
        "reverses": state.reverses,
        "terminal": state.terminal,
        "staff": state.staff,
        "second_staff": state.second_staff,
        "at": state.at,
        "at_ms": at.ms,
        "day": at.day,
        "updated_at": state.updated_at,
        "marked": bool(state.marks),
        "clock": found.order[0],
        "own_seq": found.own_seq,
    }
