"""The journal table: heads of chains, inserting entries, and erasing data where an entry says so."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from branch_console.rules.clock import ZERO
from branch_console.rules.entries import CannotFoldError, read_data
from branch_console.rules.journal import FIRST_PREV, Entry
from branch_console.rules.journey_entries import DataErased
from data.codec import encode, without_data
from data.statements import among, prepared
from data.tables import ChainRow, EntryRow, ErasedRow, table

SANE_CLOCK = "9000000000000-0000"
"""Clocks from here on (the year 2255) are kept but not followed: following one would exhaust the clock's 13 digits."""

ERASED = "data.erased"

_CHAIN, _ENTRY, _ERASED = table(ChainRow), table(EntryRow), table(ErasedRow)
_HEADS = prepared(select(_CHAIN).where(among(_CHAIN.c.terminal, "terminals")))
_ALL_HEADS = prepared(select(_CHAIN))
_put = upsert(_CHAIN)
_PUT_HEAD = prepared(
    _put.on_conflict_do_update(
        index_elements=["terminal"], set_={name: _put.excluded[name] for name in ("seq", "hash", "clock")}
    )
)
_PUT_ENTRY = prepared(insert(_ENTRY))
_PUT_ERASED = prepared(upsert(_ERASED).on_conflict_do_nothing())
_ERASED_AMONG = prepared(
    select(_ERASED.c.seq, _ERASED.c.subject).where(
        _ERASED.c.terminal == bindparam("terminal"), _ERASED.c.seq.between(bindparam("first"), bindparam("last"))
    )
)
_ACT_AT = (
    "SELECT subject, id FROM entry"
    " WHERE terminal = :terminal AND seq = :seq AND subject = :subject AND type <> 'data.erased'"
)
_NOTE_COPIES = (
    "INSERT OR IGNORE INTO erased (terminal, seq, subject, by_terminal, by_seq)"
    " SELECT copy.terminal, copy.seq, copy.subject, erased.by_terminal, erased.by_seq FROM entry AS named"
    " JOIN erased ON erased.terminal = named.terminal AND erased.seq = named.seq AND erased.subject = named.subject"
    " JOIN entry AS copy ON copy.subject = named.subject AND copy.id = named.id AND copy.type <> 'data.erased'"
    " WHERE named.subject = :subject AND named.id = :id AND named.type <> 'data.erased'"
)
_ERASE = (
    "UPDATE entry SET wire = CAST(json_set(CAST(wire AS TEXT), '$.data', json('null')) AS BLOB)"
    " WHERE subject = :subject AND id = :id AND type <> 'data.erased' AND EXISTS (SELECT 1 FROM erased"
    " WHERE erased.terminal = entry.terminal AND erased.seq = entry.seq AND erased.subject = entry.subject)"
)
_ERASE_QUARANTINED = "UPDATE quarantined SET wire = NULL WHERE terminal = :terminal AND seq = :seq"
_ACTS = (
    "SELECT entry.id FROM json_each(:acts) AS act"
    " JOIN entry ON entry.subject = act.value ->> 0 AND entry.id = act.value ->> 1"
)


class Head(NamedTuple):
    """Where a writer's chain ends; seq 0 before its first entry. `clock` is the highest that it has written."""

    seq: int
    hash: str
    clock: str = ZERO


START = Head(0, FIRST_PREV)


def heads(connection: Connection, terminals: Collection[str]) -> dict[str, Head]:
    """The heads of these writers' chains, as far as this store holds them."""
    rows = connection.exec_driver_sql(_HEADS, {"terminals": orjson.dumps(list(terminals))})
    return {row.terminal: Head(row.seq, row.hash, row.clock) for row in rows}


def own_head(connection: Connection, own: str) -> tuple[Head, str]:
    """The head of the own journal, and the clock that its next entry must be later than."""
    rows = connection.exec_driver_sql(_ALL_HEADS).all()
    head = next((Head(row.seq, row.hash, row.clock) for row in rows if row.terminal == own), START)
    return head, max([head.clock, *(row.clock for row in rows if row.clock < SANE_CLOCK)])


def put_heads(connection: Connection, found: dict[str, Head]) -> None:
    """Write the heads of chains."""
    connection.exec_driver_sql(
        _PUT_HEAD,
        [
            {"terminal": terminal, "seq": head.seq, "hash": head.hash, "clock": head.clock}
            for terminal, head in found.items()
        ],
    )


