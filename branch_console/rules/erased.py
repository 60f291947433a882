"""What stays of erased data: a claim loses the person, not the goods that left.

A `data.erased` entry may state, for an entry that it names, the same data without what is about a person (`kept`).
Where the data is gone, folds read `kept` in its place, so that stock stays booked on every store, also on one that
never saw the original. Where the original still stands it counts, and `kept` says nothing.
"""

from collections.abc import Sequence
from typing import cast

from branch_console.rules.entries import CannotFoldError, read_data
from branch_console.rules.journal import Data, Entry
from branch_console.rules.journey_entries import DataErased, EntryPlace

ERASED = "data.erased"


def states_kept(entry: Entry) -> bool:
    """Whether the entry is an erasure that says what stays, so that its subject must be folded from all entries."""
    return entry.type == ERASED and any(place.kept is not None for place in _named(entry))


def with_kept(ordered: Sequence[Entry]) -> Sequence[Entry]:
    """The entries of one subject, in total order, each erased one with what was kept of it.

    Copies of an act (the same id, carried over to a new journal) are one. Of two erasures the first says what stays.
    """
    erasures = [entry for entry in ordered if entry.type == ERASED]
    if not erasures:
        return ordered
    kept: dict[tuple[str, int], Data] = {}
    for erasure in erasures:
        for place in _named(erasure):
            if place.kept is not None:
                kept.setdefault((place.terminal, place.seq), cast("Data", place.kept))  # canonical, as all data is
    acts: dict[str, Data] = {}
    for entry in ordered:
        stays = kept.get((entry.terminal, entry.seq))
        if stays is not None and entry.type != ERASED:
            acts.setdefault(entry.id, stays)
    return [
        entry._replace(data=acts[entry.id]) if entry.data is None and entry.id in acts else entry for entry in ordered
    ]


def _named(erasure: Entry) -> Sequence[EntryPlace]:
    try:
        data = read_data(erasure)
    except CannotFoldError:
        return ()
    return data.entries if isinstance(data, DataErased) else ()
