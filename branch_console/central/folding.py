"""Folding a batch: onto the stored state where its entries sort last, else anew from all entries of the subject.

One broken fold must not stop the others: an exception that a fold lets out (one of DEFECTS) is contained to the entry
that caused it, which is quarantined as `fold-defect`, and the subject is folded anew without it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from branch_console.rules.catalogue import FOLDS
from branch_console.rules.erased import states_kept, with_kept
from branch_console.rules.folding import Fold, Unfolded, fold_onto
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference

DEFECTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a programming error in a fold can raise. Lack of memory, cancellation and exits are not the entry's doing."""


class Stored(NamedTuple):
    """The state of a subject as it stands in the database, and up to where in the total order it goes."""

    version: int
    order: tuple[str, str, int]
    max_id: str
    state: bytes | None


EMPTY = Stored(0, ("", "", 0), "", None)


class Folded(NamedTuple):
    """A subject after folding. `whole` = from all its entries, so that `unfolded` is all that is quarantined of it."""

    stored: Stored
    unfolded: list[Unfolded]
    whole: bool


def fold_new(kind: str, stored: Stored, new: Sequence[Entry], reference: Reference) -> Folded | None:
    """Fold `new` entries of one subject onto its stored state; None when only folding from all entries is right."""
    fold = FOLDS.get(kind)
    if fold is None:
        return Folded(_mark(stored, new, 0, None), [_no_fold(entry) for entry in new], whole=False)
    if stored.max_id and stored.version != fold.version:
        return None
    order, max_id = stored.order, stored.max_id
    if any(states_kept(entry) for entry in new):
        return None
    for entry in new:  # in the order of seq, which within one writer is the total order unless a clock ran backwards
        if entry.order <= order or entry.id <= max_id:
            return None
        order, max_id = entry.order, entry.id
    unfolded: list[Unfolded] = []
    try:
        state = fold.start() if stored.state is None else fold.load(stored.state)
        for entry in new:
            problem = fold_onto(fold, state, entry, reference)
            if problem is not None:
                unfolded.append(problem)
        content = fold.dump(state)
    except DEFECTS:
        return None
    return Folded(Stored(fold.version, order, max_id, content), unfolded, whole=False)


def fold_all(kind: str, entries: Iterable[Entry], reference: Reference) -> Folded:
    """Fold a subject from all of its entries."""
    ordered = with_kept(sorted(entries, key=lambda each: each.order))
    fold = FOLDS.get(kind)
    if fold is None:
        return Folded(_mark(EMPTY, ordered, 0, None), [_no_fold(entry) for entry in ordered], whole=True)
    broken: dict[tuple[str, str, int], Unfolded] = {}
    while True:
        outcome = _try_fold(fold, ordered, broken, reference)
        if outcome is not None:
            state, unfolded = outcome
            return Folded(_mark(EMPTY, ordered, fold.version, state), unfolded, whole=True)


def _try_fold(
    fold: Fold[object],
    ordered: Sequence[Entry],
    broken: dict[tuple[str, str, int], Unfolded],
    reference: Reference,
) -> tuple[bytes, list[Unfolded]] | None:
    """One attempt without the entries that are known to break the fold; None when one more has been found."""
    state = fold.start()
    unfolded: list[Unfolded] = []
    seen: set[str] = set()
    tried: list[Entry] = []
    try:
        for entry in ordered:
            if entry.id in seen:
                continue
            seen.add(entry.id)
            problem = broken.get(entry.order)
            if problem is None:
                tried.append(entry)
                problem = fold_onto(fold, state, entry, reference)
            if problem is not None:
                unfolded.append(problem)
        return fold.dump(state), unfolded
    except DEFECTS as error:
        if not tried:
            raise
        broken[tried[-1].order] = Unfolded(tried[-1], "fold-defect", type(error).__name__)
        return None


def _mark(stored: Stored, entries: Sequence[Entry], version: int, state: bytes | None) -> Stored:
    """`stored`, gone on over `entries`."""
    order = max([stored.order, *(entry.order for entry in entries)])
    max_id = max([stored.max_id, *(entry.id for entry in entries)])
    return Stored(version, order, max_id, state)


def _no_fold(entry: Entry) -> Unfolded:
    return Unfolded(entry, "unknown-type", f"no fold for {entry.kind}")
