"""How holds end: released, consumed by the hand-over, or expired. Each ends once, and is over for good.

A request that arrives late never takes an ended hold again. What a hold took is given back only when it is certain
that nothing was handed over under it: a hold whose terminal cannot be heard does not expire, however late it is.
"""

from datetime import datetime
from typing import NamedTuple, cast

from branch_console.central.caps import Use, give_back, uses_of_json
from branch_console.central.database import Connection
from branch_console.central.problems import ProblemError
from branch_console.central.running import read_situation

SKEW_SECONDS = 120
"""How far a terminal's clock may be off without having said so."""
KEPT_DAYS = 30
"""How long an ended hold is remembered, so that its id is not taken again."""

_LOCK = "SELECT terminal, branch, request, state, expires_at, epoch, uses FROM hold WHERE id = %s FOR UPDATE"
_CONSUME = """
WITH known AS (SELECT * FROM hold WHERE id = %s AND state IN ('held', 'consumed') FOR UPDATE)
UPDATE hold h SET state = 'consumed', ended_at = coalesce(h.ended_at, now()) FROM known k WHERE h.id = k.id
RETURNING k.terminal, k.branch, k.request, k.state, k.expires_at, k.epoch, k.uses
"""
_ADD_ENDED = """
INSERT INTO hold (id, branch, terminal, staff, campaign, version, request, person, keys, uses, on_day, state, epoch,
    expires_at, ended_at) VALUES (%s, %s, %s, '', '', 0, '', '', '{}', '[]', now(), 'released', %s, now(), now())
ON CONFLICT DO NOTHING
"""
_HANDED_OVER = "SELECT 1 FROM entry WHERE branch = %s AND subject = %s AND type = 'claim.handed_over' LIMIT 1"
_LATE = """
SELECT h.id::text, h.uses FROM hold h JOIN writer w ON w.name = h.terminal JOIN meta m ON m.name = 'epoch'
WHERE h.state = 'held' AND w.settled_epoch = m.value
    AND w.settled_at > h.expires_at + %s * interval '1 s' + greatest(w.clock_offset_ms, 0) * interval '1 ms'
    AND NOT EXISTS (SELECT FROM entry e WHERE e.branch = h.branch AND e.subject = 'claim/' || h.id
        AND e.type = 'claim.handed_over')
ORDER BY h.id LIMIT %s FOR UPDATE OF h SKIP LOCKED
"""


class Held(NamedTuple):
    """A hold, its row locked. `request` is empty if it was released before it came."""

    terminal: str
    branch: str
    request: str
    state: str
    expires_at: datetime
    epoch: str
    uses: list[Use]


async def lock_hold(connection: Connection, hold: str) -> Held | None:
    """Lock a hold's row and read it; None if it never came."""
    row = await (await connection.execute(_LOCK, (hold,))).fetchone()
    return None if row is None else _held(row)


async def release_hold(connection: Connection, terminal: str, hold: str) -> None:
    """Give a terminal's hold back, in the caller's transaction; nothing to do if it is over.

    A hold that never arrived is remembered as released. Raises ProblemError not-found for another terminal's.
    """
    situation = await read_situation(connection, terminal)
    known = await lock_hold(connection, hold)
    if known is None:
        await connection.execute(_ADD_ENDED, (hold, situation.branch, terminal, situation.epoch))
        known = cast(Held, await lock_hold(connection, hold))
    if known.terminal != terminal:
        raise ProblemError("not-found", "this terminal has no such hold")
    if not await _handed_over(connection, known.branch, hold):
        await _release(connection, hold, known)


async def consume(connection: Connection, claim: str) -> Held | None:
    """The hand-over of a claim has come: its hold, if it had one that still stood, is used up and its caps stay taken.

    Returns the hold as it was, also when it had been consumed before; None when there is none to stand on.
    """
    row = await (await connection.execute(_CONSUME, (claim,))).fetchone()
    return None if row is None else _held(row)


async def give_up(connection: Connection, claim: str) -> None:
    """The journal says that a claim was released: its hold, if it still stands, is given back."""
    known = await lock_hold(connection, claim)
    if known is not None:
        await _release(connection, claim, known)


async def sweep_holds(connection: Connection, limit: int = 500) -> int:
    """End holds whose time is over and whose terminal has shown since that nothing was handed over under them.

    Shown: in this epoch, later than the end of the hold by the terminal's own clock and a margin, a heartbeat said
    that central holds all of its journal, and no hand-over is in it. Returns how many ended; in one transaction.
    """
    async with connection.transaction():
        cursor = await connection.execute(_LATE, (SKEW_SECONDS, limit))
        late = await cursor.fetchall()
        await give_back(connection, [use for _hold, uses in late for use in uses_of_json(uses)])
        await connection.execute(
            "UPDATE hold SET state = 'expired', ended_at = now() WHERE id = ANY(%s::uuid[])",
            ([hold for hold, _uses in late],),
        )
    return len(late)


async def forget_holds(connection: Connection) -> int:
    """Remove holds that ended long ago. Returns how many."""
    cursor = await connection.execute(
        "DELETE FROM hold WHERE state <> 'held' AND ended_at < now() - %s * interval '1 day'", (KEPT_DAYS,)
    )
    return cursor.rowcount


async def _release(connection: Connection, hold: str, known: Held) -> None:
    if known.state == "held":
        await give_back(connection, known.uses)
        await connection.execute("UPDATE hold SET state = 'released', ended_at = now() WHERE id = %s", (hold,))


def _held(row: tuple[object, ...]) -> Held:
    return Held(*cast(tuple[str, str, str, str, datetime, str], row[:6]), uses_of_json(row[6]))


async def _handed_over(connection: Connection, branch: str, claim: str) -> bool:
    """Whether the hand-over of a claim has arrived, understood or not."""
    cursor = await connection.execute(_HANDED_OVER, (branch, f"claim/{claim}"))
    return await cursor.fetchone() is not None
