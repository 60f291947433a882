"""Push: one transaction that takes a batch of entries whole, or nothing of it."""

from typing import NamedTuple, cast

from branch_console.central.batch import Batch
from branch_console.central.database import Connection
from branch_console.central.decide import Held, Refused, check_new, compare, place
from branch_console.central.problems import ProblemError
from branch_console.central.store import store
from branch_console.rules.journal import Entry
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
    held = Held(terminal, caller.branch, caller.seq, caller.hash)
    entries = [each.entry for each in batch.received]
    known = place(held, entries)
    if isinstance(known, Refused):
        raise _problem(known)
    if known:
        _demand(compare(entries[:known], await _hashes(connection, caller, entries[:known])))
    new = batch.received[known:]
    _demand(check_new(held, entries[known:]))
    _check_checkpoint(batch, caller)
    quarantined = await _answered(connection, caller, entries[:known]) if known else []
    if new:
        unfolded = await store(connection, caller.branch, new, reference)
        quarantined += [{"seq": e.entry.seq, "code": e.code, "detail": e.detail[:500]} for e in unfolded]
    return Pushed(entries[-1].seq, entries[-1].hash, quarantined, caller.epoch, len(new))


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


async def _hashes(connection: Connection, caller: Caller, known: list[Entry]) -> list[str]:
    """What central holds at the places of these entries."""
    cursor = await connection.execute(
        "SELECT hash FROM entry WHERE branch = %s AND writer = %s AND seq BETWEEN %s AND %s ORDER BY seq",
        (caller.branch, caller.terminal, known[0].seq, known[-1].seq),
        binary=True,
    )
    return [cast(bytes, row[0]).hex() for row in await cursor.fetchall()]


async def _answered(connection: Connection, caller: Caller, known: list[Entry]) -> list[dict[str, object]]:
    """What was said to be quarantined of these entries when they came: the same batch gets the same answer."""
    cursor = await connection.execute(
        "SELECT seq, code, detail FROM quarantine"
        " WHERE branch = %s AND writer = %s AND seq BETWEEN %s AND %s AND answered ORDER BY seq",
        (caller.branch, caller.terminal, known[0].seq, known[-1].seq),
    )
    return [{"seq": seq, "code": code, "detail": detail} for seq, code, detail in await cursor.fetchall()]


def _demand(refused: Refused | None) -> None:
    if refused is not None:
        raise _problem(refused)


def _problem(refused: Refused) -> ProblemError:
    return ProblemError(refused.code, refused.detail, headers=None, **refused.members)


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
