"""Carrying erasures out: the data goes from the stored wires, and from what arrives, whichever comes first.

What an erasure reaches: erasures.py. The rows of the subjects concerned must be locked.
"""

from collections.abc import Sequence
from typing import cast

from branch_console.central.batch import Received, parse_stored, without_data
from branch_console.central.database import Connection
from branch_console.central.erasures import ErasedAct, Target, erased_acts, reached, targets
from branch_console.rules.journal import Entry

_STORED = "SELECT wire FROM entry WHERE branch = %s AND subject = ANY(%s) ORDER BY writer, seq FOR UPDATE"
_ERASE = "UPDATE entry SET wire = %s WHERE branch = %s AND writer = %s AND seq = %s"


async def erase(
    connection: Connection, branch: str, received: Sequence[Received]
) -> tuple[Sequence[Received], set[str]]:
    """Obey the erasures among entries that are about to be stored, and those that have come before them.

    Returns the entries as they may be stored, and the subjects that must be folded anew from all entries.
    """
    await _note(connection, branch, [each.entry for each in received])
    places = await _places(connection, branch, {each.entry.subject for each in received})
    if not places:
        return received, set()
    subjects = {subject for _writer, _seq, subject in places}
    arriving = [each.entry for each in received if each.entry.subject in subjects]
    acts = await _erase_stored(connection, branch, places, arriving)
    return [_stripped(each) if reached(each.entry, acts) else each for each in received], subjects


async def erase_again(connection: Connection, branch: str, subject: str, stored: Sequence[Entry]) -> None:
    """Obey the erasures among all stored entries of a subject, also those that could not be read when they came."""
    await _note(connection, branch, stored)
    places = await _places(connection, branch, {subject})
    if places:
        await _erase_stored(connection, branch, places, [])


async def _note(connection: Connection, branch: str, entries: Sequence[Entry]) -> None:
    """Keep which places are to be without data, for what is yet to come."""
    wanted = [(branch, *target) for entry in entries for target in targets(entry)]
    if wanted:
        async with connection.cursor() as cursor:
            await cursor.executemany(
                "INSERT INTO erasure (branch, writer, seq, subject) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                wanted,
            )


async def _places(connection: Connection, branch: str, subjects: set[str]) -> set[Target]:
    """The places of these subjects that erasures have named."""
    cursor = await connection.execute(
        "SELECT writer, seq, subject FROM erasure WHERE branch = %s AND subject = ANY(%s)", (branch, list(subjects))
    )
    return set(cast(list[Target], await cursor.fetchall()))


async def _erase_stored(
    connection: Connection, branch: str, places: set[Target], arriving: Sequence[Entry]
) -> set[ErasedAct]:
    """Erase what is stored; return the acts that are without data now, those that arrive included."""
    subjects = sorted({subject for _writer, _seq, subject in places})
    cursor = await connection.execute(_STORED, (branch, subjects), binary=True)
    wires = [cast(bytes, wire) for (wire,) in await cursor.fetchall()]
    stored = [(parse_stored(wire), wire) for wire in wires]
    acts = erased_acts(places, [*(entry for entry, _wire in stored), *arriving])
    rows = [(without_data(wire), branch, each.terminal, each.seq) for each, wire in stored if reached(each, acts)]
    if rows:
        async with connection.cursor() as writing:
            await writing.executemany(_ERASE, rows)
    return acts


def _stripped(each: Received) -> Received:
    return Received(each.entry._replace(data=None), without_data(each.wire))
