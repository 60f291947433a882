"""Heartbeats: what terminals say of themselves when they ask for their head, kept in their rows, shown in metrics."""

from typing import NamedTuple, cast

from branch_console.central.database import Connection
from branch_console.sync.wire import Report

SILENT_SECONDS = 300
"""A terminal that has not been heard of for so long counts as silent; online ones say something every minute."""

_NOTE = """
UPDATE writer SET last_seen_at = now(), client_version = coalesce(%(version)s, client_version),
    reported_seq = coalesce(%(seq)s, reported_seq), reported_hash = coalesce(%(hash)s, reported_hash),
    reported_epoch = coalesce(%(epoch)s, reported_epoch), pending = coalesce(%(pending)s, pending),
    quarantined_here = coalesce(%(quarantined)s, quarantined_here),
    clock_offset_ms = coalesce(%(clock_offset_ms)s, clock_offset_ms), problem = coalesce(%(problem)s, problem),
    (settled_epoch, settled_at) = (
        SELECT CASE WHEN settled THEN value ELSE settled_epoch END, CASE WHEN settled THEN now() ELSE settled_at END
        FROM (SELECT value, value = %(epoch)s AND %(seq)s <= seq AND (%(seq)s < seq OR %(hash)s = hash) AS settled
            FROM meta WHERE name = 'epoch') present
    )
WHERE name = %(terminal)s AND set_config('synchronous_commit', 'off', true) = 'off'
"""
"""A heartbeat that a power cut takes comes again within a minute: nobody waits for the disk because of it.

The terminal is settled when it says, in the present epoch, that its journal ends where central's copy does, or before.
"""

_OF_BRANCHES = """
SELECT branch, count(*), count(*) FILTER (WHERE last_seen_at IS NULL OR last_seen_at < now() - %s * interval '1 s'),
    count(*) FILTER (WHERE problem <> ''), coalesce(sum(pending), 0)::bigint,
    coalesce(sum(quarantined_here), 0)::bigint, coalesce(max(abs(clock_offset_ms)), 0)
FROM writer WHERE public_key IS NOT NULL AND revoked_at IS NULL GROUP BY branch
"""


class BranchHealth(NamedTuple):
    """The terminals in service of one branch, as they last reported; no terminal and no person is named."""

    branch: str
    terminals: int
    silent: int
    with_problem: int
    pending: int
    quarantined: int
    clock_offset_ms: int
    """The farthest from central's time, in either direction."""


async def note_heartbeat(connection: Connection, terminal: str, report: Report, version: str) -> None:
    """Keep what a terminal said; of what it did not say, what it said last stays."""
    await connection.execute(_NOTE, {**report.model_dump(), "version": _printable(version), "terminal": terminal})


async def branches_health(connection: Connection) -> list[BranchHealth]:
    """How the terminals of every branch are doing."""
    cursor = await connection.execute(_OF_BRANCHES, (SILENT_SECONDS,))
    return [BranchHealth(*row) for row in cast(list[tuple[str, int, int, int, int, int, int]], await cursor.fetchall())]


def _printable(version: str) -> str | None:
    """The version as it may be stored and shown; None when nothing is left."""
    return "".join(each for each in version if each.isascii() and each.isprintable())[:32] or None
