"""Taking changed subjects into the rows and tallies of their branch, some at a time, each time in one transaction.

What changes a day that is frozen already is noted with the entries that did it; `statistics_frozen.py` restates it.
The caller holds the branch's row in `statistics_branch`.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, cast

import structlog

from branch_console.central.batch import parse_stored
from branch_console.central.database import Connection
from branch_console.central.folding import DEFECTS
from branch_console.central.logs import where
from branch_console.central.statistics_rows import kept_rows, sharing, write_rows
from branch_console.central.statistics_settled import settled_of, write_settled
from branch_console.central.statistics_tallies import move_tallies
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.changing import Around, Changes, changes, first_names, further_names
from branch_console.rules.statistics.days_of_rows import begins_and_ends
from branch_console.rules.statistics.deriving_all import derive
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.freezing import written
from branch_console.rules.statistics.instants import Days
from branch_console.rules.statistics.linking import links
from branch_console.rules.statistics.whole_day import day_values

SOME = 100
"""Notes that are taken up in one transaction."""

_DUE = """
DELETE FROM fact_due WHERE place IN (SELECT place FROM fact_due WHERE branch = %s ORDER BY place LIMIT %s)
RETURNING subject, writer, first_seq, last_seq
"""
_STATES = "SELECT subject, version, state FROM state WHERE branch = %s AND subject = ANY(%s) AND state IS NOT NULL"
_FROZEN = "SELECT day, frozen_at FROM statistics_day WHERE branch = %s AND frozen_at IS NOT NULL AND day >= %s"
_MOVED = "UPDATE statistics_day SET moved = true WHERE branch = %s AND day = ANY(%s)"
_ENTRIES = """
SELECT e.wire FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::bigint[])
    AS n (subject, writer, first, last)