def known_acts(connection: Connection, entries: Sequence[Entry]) -> set[str]:
    """The ids of acts among `entries`, not yet inserted, that their subjects know already or that stand there twice."""
    ids = [entry.id for entry in entries]
    acts = orjson.dumps([(entry.subject, entry.id) for entry in entries])
    found = set(connection.exec_driver_sql(_ACTS, {"acts": acts}).scalars())
    if len(set(ids)) < len(ids):
        once: set[str] = set()
        found.update(each for each in ids if each in once or once.add(each))  # type: ignore[func-returns-value]
    return found


def put_received(
    connection: Connection, entries: Sequence[Entry], seen: Collection[str] = ()
) -> tuple[list[Entry], set[str]]:
    """Insert entries of other writers that continue their chains, without the data that was erased before they came.

    `seen`: ids of acts among them that stand twice (known_acts). Returns the entries as they were kept, and the
    subjects whose entries may have lost data now: fold those anew.
    """
    gone = already_erased(connection, entries)
    kept = [without_data(entry) if place_of(entry) in gone and entry.type != ERASED else entry for entry in entries]
    arrived = [_erased_row(entry, entry.terminal, entry.seq) for entry in entries if entry.data is None]
    if arrived:
        connection.exec_driver_sql(_PUT_ERASED, arrived)
    return kept, put_entries(connection, kept, seen)


def put_entries(connection: Connection, entries: Sequence[Entry], seen: Collection[str] = ()) -> set[str]:
    """Insert entries that continue their chains, and erase what they ask to erase: every copy of the act.

    Returns the subjects whose entries have lost data now: fold those anew.
    """
    if not entries:
        return set()
    connection.exec_driver_sql(_PUT_ENTRY, [_row(entry) for entry in entries])
    asked = [
        _erased_row(entry, place.terminal, place.seq)
        for entry in entries
        if entry.type == ERASED
        for place in _asked(entry)
    ]
    acts = {(entry.subject, entry.id) for entry in entries if entry.id in seen}
    if asked:
        connection.exec_driver_sql(_PUT_ERASED, asked)
        connection.exec_driver_sql(_ERASE_QUARANTINED, asked)
        for row in asked:
            acts.update((act.subject, act.id) for act in connection.exec_driver_sql(_ACT_AT, row))
    _erase_acts(connection, acts)
    return {row["subject"] for row in asked} | {subject for subject, _id in acts}


def _erase_acts(connection: Connection, acts: Collection[tuple[str, str]]) -> None:
    """Where one copy of an act is erased, erase them all: an act that was carried over stands in two journals."""
    if acts:
        copies = [{"subject": subject, "id": each} for subject, each in acts]
        connection.exec_driver_sql(_NOTE_COPIES, copies)
        connection.exec_driver_sql(_ERASE, copies)


def already_erased(connection: Connection, entries: Iterable[Entry]) -> set[tuple[str, int, str]]:
    """Places among `entries` whose erasure was asked for before they arrived."""
    ranges: dict[str, tuple[int, int]] = {}
    for entry in entries:
        first, last = ranges.get(entry.terminal, (entry.seq, entry.seq))
        ranges[entry.terminal] = (min(first, entry.seq), max(last, entry.seq))
    return {
        (terminal, row.seq, row.subject)
        for terminal, (first, last) in ranges.items()
        for row in connection.exec_driver_sql(_ERASED_AMONG, {"terminal": terminal, "first": first, "last": last})
    }


def _asked(entry: Entry) -> Sequence[Any]:
    """The places that a `data.erased` entry names; none when it cannot be read (it is listed as unfolded then)."""
    try:
        data = read_data(entry)
    except CannotFoldError:
        return ()
    return data.entries if isinstance(data, DataErased) else ()


def place_of(entry: Entry) -> tuple[str, int, str]:
    """Where an entry stands, and what it is about: what an erasure names."""
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


def _erased_row(by: Entry, terminal: str, seq: int) -> dict[str, Any]:
    return {
        "terminal": terminal,
        "seq": seq,
        "subject": by.subject,
        "by_terminal": by.terminal,
        "by_seq": by.seq,
    }
