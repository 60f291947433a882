"""Taking in a page of the feed: entries and cursor in one transaction; only adds, never overwrites."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select

from branch_console.rules.journal import BadEntryError, Entry, check_chain, check_entry
from data.codec import encode, without_data
from data.journal import START, Head, already_erased, heads, known_acts, place_of, put_heads, put_received
from data.statements import prepared
from data.states import States
from data.tables import EntryRow, QuarantinedRow, table

_ENTRY = table(EntryRow)
_HASHES = prepared(
    select(_ENTRY.c.seq, _ENTRY.c.hash).where(
        _ENTRY.c.terminal == bindparam("terminal"), _ENTRY.c.seq.between(bindparam("first"), bindparam("last"))
    )
)
_PUT_BROKEN = insert(table(QuarantinedRow)).prefix_with("OR REPLACE")


class Broken(NamedTuple):
    """An entry that does not fit its writer's chain: `code` is bad-entry, broken-chain, journal-gap or journal-fork."""

    entry: Entry
    code: str
    detail: str


@dataclass
class Applied:
    """What a page changed. `broken` entries are kept aside and listed; they hold up nothing."""

    subjects: set[str] = field(default_factory=set)
    staff_changed: bool = False
    reference_changed: bool = False
    broken: list[Broken] = field(default_factory=list)
    added: int = 0


def sound(entries: Iterable[Entry]) -> tuple[list[Entry], list[Broken]]:
    """The entries that are well-formed with right hashes, and the others."""
    good: list[Entry] = []
    broken: list[Broken] = []
    for entry in entries:
        try:
            check_entry(entry)
        except BadEntryError as error:
            broken.append(Broken(entry, "bad-entry", str(error)))
        else:
            good.append(entry)
    return good, broken


def new_entries(
    connection: Connection, entries: list[Entry], own: str, broken: list[Broken]
) -> tuple[list[Entry], dict[str, Head]]:
    """The entries that continue their chains here, and the heads after them; adds to `broken` what fits nowhere.

    What this store holds already is left out. An entry under this terminal's own name is never taken from a feed.
    """
    before = heads(connection, {entry.terminal for entry in entries})
    after: dict[str, Head] = {}
    known = _known(connection, entries, before)
    fresh: list[Entry] = []
    for entry in entries:
        head = after.get(entry.terminal) or before.get(entry.terminal, START)
        if entry.seq <= head.seq:
            stored = known.get((entry.terminal, entry.seq))
            if stored is not None and stored != entry.hash:
                broken.append(Broken(entry, "journal-fork", "another entry stands at this place"))
        elif entry.terminal == own:
            broken.append(Broken(entry, "journal-fork", "an entry of this terminal that this terminal does not hold"))
        elif entry.seq > head.seq + 1:
            broken.append(Broken(entry, "journal-gap", f"expected seq {head.seq + 1}"))
        else:
            try:
                seq, digest = check_chain((entry,), head.seq, head.hash)
            except BadEntryError as error:
                broken.append(Broken(entry, "broken-chain", str(error)))
                continue
            after[entry.terminal] = Head(seq, digest, max(head.clock, entry.clock))
            known[entry.terminal, seq] = digest
            fresh.append(entry)
    return fresh, after


def take_in(connection: Connection, entries: list[Entry], after: dict[str, Head], states: States) -> set[str]:
    """Insert entries that continue their chains and fold their subjects; returns the subjects."""
    seen = known_acts(connection, entries)
    kept, erased = put_received(connection, entries, seen)
    put_heads(connection, after)
    of_subject: dict[str, list[Entry]] = {}
    again: set[str] = set()
    for entry in kept:
        of_subject.setdefault(entry.subject, []).append(entry)
        if entry.id in seen:
            again.add(entry.subject)
    states.load(of_subject)
    for subject, some in of_subject.items():
        states.add(subject, some, seen=subject in again or subject in erased)
    for subject in erased - of_subject.keys():
        states.refold(subject)
    return erased | of_subject.keys()


def put_broken(connection: Connection, broken: list[Broken], at: str) -> None:
    """Keep aside what fits no chain, for people to see; without data that was erased."""
    gone = already_erased(connection, [each.entry for each in broken if each.code != "bad-entry"])
    connection.execute(_PUT_BROKEN, [_broken_row(each, at, gone) for each in broken])


def _known(connection: Connection, entries: list[Entry], before: dict[str, Head]) -> dict[tuple[str, int], str]:
    """The hashes that this store holds at the places of `entries`."""
    spans: dict[str, tuple[int, int]] = {}
    for entry in entries:
        if entry.seq <= before.get(entry.terminal, START).seq:
            first, last = spans.get(entry.terminal, (entry.seq, entry.seq))
            spans[entry.terminal] = (min(first, entry.seq), max(last, entry.seq))
    return {
        (terminal, row.seq): row.hash
        for terminal, (first, last) in spans.items()
        for row in connection.exec_driver_sql(_HASHES, {"terminal": terminal, "first": first, "last": last})
    }


def _broken_row(broken: Broken, at: str, gone: Collection[tuple[str, int, str]]) -> dict[str, Any]:
    entry, wire = broken.entry, None
    with suppress(ValueError):  # what has no canonical form is listed by its place alone
        wire = encode(without_data(entry) if place_of(entry) in gone else entry)
    return {
        "terminal": str(entry.terminal)[:128],
        "seq": entry.seq if type(entry.seq) is int and 0 <= entry.seq < 2**63 else 0,
        "source": "feed",
        "code": broken.code,
        "detail": broken.detail[:500],
        "at": at,
        "wire": wire,
    }
