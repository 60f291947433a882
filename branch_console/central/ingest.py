"""Push: one transaction that takes a batch of entries whole, or nothing of it."""

from typing import NamedTuple, cast

from branch_console.central.batch import Batch, Received
from branch_console.central.database import Connection
from branch_console.central.problems import ProblemError
from branch_console.central.store import store
from branch_console.rules.journal import BadEntryError, check_chain, check_entry
from branch_console.rules.reference import Reference
from branch_console.security.signing import SignatureError, check_checkpoint


class Caller(NamedTuple):
    """The row of the pushing terminal, locked, and the epoch of the database that holds it."""

    terminal: str
    branch: str
    key: str
    seq: int
    hash: str
    epoch: str


class Pushed(NamedTuple):
    """What the answer says; `stored` is how many entries were new."""

    accepted_through: int
    head_hash: str
    quarantined: list[dict[str, object]]
    epoch: str
    stored: int


async def push(connection: Connection, terminal: str, batch: Batch, reference: Reference) -> Pushed:
    """Take a batch, in the caller's transaction. Raises ProblemError; then the transaction must be rolled back."""
    caller = await lock_caller(connection, terminal)
    received = batch.received
    last = _check_owner(received, caller)
    first = received[0].entry.seq
    if first > caller.seq + 1:
        raise ProblemError("journal-gap", f"expected seq {caller.seq + 1}", expected_seq=caller.seq + 1)
    known = min(max(caller.seq - first + 1, 0), len(received))
    quarantined: list[dict[str, object]] = []
    if known:
        quarantined = await _check_known(connection, caller, received[:known])
    new = received[known:]
    _check_new(new, caller)
    _check_checkpoint(batch, caller)
    if new:
        unfolded = await store(connection, caller.branch, new, reference)
        quarantined += [{"seq": e.entry.seq, "code": e.code, "detail": e.detail[:500]} for e in unfolded]
    return Pushed(last.entry.seq, last.entry.hash, quarantined, caller.epoch, len(new))


async def lock_caller(connection: Connection, terminal: str) -> Caller:
    """Lock the terminal's row. Raises ProblemError unknown-terminal, terminal-revoked."""
    cursor = await connection.execute(
        "SELECT branch, public_key, seq, hash, (SELECT value FROM meta WHERE name = 'epoch'), revoked_at FROM writer"
        " WHERE name = %s AND public_key IS NOT NULL FOR NO KEY UPDATE",
        (terminal,),
    )
    row = await cursor.fetchone()
    if row is None:
        raise ProblemError.unknown_terminal()
    if row[5] is not None:
        raise ProblemError("terminal-revoked")
    return Caller(terminal, *cast(tuple[str, str, int, str, str], row[:5]))


async def read_head(connection: Connection, terminal: str) -> tuple[Caller, list[dict[str, object]]]:
    """What central holds of the caller, and the first thousand of its entries that are in quarantine now."""
    caller = await lock_caller(connection, terminal)
    cursor = await connection.execute(
        "SELECT seq, code, detail FROM quarantine WHERE branch = %s AND writer = %s AND released_at IS NULL"
        " ORDER BY seq LIMIT 1000",
        (caller.branch, terminal),
    )
    return caller, [{"seq": seq, "code": code, "detail": detail} for seq, code, detail in await cursor.fetchall()]


def _check_owner(received: list[Received], caller: Caller) -> Received:
    """Every entry must be the caller's own, and seqs must count up by one; return the last."""
    expected = received[0].entry.seq
    if type(expected) is not int:
        raise ProblemError("bad-entry", "seq is malformed", index=0)
    for index, (entry, _wire) in enumerate(received):
        if entry.terminal != caller.terminal:
            raise ProblemError("wrong-terminal", index=index)
        if entry.branch != caller.branch:
            raise ProblemError("wrong-branch", index=index)
        if type(entry.seq) is not int or entry.seq != expected + index or entry.seq < 1:
            raise ProblemError("bad-entry", f"expected seq {expected + index}", index=index)
    return received[-1]


async def _check_known(connection: Connection, caller: Caller, received: list[Received]) -> list[dict[str, object]]:
    """Entries that central has already: the same hashes, then the same answer as the first time."""
    first, last = received[0].entry.seq, received[-1].entry.seq
    place = (caller.branch, caller.terminal, first, last)
    cursor = await connection.execute(
        "SELECT hash FROM entry WHERE branch = %s AND writer = %s AND seq BETWEEN %s AND %s ORDER BY seq",
        place,
        binary=True,
    )
    held = [cast(bytes, row[0]).hex() for row in await cursor.fetchall()]
    for (entry, _wire), known in zip(received, held, strict=True):
        if entry.hash != known:
            raise ProblemError("journal-fork", f"central holds another entry {entry.seq}", seq=entry.seq)
    cursor = await connection.execute(
        "SELECT seq, code, detail FROM quarantine"
        " WHERE branch = %s AND writer = %s AND seq BETWEEN %s AND %s AND answered ORDER BY seq",
        place,
    )
    return [{"seq": seq, "code": code, "detail": detail} for seq, code, detail in await cursor.fetchall()]


def _check_new(new: list[Received], caller: Caller) -> None:
    """Form, hashes and chain of what is new."""
    for entry, _wire in new:
        try:
            check_entry(entry)
        except (BadEntryError, RecursionError) as error:
            raise ProblemError("bad-entry", str(error), seq=entry.seq) from error
    try:
        check_chain((entry for entry, _wire in new), caller.seq, caller.hash)
    except BadEntryError as error:
        raise ProblemError("bad-entry", str(error)) from error


def _check_checkpoint(batch: Batch, caller: Caller) -> None:
    """The checkpoint must be the caller's, for the last entry of the batch."""
    last, checkpoint = batch.received[-1].entry, batch.checkpoint
    said = (checkpoint.get("terminal"), checkpoint.get("seq"), checkpoint.get("hash"))
    if said != (last.terminal, last.seq, last.hash):
        raise ProblemError("bad-checkpoint", "not for the last entry of the batch")
    try:
        check_checkpoint({"kty": "OKP", "crv": "Ed25519", "x": caller.key}, checkpoint)
    except SignatureError as error:
        raise ProblemError("bad-checkpoint", str(error)) from error
