"""Rows of what happened in PostgreSQL: kept by subject, found by business day and by the names that link subjects.

Whoever writes here holds the branch's row in `statistics_branch`.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import cast

from branch_console.central.database import Connection
from branch_console.rules.statistics.changing import Changes, begins_and_ends, days_of
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.linking import links
from branch_console.rules.statistics.packing import pack, unpack, unpack_all

_KEPT = "SELECT subject, body, steps FROM fact WHERE branch = %s AND subject = ANY(%s)"
_SHARING = "SELECT DISTINCT subject FROM fact_link WHERE branch = %s AND name = ANY(%s)"
_NEAR = """
SELECT DISTINCT theirs.subject FROM fact_link own JOIN fact_link theirs
ON theirs.branch = own.branch AND theirs.name = own.name WHERE own.branch = %s AND own.subject = ANY(%s)
"""
_OF_DAYS = """
SELECT body, steps FROM fact WHERE branch = %(branch)s AND subject IN (
    SELECT subject FROM fact_day WHERE branch = %(branch)s AND day = ANY(%(days)s)
    AND (%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s))
) ORDER BY subject
"""
_STANDING = """
SELECT body FROM fact WHERE branch = %s AND kind = 'case' AND (ends IS NULL OR ends >= %s) AND begins <= %s
ORDER BY subject
"""
_WRITE = """
INSERT INTO fact (branch, subject, kind, begins, ends, body, steps)
VALUES (%s, %s, split_part(%s, '/', 1), %s, %s, %s, %s) ON CONFLICT (branch, subject) DO UPDATE
SET begins = excluded.begins, ends = excluded.ends, body = excluded.body, steps = excluded.steps
"""
_FORGET = "DELETE FROM fact WHERE branch = %s AND subject = ANY(%s)"
_UNDAY = """
DELETE FROM fact_day d USING unnest(%s::date[], %s::text[], %s::text[]) AS gone (day, kind, subject)
WHERE d.branch = %s AND d.day = gone.day AND d.kind = gone.kind AND d.subject = gone.subject
"""
_DAY = """
INSERT INTO fact_day (day, kind, subject, branch)
SELECT *, %s FROM unnest(%s::date[], %s::text[], %s::text[]) ON CONFLICT DO NOTHING
"""
_UNLINK = """
DELETE FROM fact_link l USING unnest(%s::text[], %s::text[]) AS gone (name, subject)
WHERE l.branch = %s AND l.name = gone.name AND l.subject = gone.subject
"""
_LINK = """
INSERT INTO fact_link (name, subject, branch) SELECT *, %s FROM unnest(%s::text[], %s::text[]) ON CONFLICT DO NOTHING
"""


async def kept_near(connection: Connection, branch: str, new: Mapping[str, Facts]) -> dict[str, Facts]:
    """The rows as kept of the subjects, of those that share a link name with them, and of those that share one with
    these: what `changes` must know."""
    old = await _kept(connection, branch, new)
    names = {name for facts in (*old.values(), *new.values()) for name in links(facts)}
    if not names:
        return old
    cursor = await connection.execute(_SHARING, (branch, list(names)))
    touched = {cast(str, row[0]) for row in await cursor.fetchall()}
    cursor = await connection.execute(_NEAR, (branch, list(touched)))
    near = touched | {cast(str, row[0]) for row in await cursor.fetchall()}
    return {**old, **await _kept(connection, branch, near - old.keys())}


async def _kept(connection: Connection, branch: str, subjects: Collection[str]) -> dict[str, Facts]:
    if not subjects:
        return {}
    cursor = await connection.execute(_KEPT, (branch, list(subjects)), binary=True)
    rows = cast(list[tuple[str, bytes, bytes]], await cursor.fetchall())
    return {subject: unpack(body, steps) for subject, body, steps in rows}


async def facts_of_days(
    connection: Connection, branch: str, days: Collection[date], kinds: Collection[str] | None = None
) -> Facts:
    """The rows of all subjects of which something can count on these days, steps too."""
    named = {"branch": branch, "days": list(days), "kinds": None if kinds is None else list(kinds)}
    cursor = await connection.execute(_OF_DAYS, named, binary=True)
    rows = cast(list[tuple[bytes, bytes]], await cursor.fetchall())
    return await asyncio.to_thread(unpack_all, rows)


async def standing_facts(connection: Connection, branch: str, first: date, last: date) -> Facts:
    """The rows of all cases that may have been open, or had a limit waiting, on one of these days."""
    cursor = await connection.execute(_STANDING, (branch, first, last), binary=True)
    return unpack_all([(cast(bytes, body), b"") for (body,) in await cursor.fetchall()])


async def write_rows(connection: Connection, branch: str, made: Changes) -> None:
    """Keep the rows as they are now; of subjects of which nothing is left, nothing."""
    gone = [subject for subject, facts in made.now.items() if not _any(facts)]
    rows = []
    for subject, facts in made.now.items():
        if _any(facts):
            body, steps = pack(facts)
            rows.append((branch, subject, subject, *begins_and_ends(facts), body, steps))
    if rows:
        async with connection.cursor() as cursor:
            await cursor.executemany(_WRITE, rows)
    if gone:
        await connection.execute(_FORGET, (branch, gone))
    less, more = _moved({(*day, subject) for subject, facts in made.before.items() for day in days_of(facts)},
                        {(*day, subject) for subject, facts in made.now.items() for day in days_of(facts)})  # fmt: skip
    if less:
        await connection.execute(_UNDAY, (*_columns(less, 3), branch))
    if more:
        await connection.execute(_DAY, (branch, *_columns(more, 3)))
    less, more = _moved({(name, subject) for subject, facts in made.before.items() for name in links(facts)},
                        {(name, subject) for subject, facts in made.now.items() for name in links(facts)})  # fmt: skip
    if less:
        await connection.execute(_UNLINK, (*_columns(less, 2), branch))
    if more:
        await connection.execute(_LINK, (branch, *_columns(more, 2)))


Row = tuple[object, ...]


def _moved(before: set[Row], now: set[Row]) -> tuple[list[Row], list[Row]]:
    """What goes and what comes."""
    return list(before - now), list(now - before)


def _columns(rows: Iterable[Row], width: int) -> list[list[object]]:
    some = list(rows)
    return [[row[number] for row in some] for number in range(width)]


def _any(facts: Facts) -> bool:
    return facts != _NOTHING


_NOTHING = Facts()
