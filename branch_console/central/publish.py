"""What central itself writes for a branch: entries of the journal `central/<branch>`, chained like any other.

After a restore it goes on in a new journal, `central/<branch>-<8 hex digits>` (facts.renew_epoch).
"""

import os
import time
from collections.abc import Sequence
from typing import NamedTuple, cast
from uuid import UUID

import orjson

from branch_console.central.batch import Received
from branch_console.central.clocks import now
from branch_console.central.database import Connection
from branch_console.central.store import lock_states, store
from branch_console.rules.clock import tick
from branch_console.rules.journal import Data, format_at, seal
from branch_console.rules.reference import Reference


class Act(NamedTuple):
    """One thing to publish."""

    type: str
    subject: str
    data: Data


def first_writer(branch: str) -> str:
    """The name of central's first journal for a branch."""
    return f"central/{branch}"


async def publish(connection: Connection, branch: str, acts: Sequence[Act], reference: Reference) -> None:
    """Write the acts, in the caller's transaction. Raises LookupError for an unknown branch."""
    cursor = await connection.execute(
        "SELECT name, seq, hash, clock FROM writer WHERE branch = %s AND public_key IS NULL"
        " ORDER BY registered_at DESC LIMIT 1 FOR UPDATE",
        (branch,),
    )
    row = await cursor.fetchone()
    if row is None:
        raise LookupError(branch)
    writer, seq, prev, clock = cast(tuple[str, int, str, str], row)
    stored = await lock_states(connection, branch, {act.subject for act in acts})
    clock = max(clock, *(each.order[0] for each in stored.values()))
    moment = now()
    received: list[Received] = []
    for act in acts:
        seq += 1
        clock = tick(clock, int(moment.timestamp() * 1000))
        entry = seal(
            terminal=writer,
            seq=seq,
            prev=prev,
            id=uuid7(),
            type=act.type,
            version=1,
            branch=branch,
            subject=act.subject,
            staff=None,
            at=format_at(moment),
            clock=clock,
            data=act.data,
        )
        prev = entry.hash
        received.append(Received(entry, orjson.dumps(entry.wire())))
    await store(connection, branch, received, reference)


def uuid7() -> str:
    """A time-ordered id (RFC 9562 §5.7), in the order of making within one process."""
    nanoseconds = max(time.time_ns(), _Last.nanoseconds + 256)
    _Last.nanoseconds = nanoseconds
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    fraction = rest * 4096 // 1_000_000
    value = milliseconds << 80 | 7 << 76 | fraction << 64 | 2 << 62 | int.from_bytes(os.urandom(8)) >> 2
    return str(UUID(int=value))


class _Last:
    """When the last id was made."""

    nanoseconds = 0
