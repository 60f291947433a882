"""Rows of what happened in PostgreSQL: kept by subject, found by business day and by the names that link subjects.

Whoever writes here holds the branch's row in `statistics_branch`.
"""

import asyncio
from collections.abc import Collection, Sequence
from datetime import date
from typing import cast

from branch_console.central.database import Connection
from branch_console.rules.statistics.changing import Changes, index_moved
from branch_console.rules.statistics.days_of_rows import begins_and_ends, days_of
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.linking import links
from branch_console.rules.statistics.packing import pack, unpack, unpack_all

_KEPT = "SELECT subject, body, steps FROM fact WHERE branch = %s AND subject = ANY(%s)"
_SHARING = """
SELECT subject, body FROM fact WHERE branch = %(branch)s AND subject IN (
    SELECT subject FROM fact_link WHERE branch = %(branch)s AND name = ANY(%(names)s)
) AND NOT subject = ANY(%(but)s)
"""
_OF_DAYS = """
SELECT subject, body, steps FROM fact WHERE branch = %(branch)s AND subject IN (
    SELECT subject FROM fact_day WHERE branch = %(branch)s AND day = ANY(%(days)s)
    AND (%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s))
) ORDER BY subject
"""
_STANDING = """
SELECT subject, body FROM fact WHERE branch = %s AND kind = 'case' AND (ends IS NULL OR ends >= %s) AND begins <= %s
ORDER BY subject
"""
_WRITE = """
INSERT INTO fact (branch, subject, kind, begins, ends, body, steps)
VALUES (%s, %s, split_part(%s, '/', 1), %s, %s, %s, %s) ON CONFLICT (branch, subject) DO UPDATE
SET begins = excluded.begins, ends = excluded.ends, body = excluded.body, steps = excluded.steps
"""
_RELINK = "UPDATE fact SET body = %s WHERE branch = %s AND subject = %s"
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


async def kept_rows(connection: Connection, branch: str, subjects: Collection[str]) -> dict[str, Facts]:
    """The rows as kept of these subjects, steps too."""
    cursor = await connection.execute(_KEPT, (branch, list(subjects)), binary=True)
    rows = cast(list[tuple[str, bytes, bytes]], await cursor.fetchall())
    return {subject: unpack(body, steps) for subject, body, steps in rows}


async def sharing(
    connection: Connection, branch: str, names: Collection[str], but: Collection[str]
) -> dict[str, Facts]:
    """The rows, without steps, of all subjects but these that have one of the link names."""
    if not names:
        return {}
    named = {"branch": branch, "names": list(names), "but": list(but)}
    cursor = await connection.execute(_SHARING, named, binary=True)
    return {subject: unpack(body) for subject, body in cast(list[tuple[str, bytes]], await cursor.fetchall())}


async def facts_for_days(
    connection: Connection, branch: str, days: Collection[date], kinds: Collection[str] | None = None
) -> Facts:
    """The rows, steps too, of all subjects of which something of these kinds (None: any) can count on these days, and
    of all cases that may have been open, or had a limit waiting, on one of them. Each row once."""
    named = {"branch": branch, "days": list(days), "kinds": None if kinds is None else list(kinds)}
    cursor = await connection.execute(_OF_DAYS, named, binary=True)
    rows = cast(list[tuple[str, bytes, bytes]], await cursor.fetchall())
    cursor = await connection.execute(_STANDING, (branch, min(days), max(days)), binary=True)
    found = {subject: (body, steps) for subject, body, steps in rows}
    found |= {cast(str, subject): (cast(bytes, body), b"") for subject, body in await cursor.fetchall()}
    return await asyncio.to_thread(unpack_all, found.values())


async def write_rows(connection: Connection, branch: str, made: Changes) -> None:
    """Keep the rows as they are now; of subjects of which nothing is left, nothing."""
    rows, linked, gone = [], [], []
    for subject, facts in made.now.items():
        if facts == _NOTHING:
            gone.append(subject)
            continue
        body, steps = pack(facts)
        if subject in made.relinked:
            linked.append((body, branch, subject))
        else:
            rows.append((branch, subject, subject, *begins_and_ends(facts), body, steps))
    async with connection.cursor() as cursor:
        await cursor.executemany(_WRITE, rows)
        await cursor.executemany(_RELINK, linked)
    if gone:
        await connection.execute(_FORGET, (branch, gone))
    less, more = ([(*day, subject) for day, subject in moved] for moved in index_moved(made, days_of))
    if less:
        await connection.execute(_UNDAY, (*_columns(less, 3), branch))
    if more:
        await connection.execute(_DAY, (branch, *_columns(more, 3)))
    unlinked, linking = index_moved(made, links)
    if unlinked:
        await connection.execute(_UNLINK, (*_columns(unlinked, 2), branch))
    if linking:
        await connection.execute(_LINK, (branch, *_columns(linking, 2)))


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> list[list[object]]:
    return [[row[number] for row in rows] for number in range(width)]


_NOTHING = Facts()