JOIN entry e ON e.branch = %s AND e.writer = n.writer AND e.seq BETWEEN n.first AND n.last AND e.subject = n.subject
"""
_LATE = """
INSERT INTO late_entry (branch, day, id, type, terminal, received_at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""

log = structlog.get_logger(__name__)


class Note(NamedTuple):
    """A subject that changed, and by which entries; none (`last` 0) when it was folded anew, or (-1) all were."""

    subject: str
    writer: str
    first: int
    last: int


class _Derived(NamedTuple):
    """The rows of a subject, not yet linked, and whether something of it was erased."""

    facts: Facts
    erased: bool = False


class NotKeptError(Exception):
    """What is kept cannot be what the rows were made of: everything of the branch must be made anew."""


async def take_some(connection: Connection, branch: str, days: Days, reference: Reference, now: datetime) -> int:
    """Take up the oldest notes; return how many. Raises NotKeptError. Other requests are answered meanwhile."""
    cursor = await connection.execute(_DUE, (branch, SOME))
    notes = [Note._make(row) for row in await cursor.fetchall()]
    if not notes:
        return 0
    subjects = sorted({each.subject for each in notes})
    cursor = await connection.execute(_STATES, (branch, subjects), binary=True)
    states = cast(list[tuple[str, int, bytes]], await cursor.fetchall())
    new = await asyncio.to_thread(_derived, subjects, states, days, reference)
    try:
        made = await _changes(connection, branch, new)
        if made.now:
            await write_rows(connection, branch, made)
            await write_settled(connection, branch, made.settled)
            await move_tallies(connection, branch, made, now)
    except ValueError as error:
        raise NotKeptError(str(error)[:200]) from error
    if made.now and any(each.last >= 0 for each in notes):  # of those made anew all days are looked at anyway
        await _note_late(connection, branch, made, notes, days, now)
    return len(notes)


async def _changes(connection: Connection, branch: str, derived: Mapping[str, _Derived]) -> Changes:
    """What must be kept now, by no more than the neighbours of those that have changed, and theirs."""
    new = {subject: each.facts for subject, each in derived.items()}
    old = await kept_rows(connection, branch, new)
    near = await sharing(connection, branch, first_names(old, new), new)
    far = await sharing(connection, branch, further_names(old, new, near), [*new, *near])
    erased = [subject for subject, each in derived.items() if each.erased]
    settled = await settled_of(connection, branch, [*new, *near])
    return await asyncio.to_thread(changes, old, new, Around(near, far), erased=erased, settled=settled)


def _derived(
    subjects: Sequence[str], states: Sequence[tuple[str, int, bytes]], days: Days, reference: Reference
) -> dict[str, _Derived]:
    """The rows of the subjects as their states are now; nothing of those that have none, or a state of an old fold."""
    found = dict.fromkeys(subjects, _Derived(Facts()))
    for subject, version, state in states:
        fold = FOLDS[subject.partition("/")[0]]
        if version != fold.version:
            continue  # it is folded anew by an administrator's command, which notes it again
        try:
            loaded = fold.load(state)
            facts = derive(subject, loaded, days, reference, confirmed=True)
            found[subject] = _Derived(facts, bool(getattr(loaded, "erased", False)))
        except DEFECTS as error:  # it must not stop the others
            log.error("not_counted", error=type(error).__name__, where=where(error), subject=subject)
    return found


async def _note_late(
    connection: Connection, branch: str, made: Changes, notes: Sequence[Note], days: Days, now: datetime
) -> None:
    """Of every frozen day that is another now: that it is, and the entries that made it so."""
    begins = [first for facts in (*made.now.values(), *made.before.values()) if (first := begins_and_ends(facts)[0])]
    if not begins:
        return
    cursor = await connection.execute(_FROZEN, (branch, min(begins)))
    frozen = cast(list[tuple[date, datetime]], await cursor.fetchall())
    causes = await asyncio.to_thread(_causes, made, days, frozen)
    if not causes:
        return
    await connection.execute(_MOVED, (branch, list(causes)))
    entries = await _entries(connection, branch, [each for each in notes if each.first <= each.last])
    rows = [
        (branch, day, entry.id, entry.type, entry.terminal, now)
        for day, subjects in causes.items()
        for entry in entries
        if entry.subject in subjects
    ]
    if rows:
        async with connection.cursor() as writing:
            await writing.executemany(_LATE, rows)


async def _entries(connection: Connection, branch: str, notes: Sequence[Note]) -> list[Entry]:
    """The entries that the notes name."""
    columns = [[each[number] for each in notes] for number in range(4)]
    cursor = await connection.execute(_ENTRIES, (*columns, branch), binary=True)
    return [parse_stored(cast(bytes, wire)) for (wire,) in await cursor.fetchall()]


def _causes(made: Changes, days: Days, frozen: Sequence[tuple[date, datetime]]) -> dict[date, set[str]]:
    """Of every frozen day that is another now: the subjects that changed it, and those that share a link with them."""
    found: dict[date, set[str]] = {}
    for day, frozen_at in frozen:
        moved = [each for each in made.now if _differs(made.now[each], made.before[each], days, day, frozen_at)]
        if moved:
            found[day] = {cause for each in moved for cause in (each, *_sharing(each, made))}
    return found


def _differs(facts: Facts, before: Facts, days: Days, day: date, frozen_at: datetime) -> bool:
    """Whether one subject's part in the figures of a frozen day is another now."""
    spans = (begins_and_ends(facts), begins_and_ends(before))
    if not any(first is not None and first <= day and (last is None or day <= last) for first, last in spans):
        return False
    parts: list[Mapping[str, object]] = [
        {name: written(each) for name, each in day_values(rows, days, day, frozen_at).items()}
        for rows in (facts, before)
    ]
    return parts[0] != parts[1]


def _sharing(subject: str, made: Changes) -> list[str]:
    """The other subjects that changed and share a link name with it, as they are or were."""
    own = links(made.now[subject]) | links(made.before[subject])
    return [
        each
        for each in made.now
        if each != subject and not own.isdisjoint(links(made.now[each]) | links(made.before[each]))
    ]
