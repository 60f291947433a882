"""Folding: from the entries of one subject, in total order, to its state.

The same set of entries gives the same state on every terminal and on central, whatever the order of arrival.
What cannot be folded is left out and named; what is illegal is folded as a mark on the state, never raised.
"""

from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter

from branch_console.rules.entries import CannotFoldError, EntryData, read_data
from branch_console.rules.erased import with_kept
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference

S = TypeVar("S")


class Fold(Generic[S]):
    """How subjects of one kind are folded. `apply` may change the state that it is given and returns nothing."""

    def __init__(
        self,
        kind: str,
        state: type[S],
        version: int,
        apply: Callable[[S, Entry, EntryData | None, Reference], None],
    ) -> None:
        """`version` counts up whenever the same entries would fold to another state, so that stores fold anew."""
        self.kind = kind
        self.version = version
        self.apply = apply
        self._make = state
        self._adapter = TypeAdapter(state)

    def start(self) -> S:
        """The state before the first entry."""
        return self._make()

    def dump(self, state: S) -> bytes:
        """The state as JSON, for a store."""
        return self._adapter.dump_json(state)

    def load(self, stored: bytes | str) -> S:
        """The state from what `dump` wrote."""
        return self._adapter.validate_json(stored)


class Unfolded(NamedTuple):
    """An entry that could not be folded, and why."""

    entry: Entry
    code: str
    detail: str


FOLDS: dict[str, Fold[object]] = {}


def register(fold: Fold[S]) -> Fold[S]:
    """Make `fold` the way that subjects of its kind are folded, on every terminal and on central."""
    FOLDS[fold.kind] = fold  # type: ignore[assignment]
    return fold


def fold_subject(fold: Fold[S], entries: Iterable[Entry], reference: Reference) -> tuple[S, list[Unfolded]]:
    """Fold all entries of one subject. An act that stands twice (its id, carried over to a new journal) counts once."""
    state = fold.start()
    unfolded: list[Unfolded] = []
    seen: set[str] = set()
    for entry in with_kept(sorted(entries, key=lambda each: each.order)):
        if entry.id in seen:
            continue
        seen.add(entry.id)
        problem = fold_onto(fold, state, entry, reference)
        if problem is not None:
            unfolded.append(problem)
    return state, unfolded


def fold_onto(fold: Fold[S], state: S, entry: Entry, reference: Reference) -> Unfolded | None:
    """Fold one entry that sorts behind all that `state` was folded from; the state is changed in place.

    Returns the entry with the reason if it cannot be folded; the state is then as it was.
    """
    try:
        fold.apply(state, entry, read_data(entry), reference)
    except CannotFoldError as error:
        return Unfolded(entry, error.code, error.detail)
    return None
