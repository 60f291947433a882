"""Folding anew what could not be folded before, or was folded by an older rule."""

from typing import NamedTuple, cast

from branch_console.central.case_trace import trace_cases
from branch_console.central.containment_queue import queue_containments
from branch_console.central.database import Connection
from branch_console.central.erasing import erase_again
from branch_console.central.folding import fold_all
from branch_console.central.gift_mirror import mirror
from branch_console.central.statistics_queue import queue_again
from branch_console.central.store import entries_of, lock_states, write_quarantine, write_states
from branch_console.rules.catalogue import FOLDS, known_types
from branch_console.rules.reference import Reference


class Refolded(NamedTuple):
    """What a run did: subjects folded, entries that left the quarantine, entries that are in it."""

    subjects: int
    released: int
    quarantined: int


async def refold_newly_known(connection: Connection, reference: Reference) -> Refolded:
    """At start: fold anew the subjects of entries that were quarantined for a type that is known now."""
    known = list(known_types())
    cursor = await connection.execute(
        "SELECT DISTINCT branch, subject FROM quarantine WHERE released_at IS NULL"
        " AND code IN ('unknown-type', 'unknown-version')"
        " AND (type, version) IN (SELECT * FROM unnest(%s::text[], %s::bigint[]))",
        ([name for name, _version in known], [version for _name, version in known]),
    )
    return await refold(connection, cast(list[tuple[str, str]], await cursor.fetchall()), reference)


async def refold_all(connection: Connection, reference: Reference) -> Refolded:
    """Fold anew the subjects of all quarantined entries, and all that were folded by another version of their fold."""
    cursor = await connection.execute(
        "SELECT DISTINCT branch, subject FROM quarantine WHERE released_at IS NULL"
        " UNION SELECT branch, subject FROM state WHERE max_id <> '' AND version <> coalesce((SELECT v FROM"
        " unnest(%(kinds)s::text[], %(folds)s::int[]) AS f (k, v) WHERE k = split_part(subject, '/', 1)), 0)",
        {"kinds": list(FOLDS), "folds": [fold.version for fold in FOLDS.values()]},
    )
    subjects = cast(list[tuple[str, str]], await cursor.fetchall())
    return await refold(connection, subjects, reference)


async def refold(connection: Connection, subjects: list[tuple[str, str]], reference: Reference) -> Refolded:
    """Fold subjects, given as (branch, subject), from all their entries, one transaction each."""
    released = 0
    for branch, subject in subjects:
        async with connection.transaction():
            await lock_states(connection, branch, [subject])
            await erase_again(connection, branch, subject, await entries_of(connection, branch, subject))
            entries = await entries_of(connection, branch, subject)
            folded = fold_all(subject.partition("/")[0], entries, reference)
            await write_states(connection, branch, [(subject, folded)])
            await mirror(connection, branch, [(subject, folded)], by_central=False)
            await queue_containments(connection, branch, [(subject, folded)])
            await trace_cases(connection, branch, [(subject, folded)])
            await queue_again(connection, branch, [subject])
            released += await write_quarantine(connection, branch, [(subject, folded)], answered=set())
    cursor = await connection.execute("SELECT count(*) FROM quarantine WHERE released_at IS NULL")
    row = await cursor.fetchone()
    return Refolded(len(subjects), released, cast(int, row[0]) if row else 0)
