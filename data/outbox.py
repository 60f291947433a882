"""What central has not confirmed yet: the own journal behind the acknowledged entry. There is no second queue."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from branch_console.rules.journal import Entry, format_at
from branch_console.security.signing import make_checkpoint
from data import meta
from data.codec import decode
from data.errors import ForkError
from data.identity import Identity
from data.statistics.due import note_unconfirmed
from data.tables import AcknowledgedRow, CheckpointRow, EntryRow, QuarantinedRow, table

_ENTRY, _ACKNOWLEDGED, _CHECKPOINT = table(EntryRow), table(AcknowledgedRow), table(CheckpointRow)
_QUARANTINED = table(QuarantinedRow)
_WAITING = (
    select(_ENTRY.c.seq, _ENTRY.c.hash, _ENTRY.c.wire)
    .where(
        _ENTRY.c.terminal == bindparam("terminal"),
        _ENTRY.c.seq > bindparam("after"),
        _ENTRY.c.seq <= bindparam("through"),
    )
    .order_by(_ENTRY.c.seq)
    .limit(bindparam("limit"))
)
_HASH = select(_ENTRY.c.hash).where(_ENTRY.c.terminal == bindparam("terminal"), _ENTRY.c.seq == bindparam("seq"))
_OWN_CHECKPOINT = select(_CHECKPOINT).where(
    _CHECKPOINT.c.signer == "own",
    _CHECKPOINT.c.terminal == bindparam("terminal"),
    _CHECKPOINT.c.seq == bindparam("seq"),
)
_PUT_CHECKPOINT = insert(_CHECKPOINT).prefix_with("OR REPLACE")
_PUT_ACKNOWLEDGED = insert(_ACKNOWLEDGED).prefix_with("OR IGNORE")
_UNACKNOWLEDGE = delete(_ACKNOWLEDGED).where(
    _ACKNOWLEDGED.c.terminal == bindparam("of_terminal"), _ACKNOWLEDGED.c.through > bindparam("after")
)
_PUT_QUARANTINED = insert(_QUARANTINED).prefix_with("OR REPLACE")
_NO_END = 2**62


class Batch(NamedTuple):
    """What to push next: `body_entries` is the JSON array of exactly the stored bytes; no entries, no checkpoint."""

    entries: list[Entry]
    body_entries: bytes
    checkpoint: dict[str, str | int] | None


class Quarantined(NamedTuple):
    """What central says of an own entry that it keeps but cannot fold."""

    seq: int
    code: str
    detail: str


EMPTY = Batch([], b"[]", None)


def next_batch(connection: Connection, identity: Identity, limit: int, max_bytes: int, now: datetime) -> Batch:
    """The oldest waiting entries; the same ones again as long as the last batch is not acknowledged and still fits."""
    own, after = identity.terminal, meta.get_number(connection, meta.ACKNOWLEDGED)
    pushed = meta.get_number(connection, meta.PUSHED)
    if pushed > after:
        rows = _fitting(connection, own, after, pushed, limit, max_bytes)
        if rows and rows[-1].seq == pushed:
            return _batch(rows, _stored_checkpoint(connection, own, pushed))
    rows = _fitting(connection, own, after, _NO_END, limit, max_bytes)
    if not rows:
        return EMPTY
    last = rows[-1]
    checkpoint = _stored_checkpoint(connection, own, last.seq)
    if checkpoint is None:
        checkpoint = make_checkpoint(identity.signing_key, own, last.seq, last.hash, now)
        connection.execute(_PUT_CHECKPOINT, checkpoint | {"signer": "own"})
    meta.put(connection, meta.PUSHED, last.seq)
    return _batch(rows, checkpoint)


def acknowledge(
    connection: Connection,
    identity: Identity,
    through: int,
    head_hash: str,
    quarantined: Sequence[Quarantined],
    at: datetime,
) -> None:
    """Central holds everything up to `through`. Raises ForkError when what it holds there is not what stands here."""
    own = identity.terminal
    if through and hash_at(connection, own, through) != head_hash:
        raise ForkError(seq=through)
    moment = format_at(at)
    if through > meta.get_number(connection, meta.ACKNOWLEDGED):
        meta.put(connection, meta.ACKNOWLEDGED, through)
        connection.execute(_PUT_ACKNOWLEDGED, {"terminal": own, "through": through, "at": moment})
    if quarantined:
        connection.execute(_PUT_QUARANTINED, [_quarantined_row(own, each, moment) for each in quarantined])


def agree_through(connection: Connection, own: str, through: int) -> None:
    """Heads were compared: central holds the own entries up to `through`, and exactly what comes after is waiting."""
    if through < meta.get_number(connection, meta.ACKNOWLEDGED):
        note_unconfirmed(connection, own, through)
    meta.put(connection, meta.ACKNOWLEDGED, through)
    connection.execute(_UNACKNOWLEDGE, {"of_terminal": own, "after": through})
    meta.drop(connection, meta.PUSHED)
    meta.drop(connection, meta.RESTORED)


def keep_checkpoint(connection: Connection, checkpoint: Mapping[str, object]) -> None:
    """Keep central's signed head of this terminal's journal; its signature has been checked."""
    connection.execute(_PUT_CHECKPOINT, dict(checkpoint) | {"signer": "central"})


def agreed_epoch(connection: Connection, identity: Identity) -> str:
    """The epoch in which heads were compared last; at first that of the enrolment."""
    return meta.get(connection, meta.AGREED_EPOCH) or identity.epoch


def hash_at(connection: Connection, own: str, seq: int) -> str | None:
    """The hash of the own entry `seq`, None when there is none."""
    found = connection.execute(_HASH, {"terminal": own, "seq": seq}).scalar_one_or_none()
    return None if found is None else str(found)


def waiting(connection: Connection, own: str) -> int:
    """How many own entries central has not confirmed."""
    head = connection.execute(select(func.max(_ENTRY.c.seq)).where(_ENTRY.c.terminal == own)).scalar_one() or 0
    return int(head) - meta.get_number(connection, meta.ACKNOWLEDGED)


def _fitting(connection: Connection, own: str, after: int, through: int, limit: int, max_bytes: int) -> list[Any]:
    """Rows behind `after`, as many as fit; one always does."""
    rows: list[Any] = []
    size = 1
    bounds = {"terminal": own, "after": after, "through": through, "limit": limit}
    for row in connection.execute(_WAITING, bounds):
        size += len(row.wire) + 1
        if rows and size > max_bytes:
            break
        rows.append(row)
    return rows


def _batch(rows: Sequence[Any], checkpoint: dict[str, str | int] | None) -> Batch:
    wires = [row.wire for row in rows]
    return Batch([decode(wire) for wire in wires], b"[" + b",".join(wires) + b"]", checkpoint)


def _stored_checkpoint(connection: Connection, own: str, seq: int) -> dict[str, str | int] | None:
    """The checkpoint that was made for this head before: a push that is repeated is the same to the byte."""
    row = connection.execute(_OWN_CHECKPOINT, {"terminal": own, "seq": seq}).mappings().one_or_none()
    if row is None:
        return None
    return {name: row[name] for name in ("terminal", "seq", "hash", "at", "signature")}


def _quarantined_row(own: str, said: Quarantined, at: str) -> dict[str, Any]:
    return {
        "terminal": own,
        "seq": said.seq,
        "source": "central",
        "code": said.code,
        "detail": said.detail[:500],
        "at": at,
        "wire": None,
    }
