"""The stock of all branches in PostgreSQL, kept by the transaction that stores the entries.

Balances change by what the folded states of claims and stock documents book, and by nothing else; the database itself
refuses a negative quantity. `short` of the supplier is what it has sent, and so on for every place outside a branch.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any, cast

from branch_console.central.database import Connection
from branch_console.rules.gifts.ledger import Balances, Slot, booked_of, deltas
from branch_console.rules.gifts.parts import Move
from branch_console.rules.gifts.states import Booked

_MOVE = ("sku", "lot", "expires_on", "quantity", "source", "target", "kind", "value_fen")
_KNOWN = """
SELECT subject, id, at, terminal, staff, second_staff,
       sku, lot, nullif(expires_on, ''), quantity, source, target, kind, value_fen FROM stock_move
WHERE branch = %s AND subject = ANY(%s)
"""
_FORGET = "DELETE FROM stock_move WHERE branch = %s AND subject = %s AND id = %s"
_BOOK = """
INSERT INTO stock_move (branch, subject, id, sku, lot, expires_on, quantity, source, target, kind, value_fen, at,
                        terminal, staff, second_staff)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_CHANGE = """
INSERT INTO stock_balance AS b (branch, location, sku, lot, expires_on, quantity, short)
SELECT %(branch)s, d.location, d.sku, d.lot, d.expires_on, greatest(d.net, 0), greatest(-d.net, 0)
FROM unnest(%(location)s::text[], %(sku)s::text[], %(lot)s::text[], %(expires_on)s::text[], %(net)s::bigint[])
    AS d (location, sku, lot, expires_on, net)
ON CONFLICT (branch, location, sku, lot, expires_on) DO UPDATE
SET quantity = greatest(b.quantity - b.short + excluded.quantity - excluded.short, 0),
    short = greatest(b.short - b.quantity + excluded.short - excluded.quantity, 0)
"""


async def mirror_stock(connection: Connection, branch: str, states: Mapping[str, object]) -> None:
    """Book what the changed claims and stock documents, by subject, say now. Their rows in `state` are locked."""
    known = await _known(connection, branch, list(states))
    if not known and not any(booked_of(state) for state in states.values()):
        return
    change: Counter[Slot] = Counter()
    added, removed = [], []
    for subject, state in states.items():
        old, new = known[subject], {each.id: each for each in booked_of(state)}
        change.update(deltas(old.values(), new.values()))
        removed += [(branch, subject, each) for each in old.keys() - new.keys()]
        added += [_row(branch, subject, each) for name, each in new.items() if name not in old]
    async with connection.cursor() as cursor:
        if removed:
            await cursor.executemany(_FORGET, removed)
        if added:
            await cursor.executemany(_BOOK, added)
    await _change(connection, branch, {slot: net for slot, net in change.items() if net})


async def balances_of(connection: Connection, branch: str) -> Balances:
    """Net quantities of a branch that are not zero, as the mirror has them."""
    cursor = await connection.execute(
        "SELECT location, sku, lot, expires_on, quantity - short FROM stock_balance"
        " WHERE branch = %s AND quantity <> short ORDER BY 1, 2, 3, 4",
        (branch,),
    )
    rows = cast(list[tuple[str, str, str, str, int]], await cursor.fetchall())
    return {Slot(location, sku, lot, expires or None): net for location, sku, lot, expires, net in rows}


async def _known(connection: Connection, branch: str, subjects: list[str]) -> dict[str, dict[str, Booked]]:
    """The moves that are booked of these subjects, by subject and id."""
    cursor = await connection.execute(_KNOWN, (branch, subjects))
    found: dict[str, dict[str, Booked]] = defaultdict(dict)
    for row in cast(list[tuple[Any, ...]], await cursor.fetchall()):
        subject, name, at, terminal, staff, second_staff = row[:6]
        move = Move.model_construct(**dict(zip(_MOVE, row[6:], strict=True)))
        found[subject][name] = Booked(name, move, at, terminal, staff, second_staff)
    return found


def _row(branch: str, subject: str, booked: Booked) -> tuple[object, ...]:
    move = booked.move
    goods = (move.sku, move.lot, move.expires_on or "")
    moved = (move.quantity, move.source, move.target, move.kind, move.value_fen)
    return (branch, subject, booked.id, *goods, *moved, booked.at, booked.terminal, booked.staff, booked.second_staff)


async def _change(connection: Connection, branch: str, change: Balances) -> None:
    """Change balances, always in the same order, so that two pushes of a branch never wait for each other crosswise."""
    slots = sorted(change, key=lambda each: (each.location, each.sku, each.lot, each.expires_on or ""))
    if not slots:
        return
    await connection.execute(
        _CHANGE,
        {
            "branch": branch,
            "location": [each.location for each in slots],
            "sku": [each.sku for each in slots],
            "lot": [each.lot for each in slots],
            "expires_on": [each.expires_on or "" for each in slots],
            "net": [change[each] for each in slots],
        },
    )
