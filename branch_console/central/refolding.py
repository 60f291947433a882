"""Folding anew what could not be folded before, or was folded by an older rule."""

from typing import NamedTuple, cast

from branch_console.central.database import Connection
from branch_console.central.folding import fold_all
from branch_console.central.store import entries_of, lock_states, write_quarantine, write_states
from branch_console.rules.catalogue import FOLDS, known_types
from branch_console.rules.reference import Reference


class Refolded(NamedTuple):
    """What a run did: subjects folded, entries that left the quarantine, entries that are in it."""

    subjects: int
    released: int
    quarantined: int


async def refold_known(connection: Connection, reference: Reference) -> Refolded:
    """Fold anew the subjects of quarantined entries whose type is known now, and all of outdated folds."""
    known = list(known_types())
    cursor = await connection.execute(
        "SELECT DISTINCT branch, subject FROM quarantine WHERE released_at IS NULL"
        " AND (code NOT IN ('unknown-type', 'unknown-version')"
        " OR (type, version) IN (SELECT * FROM unnest(%(types)s::text[], %(versions)s::bigint[])))"
        " UNION SELECT branch, subject FROM state WHERE max_id <> '' AND version <> coalesce((SELECT v FROM"
        " unnest(%(kinds)s::text[], %(folds)s::int[]) AS f (k, v) WHERE k = split_part(subject, '/', 1)), 0)",
        {
            "types": [name for name, _version in known],
            "versions": [version for _name, version in known],
            "kinds": list(FOLDS),
            "folds": [fold.version for fold in FOLDS.values()],
        },
    )
    subjects = cast(list[tuple[str, str]], await cursor.fetchall())
    return await refold(connection, subjects, reference)


async def refold(connection: Connection, subjects: list[tuple[str, str]], reference: Reference) -> Refolded:
    """Fold subjects, given as (branch, subject), from all their entries, one transaction each."""
    released = 0
    for branch, subject in subjects:
        async with connection.transaction():
            await lock_states(connection, branch, [subject])
            folded = fold_all(subject.partition("/")[0], await entries_of(connection, branch, subject), reference)
            await write_states(connection, branch, [(subject, folded)])
            released += await write_quarantine(connection, branch, [(subject, folded)], answered=set())
    cursor = await connection.execute("SELECT count(*) FROM quarantine WHERE released_at IS NULL")
    row = await cursor.fetchone()
    return Refolded(len(subjects), released, cast(int, row[0]) if row else 0)
