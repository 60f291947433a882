"""The journal table: heads of chains, inserting entries, and erasing data where an entry says so."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from branch_console.rules.clock import ZERO
from branch_console.rules.entries import CannotFoldError, read_data
from branch_console.rules.journal import FIRST_PREV, Entry
from branch_console.rules.journey_entries import DataErased
from data.codec import encode, without_data
from data.tables import ChainRow, EntryRow, ErasedRow, table

SANE_CLOCK = "9000000000000-0000"
"""Clocks from here on (the year 2255) are kept but not followed: following one would exhaust the clock's 13 digits."""

_CHAIN, _ENTRY, _ERASED = table(ChainRow), table(EntryRow), table(ErasedRow)
_HEADS = select(_CHAIN).where(_CHAIN.c.terminal.in_(bindparam("terminals", expanding=True)))
_LAST_CLOCK = select(func.max(_CHAIN.c.clock)).where(_CHAIN.c.clock < SANE_CLOCK)
_put = upsert(_CHAIN)
_PUT_HEAD = _put.on_conflict_do_update(
    index_elements=["terminal"], set_={name: _put.excluded[name] for name in ("seq", "hash", "clock")}
)
_PUT_ENTRY = insert(_ENTRY)
_PUT_ERASED = upsert(_ERASED).on_conflict_do_nothing()
_ERASED_AMONG = select(_ERASED.c.seq, _ERASED.c.subject).where(
    _ERASED.c.terminal == bindparam("terminal"), _ERASED.c.seq.between(bindparam("first"), bindparam("last"))
)
_ERASE = text(
    "UPDATE entry SET wire = CAST(json_set(CAST(wire AS TEXT), '$.data', json('null')) AS BLOB)"
    " WHERE terminal = :terminal AND seq = :seq AND subject = :subject"
)
_ERASE_QUARANTINED = text("UPDATE quarantined SET wire = NULL WHERE terminal = :terminal AND seq = :seq")
_IDS = select(_ENTRY.c.id).where(_ENTRY.c.id.in_(bindparam("ids", expanding=True)))


class Head(NamedTuple):
    """Where a writer's chain ends; seq 0 before its first entry. `clock` is the highest that it has written."""

    seq: int
    hash: str
    clock: str = ZERO


START = Head(0, FIRST_PREV)


def heads(connection: Connection, terminals: Collection[str]) -> dict[str, Head]:
    """The heads of these writers' chains, as far as this store holds them."""
    rows = connection.execute(_HEADS, {"terminals": list(terminals)})
    return {row.terminal: Head(row.seq, row.hash, row.clock) for row in rows}


def last_clock(connection: Connection, own: Head) -> str:
    """The clock that the next own entry must be later than."""
    return max(connection.execute(_LAST_CLOCK).scalar_one() or ZERO, own.clock)


def put_heads(connection: Connection, found: dict[str, Head]) -> None:
    """Write the heads of chains."""
    connection.execute(
        _PUT_HEAD,
        [
            {"terminal": terminal, "seq": head.seq, "hash": head.hash, "clock": head.clock}
            for terminal, head in found.items()
        ],
    )


def known_acts(connection: Connection, entries: Sequence[Entry]) -> set[str]:
    """The ids of acts among `entries`, not yet inserted, that stand in the journal already or twice among them."""
    ids = [entry.id for entry in entries]
    found = set(connection.execute(_IDS, {"ids": ids}).scalars())
    if len(set(ids)) < len(ids):
        once: set[str] = set()
        found.update(each for each in ids if each in once or once.add(each))  # type: ignore[func-returns-value]
    return found


def put_entries(connection: Connection, entries: Sequence[Entry]) -> tuple[list[Entry], set[str]]:
    """Insert entries that continue their chains, and erase what they or earlier ones ask to erase.

    Returns the entries as they were kept, and the subjects whose entries have lost data now: fold those anew.
    """
    gone = _already_erased(connection, entries)
    kept = [without_data(entry) if _place(entry) in gone else entry for entry in entries]
    connection.execute(_PUT_ENTRY, [_row(entry) for entry in kept])
    arrived = [_erased_row(entry, entry.terminal, entry.seq, entry) for entry in entries if entry.data is None]
    if arrived:
        connection.execute(_PUT_ERASED, arrived)
    asked = [
        _erased_row(entry, place.terminal, place.seq, entry)
        for entry in entries
        if entry.type == "data.erased"
        for place in _asked(entry)
    ]
    if not asked:
        return kept, set()
    connection.execute(_PUT_ERASED, asked)
    places = [{name: row[name] for name in ("terminal", "seq", "subject")} for row in asked]
    connection.execute(_ERASE, places)
    connection.execute(_ERASE_QUARANTINED, places)
    return kept, {row["subject"] for row in asked}


def _already_erased(connection: Connection, entries: Iterable[Entry]) -> set[tuple[str, int, str]]:
    """Places among `entries` whose erasure was asked for before they arrived."""
    ranges: dict[str, tuple[int, int]] = {}
    for entry in entries:
        first, last = ranges.get(entry.terminal, (entry.seq, entry.seq))
        ranges[entry.terminal] = (min(first, entry.seq), max(last, entry.seq))
    return {
        (terminal, row.seq, row.subject)
        for terminal, (first, last) in ranges.items()
        for row in connection.execute(_ERASED_AMONG, {"terminal": terminal, "first": first, "last": last})
    }


def _asked(entry: Entry) -> Sequence[Any]:
    """The places that a `data.erased` entry names; none when it cannot be read (it is listed as unfolded then)."""
    try:
        data = read_data(entry)
    except CannotFoldError:
        return ()
    return data.entries if isinstance(data, DataErased) else ()


def _place(entry: Entry) -> tuple[str, int, str]:
    return (entry.terminal, entry.seq, entry.subject)


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "terminal": entry.terminal,
        "seq": entry.seq,
        "id": entry.id,
        "type": entry.type,
        "subject": entry.subject,
        "clock": entry.clock,
        "hash": entry.hash,
        "wire": encode(entry),
    }


def _erased_row(by: Entry, terminal: str, seq: int, subject_of: Entry) -> dict[str, Any]:
    return {
        "terminal": terminal,
        "seq": seq,
        "subject": subject_of.subject,
        "by_terminal": by.terminal,
        "by_seq": by.seq,
    }
