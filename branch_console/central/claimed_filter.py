"""The filter of who has claimed, made from the mirror of claims: built now and then, with exact deltas in between.

What its members are, and their sequences: claimed_members.py.
"""

import asyncio
from datetime import datetime, timedelta
from typing import NamedTuple, cast

import structlog
from psycopg_pool import AsyncConnectionPool

from branch_console.central.claimed_members import all_members, collect, members_between
from branch_console.central.clocks import now
from branch_console.central.database import Connection
from branch_console.central.facts import Facts
from branch_console.central.running import read_situation
from branch_console.security.claimed_make import make_delta, make_filter

log = structlog.get_logger(__name__)

STALE = timedelta(hours=20)
"""A filter that is older is built anew before it is given out."""
MOST_IN_DELTA = 200_000
"""Whoever has missed more gets a new filter."""

_BUILDING = 7_201_501_116  # advisory lock
_KEPT = 3  # filters; deltas can be had since the oldest of them

_KEEP = """
INSERT INTO claimed_filter (sequence, epoch, built_at, content) VALUES (%s, %s, %s, %s)
ON CONFLICT (sequence) DO UPDATE SET epoch = excluded.epoch, built_at = excluded.built_at, content = excluded.content
"""
_FORGET = """
DELETE FROM claimed_filter WHERE sequence NOT IN (SELECT sequence FROM claimed_filter ORDER BY sequence DESC LIMIT %s)
"""
_FORGET_MEMBERS = "DELETE FROM claimed_member WHERE sequence <= (SELECT min(sequence) FROM claimed_filter)"


class File(NamedTuple):
    """What is given out."""

    content: bytes
    etag: str


class _Newest(NamedTuple):
    sequence: int
    epoch: str
    built_at: datetime


class Shelf:
    """The newest filter, kept in memory."""

    def __init__(self) -> None:
        self._of: _Newest | None = None
        self._content = b""

    async def take(self, connection: Connection, newest: _Newest) -> bytes:
        """The content of the newest filter."""
        if self._of != newest:
            cursor = await connection.execute(
                "SELECT content FROM claimed_filter WHERE sequence = %s", (newest.sequence,), binary=True
            )
            self._content = cast(tuple[bytes], await cursor.fetchone())[0]
            self._of = newest
        return self._content


async def read_claimed(
    pool: AsyncConnectionPool[Connection], facts: Facts, shelf: Shelf, terminal: str, since: int | None
) -> File:
    """A delta since `since`, if one can be had, else the newest filter, built if it is stale. Raises ProblemError."""
    begun = now()
    async with pool.connection() as connection:
        epoch = (await read_situation(connection, terminal)).epoch
        sequence = await collect(connection, facts)
    async with pool.connection() as connection:
        delta = None if since is None else await _delta(connection, facts, epoch, since, sequence, begun)
        newest = await _newest(connection)
    if delta is not None:
        return delta
    async with pool.connection() as connection:
        if newest is None or newest.epoch != epoch or newest.built_at < now() - STALE:
            await build_filter(connection, facts, epoch, unless_since=now() - STALE)
        newest = cast(_Newest, await _newest(connection))
        content = await shelf.take(connection, newest)
    return File(content, f'"f-{newest.epoch}-{newest.sequence}-{newest.built_at.timestamp():.3f}"')


async def build_filter(
    connection: Connection, facts: Facts, epoch: str, *, unless_since: datetime | None = None
) -> int | None:
    """Build the filter anew from all claims that stand, and forget what is too old; return its sequence.

    None: one has been built in this epoch since `unless_since`, or while this waited. The connection has no
    transaction open. The sequence is the last that was given out before the claims are read, so that the filter knows
    all that belongs to it.
    """
    async with connection.transaction():
        sequence = await collect(connection, facts)
    begun = now()
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_BUILDING,))
        newest = await _newest(connection)
        fresh = newest is not None and newest.epoch == epoch and newest.built_at >= (unless_since or begun)
        if fresh:
            return None
        members = await all_members(connection, facts)
        seed = facts.signing_seed
        content = await asyncio.to_thread(make_filter, members, seed, epoch=epoch, sequence=sequence, at=begun)
        await connection.execute(_KEEP, (sequence, epoch, begun, content))
        await connection.execute(_FORGET, (_KEPT,))
        await connection.execute(_FORGET_MEMBERS)
    log.info("claimed_filter_built", members=len(members), bytes=len(content))
    return sequence


async def _delta(
    connection: Connection, facts: Facts, epoch: str, since: int, sequence: int, at: datetime
) -> File | None:
    """What came after `since`; None when no filter of this epoch is kept that is old enough, or it is too much."""
    cursor = await connection.execute(
        "SELECT 1 FROM claimed_filter WHERE epoch = %s AND sequence <= %s LIMIT 1", (epoch, since)
    )
    if since > sequence or await cursor.fetchone() is None:
        return None
    members = await members_between(connection, since, sequence, MOST_IN_DELTA + 1)
    if len(members) > MOST_IN_DELTA:
        return None
    content = make_delta(members, facts.signing_seed, epoch=epoch, since=since, sequence=sequence, at=at)
    return File(content, f'"d-{epoch}-{since}-{sequence}-{at.timestamp():.3f}"')


async def _newest(connection: Connection) -> _Newest | None:
    cursor = await connection.execute(
        "SELECT sequence, epoch, built_at FROM claimed_filter ORDER BY sequence DESC LIMIT 1"
    )
    row = await cursor.fetchone()
    return None if row is None else _Newest(*cast(tuple[int, str, datetime], row))
