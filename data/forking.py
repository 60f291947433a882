"""After a restore: marking that heads must be compared, and going on in a new journal after a fork (promise G7)."""

from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from branch_console.rules.canonical import Json, canonical_hash
from branch_console.rules.journal import Entry, entry_hash, format_at
from branch_console.rules.reference import Reference
from data import meta
from data.case_tables import CaseRow, RatingRow
from data.codec import decode, encode, without_data
from data.errors import WrongBranchError
from data.gift_tables import ClaimRow, StockDocumentRow
from data.identity import Identity
from data.journal import START, Head, heads, put_heads, put_received
from data.outbox import hash_at
from data.projection import project
from data.right_tables import AttestationRow
from data.states import States
from data.statistics.due import note_new_journal
from data.tables import CheckpointRow, EntryRow, ListedRow, MovedRow, QuarantinedRow, UnfoldedRow, table

_ENTRY, _MOVED = table(EntryRow), table(MovedRow)
_UNSENT = (
    select(_ENTRY.c.wire)
    .where(_ENTRY.c.terminal == bindparam("terminal"), _ENTRY.c.seq > bindparam("after"))
    .order_by(_ENTRY.c.seq)
)


def mark_restored(connection: Connection) -> None:
    """Note that this store may be older than what central holds of it."""
    now = format_at(datetime.now(UTC))
    meta.put(connection, meta.RESTORED, now)
    meta.put(connection, meta.LAST_RESTORED, now)


def moved(connection: Connection, terminal: str, seq: int, digest: str) -> bool:
    """Whether this entry was carried over to another journal."""
    taken = select(_MOVED.c.hash).where(_MOVED.c.terminal == terminal, _MOVED.c.seq == seq)
    return connection.execute(taken).scalar_one_or_none() == digest


def continue_in_new_journal(connection: Connection, old: Identity, new: Identity, reference: Reference) -> int:
    """Carry what central has not confirmed over to the journal of a new identity, under the same act ids; how many.

    What central has confirmed stays under the old name, as entries of another terminal; the feed brings what central
    holds of the old journal besides. An act that arrives both ways counts once. Raises WrongBranchError.
    """
    if new.branch != old.branch:
        raise WrongBranchError
    after = meta.get_number(connection, meta.ACKNOWLEDGED)
    wires = connection.execute(_UNSENT, {"terminal": old.terminal, "after": after}).scalars()
    unsent = [decode(wire) for wire in wires]
    carried = _carry_over(unsent, old.terminal, new.terminal)
    _take_out(connection, old.terminal, after, unsent, carried)
    put_received(connection, carried)
    _set_heads(connection, old.terminal, new.terminal, after, carried)
    for model in (ListedRow, ClaimRow, StockDocumentRow, AttestationRow, CaseRow, RatingRow):
        connection.execute(update(table(model)).values(own_seq=0))
    states = States(connection, reference, new.terminal)
    for subject in {entry.subject for entry in carried}:
        states.refold(subject)
    project(connection, states.flush(), reference, new)
    note_new_journal(connection)
    for name in (meta.PUSHED, meta.CURSOR, meta.RESTORED, meta.AGREED_EPOCH, meta.PAST_EPOCHS):
        meta.drop(connection, name)
    meta.put(connection, meta.ACKNOWLEDGED, 0)
    meta.put(connection, meta.EPOCH, new.epoch)
    meta.put(connection, meta.IDENTITY, new.dump())
    return len(carried)


def _carry_over(unsent: list[Entry], old: str, new: str) -> list[Entry]:
    """The same acts as entries of the new journal: same id, time, clock and facts; another place and chain."""
    places = {entry.seq: at for at, entry in enumerate(unsent, start=1)}
    carried: list[Entry] = []
    prev = START.hash
    for at, entry in enumerate(unsent, start=1):
        moved = entry._replace(terminal=new, seq=at, prev=prev)
        if entry.type == "data.erased" and entry.data is not None:
            data: dict[str, Json] = {**entry.data, "entries": _new_places(entry.data.get("entries"), places, old, new)}
            moved = moved._replace(data=data, data_hash=canonical_hash(data))
        moved = moved._replace(hash=entry_hash(moved))
        carried.append(moved)
        prev = moved.hash
    return carried


def _new_places(entries: Json, places: dict[int, int], old: str, new: str) -> Json:
    """Where the entries that an erasure names stand now."""
    named: list[Json] = []
    for place in entries if isinstance(entries, list) else []:
        moved = places.get(place["seq"]) if place["terminal"] == old else None
        named.append(place if moved is None else {**place, "terminal": new, "seq": moved})
    return named


def _take_out(connection: Connection, old: str, after: int, unsent: list[Entry], carried: list[Entry]) -> None:
    """Remove from the old journal what is carried over, leaving a note of each entry without its data."""
    if unsent:
        rows = [
            {
                "terminal": entry.terminal,
                "seq": entry.seq,
                "new_terminal": moved.terminal,
                "new_seq": moved.seq,
                "hash": entry.hash,
                "wire": encode(without_data(entry)),
            }
            for entry, moved in zip(unsent, carried, strict=True)
        ]
        connection.execute(insert(_MOVED), rows)
    for model in (EntryRow, UnfoldedRow, QuarantinedRow, CheckpointRow):
        rows_of = table(model)
        connection.execute(delete(rows_of).where(rows_of.c.terminal == old, rows_of.c.seq > after))


def _set_heads(connection: Connection, old: str, new: str, after: int, carried: list[Entry]) -> None:
    """The old journal ends where central confirmed it, the new one with what was carried over."""
    before = heads(connection, (old,)).get(old, START)
    ends = {old: Head(after, hash_at(connection, old, after) or START.hash, before.clock)}
    if carried:
        ends[new] = Head(carried[-1].seq, carried[-1].hash, carried[-1].clock)
    put_heads(connection, ends)
