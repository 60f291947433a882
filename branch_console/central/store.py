"""Storing entries: one path for what terminals push and for what central itself writes.

The caller holds the writer's row locked, has checked the entries and commits afterwards. Locks are taken in one order
everywhere (writer, subjects sorted, the branch's counter), the counter last, so that feed positions are in the order
of commits and a slow batch makes nobody wait longer than its commit.
"""

from collections.abc import Collection, Sequence

from branch_console.central.batch import Received, parse_stored
from branch_console.central.case_trace import trace_cases
from branch_console.central.containment_queue import queue_containments
from branch_console.central.database import Connection
from branch_console.central.erasing import erase
from branch_console.central.folding import EMPTY, Folded, Stored, fold_all, fold_new
from branch_console.central.gift_mirror import mirror
from branch_console.central.statistics_queue import counted_subjects
from branch_console.rules.folding import Unfolded
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference

_COPY = "COPY entry (branch, writer, seq, subject, type, hash, wire) FROM STDIN (FORMAT BINARY)"
_LOCK = """
SELECT subject, version, last_clock, last_writer, last_seq, max_id, state FROM state
WHERE branch = %s AND subject = ANY(%s) ORDER BY subject FOR UPDATE
"""
_MAKE = """
INSERT INTO state (branch, subject) SELECT %s, subject FROM unnest(%s::text[]) AS subject ORDER BY subject
ON CONFLICT DO NOTHING
"""
_WRITE = """
UPDATE state SET version = %s, last_clock = %s, last_writer = %s, last_seq = %s, max_id = %s, state = %s
WHERE branch = %s AND subject = %s
"""
_ADVANCE = """
WITH head AS (
    UPDATE writer SET seq = %(last)s, hash = %(hash)s, clock = greatest(clock, %(clock)s), last_push_at = now()
    WHERE name = %(writer)s
), counter AS (
    UPDATE branch SET feed_position = feed_position + 1 WHERE code = %(branch)s RETURNING feed_position
), page AS (
    INSERT INTO feed (branch, position, writer, first_seq, last_seq)
    SELECT %(branch)s, feed_position, %(writer)s, %(first)s, %(last)s FROM counter
), due AS (
    INSERT INTO fact_due (branch, subject, writer, first_seq, last_seq)
    SELECT %(branch)s, subject, %(writer)s, %(first)s, %(last)s FROM unnest(%(counted)s::text[]) AS subject
)
SELECT pg_notify('feed', %(branch)s)
"""


async def store(
    connection: Connection, branch: str, received: Sequence[Received], reference: Reference
) -> list[Unfolded]:
    """Store and fold checked entries of one writer that follow its head; return what was quarantined of them."""
    writer, first = received[0].entry.terminal, received[0].entry.seq
    stored = await lock_states(connection, branch, {entry.subject for entry, _wire in received})
    received, erased = await erase(connection, branch, received)
    await _copy(connection, branch, received)
    by_subject: dict[str, list[Entry]] = {}
    for entry, _wire in received:
        by_subject.setdefault(entry.subject, []).append(entry)
    quarantined: list[Unfolded] = []
    changed: list[tuple[str, Folded]] = []
    for subject, new in by_subject.items():
        kind = new[0].kind
        folded = None if subject in erased else fold_new(kind, stored.get(subject, EMPTY), new, reference)
        if folded is None:
            folded = fold_all(kind, await entries_of(connection, branch, subject), reference)
        changed.append((subject, folded))
        fresh = {entry.seq for entry in new}
        quarantined += [each for each in folded.unfolded if each.entry.terminal == writer and each.entry.seq in fresh]
    await write_states(connection, branch, changed)
    await mirror(connection, branch, changed, by_central=writer.startswith("central/"))
    await queue_containments(connection, branch, changed)
    await trace_cases(connection, branch, changed)
    await write_quarantine(connection, branch, changed, answered={(writer, each.entry.seq) for each in quarantined})
    last = received[-1].entry
    await connection.execute(
        _ADVANCE,
        {
            "branch": branch,
            "writer": writer,
            "first": first,
            "last": last.seq,
            "hash": last.hash,
            "clock": max(each.entry.clock for each in received),
            "counted": counted_subjects(by_subject),
        },
    )
    return sorted(quarantined, key=lambda each: each.entry.seq)


