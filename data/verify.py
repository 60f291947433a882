"""Checking the whole journal offline: every entry, every chain, every signed head. Finds any changed byte (G6)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from branch_console.rules.journal import BadEntryError, Entry, check_chain, check_entry
from branch_console.security.signing import SignatureError, check_checkpoint, public_jwk
from data import meta
from data.anchor import AnchorHead
from data.codec import decode, encode
from data.errors import CorruptError
from data.identity import Identity
from data.journal import START
from data.outbox import hash_at
from data.store import Store
from data.tables import ChainRow, CheckpointRow, EntryRow, ErasedRow, table

_ENTRY, _CHAIN, _CHECKPOINT, _ERASED = table(EntryRow), table(ChainRow), table(CheckpointRow), table(ErasedRow)
_COLUMNS = ("terminal", "seq", "id", "type", "subject", "clock", "hash")


class BadEntry(NamedTuple):
    """The first entry that is wrong.

    `why`: not-an-entry, column (an index column differs from the entry), not-canonical, bad-entry, broken-chain,
    data-missing, truncated, unknown-head, bad-checkpoint, rolled-back, unreadable.
    """

    terminal: str
    seq: int
    why: str


class Verified(NamedTuple):
    """The result of a check; `entries` counts those that were found right."""

    ok: bool
    entries: int
    first_bad: BadEntry | None


class _FoundBadError(Exception):
    """Carries the first bad entry out of the check."""

    def __init__(self, terminal: str, seq: int, why: str) -> None:
        super().__init__(why)
        self.bad = BadEntry(terminal, seq, why)


class OwnChain(NamedTuple):
    """The result of a check of the own journal: its last entry, and the first that is wrong."""

    seq: int
    hash: str
    first_bad: BadEntry | None


def verify(store: Store, anchor: AnchorHead | None = None) -> Verified:
    """Check everything that this store holds, in one consistent view, and the anchor outside it when given."""
    good, _, bad = _examine(store, None, anchor)
    return Verified(ok=bad is None, entries=good, first_bad=bad)


def verify_own(store: Store, anchor: AnchorHead | None = None) -> OwnChain:
    """Check this terminal's own journal against its head, all signed heads, and the anchor when given."""
    _, last, bad = _examine(store, store.identity.terminal, anchor)
    return OwnChain(0 if last is None else last.seq, START.hash if last is None else last.hash, bad)


def _examine(store: Store, only: str | None, anchor: AnchorHead | None) -> tuple[int, Entry | None, BadEntry | None]:
    """How many entries are right, the last of them, the first that is wrong. `only`: of this writer's chain."""
    good = 0
    last: Entry | None = None
    try:
        with store.database.read() as connection:
            for entry in _checked(connection, only):
                good += 1
                last = entry
            _check_checkpoints(connection, store.identity)
            _check_anchor(connection, anchor)
    except _FoundBadError as found:
        return good, last, found.bad
    except CorruptError:
        terminal, seq = ("", 0) if last is None else (last.terminal, last.seq)
        return good, last, BadEntry(terminal, seq + 1, "unreadable")
    return good, last, None


def _checked(connection: Connection, only: str | None) -> Iterator[Entry]:
    """All entries (`only`: of one writer) that are right, in the order of their chains; raises at the first not so."""
    chains, erasures = select(_CHAIN), select(_ERASED)
    in_order = select(_ENTRY).order_by(_ENTRY.c.terminal, _ENTRY.c.seq)
    if only is not None:
        chains, erasures = chains.where(_CHAIN.c.terminal == only), erasures.where(_ERASED.c.terminal == only)
        in_order = in_order.where(_ENTRY.c.terminal == only)
    ends = {row.terminal: (row.seq, row.hash) for row in connection.execute(chains)}
    erased = {(row.terminal, row.seq, row.subject) for row in connection.execute(erasures)}
    rows = connection.execution_options(yield_per=1000).execute(in_order)
    terminal, seq, head = "", 0, START.hash
    for row in rows:
        if row.terminal != terminal:
            _check_end(terminal, seq, head, ends)
            terminal, seq, head = row.terminal, 0, START.hash
        entry = _entry(row, seq)
        try:
            check_entry(entry)
        except BadEntryError:
            raise _FoundBadError(terminal, row.seq, "bad-entry") from None
        try:
            seq, head = check_chain((entry,), seq, head)
        except BadEntryError:
            raise _FoundBadError(terminal, seq + 1, "broken-chain") from None
        if entry.data is None and (entry.terminal, entry.seq, entry.subject) not in erased:
            raise _FoundBadError(terminal, seq, "data-missing")
        yield entry
    _check_end(terminal, seq, head, ends)
    for missing, (last, _) in ends.items():
        if last:
            raise _FoundBadError(missing, 1, "truncated")


def _entry(row: Any, seq: int) -> Entry:
    """The entry of a row, if the row is exactly that entry."""
    try:
        entry = decode(row.wire)
        same = encode(entry) == row.wire
    except (ValueError, TypeError):
        raise _FoundBadError(row.terminal, seq + 1, "not-an-entry") from None
    if not same:
        raise _FoundBadError(row.terminal, seq + 1, "not-canonical")
    if any(getattr(entry, name) != getattr(row, name) for name in _COLUMNS):
        raise _FoundBadError(row.terminal, seq + 1, "column")
    return entry


def _check_end(terminal: str, seq: int, head: str, ends: dict[str, tuple[int, str]]) -> None:
    """The chain must end where its head says."""
    if not terminal:
        return
    last, digest = ends.pop(terminal, (0, ""))
    if last > seq:
        raise _FoundBadError(terminal, seq + 1, "truncated")
    if (last, digest) != (seq, head):
        raise _FoundBadError(terminal, seq, "unknown-head")


def _check_checkpoints(connection: Connection, identity: Identity) -> None:
    """Every signed head must be signed right and stand in the journal."""
    for row in connection.execute(select(_CHECKPOINT).order_by(_CHECKPOINT.c.seq)).mappings().all():
        checkpoint = {name: row[name] for name in ("terminal", "seq", "hash", "at", "signature")}
        key = identity.central_key if row["signer"] == "central" else public_jwk(identity.signing_key)
        if row["signer"] == "own" and row["terminal"] != identity.terminal:
            continue  # of the journal before this one; its key is gone
        try:
            check_checkpoint(key, checkpoint)
        except SignatureError:
            raise _FoundBadError(row["terminal"], row["seq"], "bad-checkpoint") from None
        if row["seq"] and hash_at(connection, row["terminal"], row["seq"]) != row["hash"]:
            raise _FoundBadError(row["terminal"], row["seq"], "bad-checkpoint")
    acknowledged = meta.get_number(connection, meta.ACKNOWLEDGED)
    if acknowledged and hash_at(connection, identity.terminal, acknowledged) is None:
        raise _FoundBadError(identity.terminal, acknowledged, "truncated")


def _check_anchor(connection: Connection, anchor: AnchorHead | None) -> None:
    """What the anchor knows must still be there."""
    if anchor is not None and anchor.seq and hash_at(connection, anchor.terminal, anchor.seq) != anchor.hash:
        raise _FoundBadError(anchor.terminal, anchor.seq, "rolled-back")
