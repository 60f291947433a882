"""Erasing personal data: a `data.erased` entry takes the data out of the stored wires of the entries that it names.

The named entries must be about the same subject. Whatever comes first, the entry or its erasure, the data is gone.
"""

from collections.abc import Sequence

from branch_console.central.batch import Received, without_data
from branch_console.central.database import Connection
from branch_console.rules.entries import CannotFoldError, read_data
from branch_console.rules.journal import Entry

ERASED = "data.erased"


def targets(entry: Entry) -> list[tuple[str, int, str]]:
    """(writer, seq, subject) of what a `data.erased` entry takes away here; nothing if it cannot be read.

    Retention (`why` is `retention`) ends what terminals may keep; how long central keeps is the bank's own rule.
    """
    try:
        read_data(entry)
    except CannotFoldError:
        return []
    if (entry.data or {}).get("why") == "retention":
        return []
    named = (entry.data or {}).get("entries")
    if not isinstance(named, list):
        return []
    return [(str(each["terminal"]), int(each["seq"]), entry.subject) for each in named]


async def erase(connection: Connection, branch: str, entries: Sequence[Entry]) -> set[str]:
    """Note and carry out the erasures among new entries; return the subjects that must be folded anew."""
    wanted = [target for entry in entries if entry.type == ERASED for target in targets(entry)]
    if not wanted:
        return set()
    async with connection.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO erasure (branch, writer, seq, subject) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [(branch, *target) for target in wanted],
        )
    writers, seqs, subjects = zip(*wanted, strict=True)
    found = await connection.execute(
        "SELECT e.writer, e.seq, e.wire FROM entry e"
        " JOIN (SELECT DISTINCT * FROM unnest(%s::text[], %s::bigint[], %s::text[])) AS w (writer, seq, subject)"
        " ON e.writer = w.writer AND e.seq = w.seq AND e.subject = w.subject WHERE e.branch = %s"
        " ORDER BY e.writer, e.seq FOR UPDATE OF e",
        (list(writers), list(seqs), list(subjects), branch),
        binary=True,
    )
    rows = [(without_data(wire), branch, writer, seq) for writer, seq, wire in await found.fetchall()]  # type: ignore[arg-type]
    async with connection.cursor() as cursor:
        await cursor.executemany("UPDATE entry SET wire = %s WHERE branch = %s AND writer = %s AND seq = %s", rows)
    return set(subjects)


async def strip_erased(connection: Connection, branch: str, received: Sequence[Received]) -> Sequence[Received]:
    """The entries, without the data of those that an erasure named before they came."""
    first, last = received[0].entry, received[-1].entry
    cursor = await connection.execute(
        "SELECT seq, subject FROM erasure WHERE branch = %s AND writer = %s AND seq BETWEEN %s AND %s",
        (branch, first.terminal, first.seq, last.seq),
    )
    gone = set(await cursor.fetchall())
    if not gone:
        return received
    return [
        Received(each.entry._replace(data=None), without_data(each.wire))
        if (each.entry.seq, each.entry.subject) in gone
        else each
        for each in received
    ]