async def lock_states(connection: Connection, branch: str, subjects: Collection[str]) -> dict[str, Stored]:
    """Lock the rows of the subjects, made if missing, and read them."""
    found = await _locked(connection, branch, subjects)
    missing = [subject for subject in subjects if subject not in found]
    if missing:
        await connection.execute(_MAKE, (branch, missing))
        found |= await _locked(connection, branch, missing)
    return found


async def _locked(connection: Connection, branch: str, subjects: Collection[str]) -> dict[str, Stored]:
    cursor = await connection.execute(_LOCK, (branch, list(subjects)), binary=True)
    return {
        str(subject): Stored(version, (clock, writer, seq), max_id, state)  # type: ignore[arg-type]
        for subject, version, clock, writer, seq, max_id, state in await cursor.fetchall()
    }


async def entries_of(connection: Connection, branch: str, subject: str) -> list[Entry]:
    """All stored entries about a subject in a branch, in no order."""
    cursor = await connection.execute(
        "SELECT wire FROM entry WHERE branch = %s AND subject = %s", (branch, subject), binary=True
    )
    return [parse_stored(wire) for (wire,) in await cursor.fetchall()]  # type: ignore[arg-type]


async def write_states(connection: Connection, branch: str, changed: Sequence[tuple[str, Folded]]) -> None:
    """Write the folded states of subjects whose rows are locked."""
    rows = [
        (each.stored.version, *each.stored.order, each.stored.max_id, each.stored.state, branch, subject)
        for subject, each in changed
    ]
    async with connection.cursor() as cursor:
        await cursor.executemany(_WRITE, rows)


async def write_quarantine(
    connection: Connection, branch: str, changed: Sequence[tuple[str, Folded]], *, answered: set[tuple[str, int]]
) -> int:
    """Make the list of quarantined entries say what folding found; return how many were released."""
    released = 0
    whole = [subject for subject, each in changed if each.whole]
    if whole:
        kept = [(each.entry.terminal, each.entry.seq) for _subject, folded in changed for each in folded.unfolded]
        cursor = await connection.execute(
            "UPDATE quarantine SET released_at = now() WHERE branch = %s AND subject = ANY(%s) AND released_at IS NULL"
            " AND (writer, seq) NOT IN (SELECT * FROM unnest(%s::text[], %s::bigint[]))",
            (branch, whole, [writer for writer, _seq in kept], [seq for _writer, seq in kept]),
        )
        released = cursor.rowcount
    rows = [
        (branch, e.terminal, e.seq, e.subject, e.type, e.version, code, detail[:500], (e.terminal, e.seq) in answered)
        for _subject, folded in changed
        for e, code, detail in folded.unfolded
    ]
    if rows:
        async with connection.cursor() as cursor:
            await cursor.executemany(
                "INSERT INTO quarantine (branch, writer, seq, subject, type, version, code, detail, answered)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (branch, writer, seq)"
                " DO UPDATE SET released_at = NULL WHERE quarantine.released_at IS NOT NULL",
                rows,
            )
    return released


async def _copy(connection: Connection, branch: str, received: Sequence[Received]) -> None:
    """Insert the rows: the fastest way that PostgreSQL has."""
    async with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.set_types(["text", "text", "int8", "text", "text", "bytea", "bytea"])
        for entry, wire in received:
            await copy.write_row(
                (branch, entry.terminal, entry.seq, entry.subject, entry.type, bytes.fromhex(entry.hash), wire)
            )
