"""Folding the end of a business day, and the digest that chains each closed day to the one before."""

from collections.abc import Iterable

from branch_console.rules.canonical import Json, canonical_hash
from branch_console.rules.entries import EntryData
from branch_console.rules.folding import Fold, register
from branch_console.rules.gifts.day_entries import DayClosed, DayLine
from branch_console.rules.gifts.marking import mark, mark_alone
from branch_console.rules.gifts.states import DayState
from branch_console.rules.gifts.subjects import day_subject
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference

FIRST_DAY = "0" * 64
"""What stands for the digest of the day before the first one that a branch closes."""


def day_digest(day: str, lines: Iterable[DayLine], previous: str, since: str | None = None) -> str:
    """SHA-256 of the canonical form of {day, lines, previous}, and `since` where earlier days are covered; lines in the
    order of place, item, lot."""
    ordered = sorted(lines, key=lambda each: (each.location, each.sku, each.lot))
    members: dict[str, Json] = {"day": day, "lines": [each.model_dump() for each in ordered], "previous": previous}
    return canonical_hash(members if since is None else {**members, "since": since})


def _apply(state: DayState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """The first signature closes the day."""
    del reference
    state.entries += 1
    if not isinstance(data, DayClosed):
        return
    if state.closed:
        mark(state, entry, "day_closed_already")
        return
    if entry.subject != day_subject(entry.branch, data.day):
        mark(state, entry, "wrong_day")
        return
    if data.since is not None and data.since >= data.day:
        mark(state, entry, "wrong_day")
    mark_alone(state, entry, data.maker)
    if data.digest != day_digest(data.day, data.lines, data.previous, data.since):
        mark(state, entry, "digest_differs")
    state.day, state.since, state.closed, state.lines = data.day, data.since, True, list(data.lines)
    state.open_reservations, state.unsynced = data.open_reservations, data.unsynced
    state.maker, state.signed_by, state.note = data.maker, entry.staff, data.note
    state.previous, state.digest = data.previous, data.digest
    state.branch, state.at = entry.branch, entry.at


DAY: Fold[DayState] = register(Fold("day", DayState, version=1, apply=_apply))
