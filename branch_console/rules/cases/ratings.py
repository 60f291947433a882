"""Folding ratings: each word of the customer is kept; the newest is what counts."""

from branch_console.rules.cases.rating_entries import RatingGiven
from branch_console.rules.cases.states import CaseMark, RatingRevision, RatingState
from branch_console.rules.entries import EntryData
from branch_console.rules.folding import Fold, register
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference


def _apply(state: RatingState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """Two words with the same number were given on two sides at once: both stand, and that is marked."""
    del reference
    state.entries += 1
    state.updated_at, state.branch = entry.at, entry.branch
    state.heads = [entry.id]
    if data is None or not isinstance(data, RatingGiven):
        state.erased = True
        return
    if state.about and state.about != data.about:
        state.marks.append(CaseMark(entry.id, "rating_differs", entry.staff, entry.at))
        return
    beside = [each.entry for each in state.revisions if each.revision == data.revision]
    if beside:
        state.marks.append(CaseMark(entry.id, "both_sides_changed", entry.staff, entry.at, beside))
    state.about = data.about
    state.revisions.append(
        RatingRevision(entry.id, data.score, data.reasons, data.text, data.by, data.revision, entry.staff, entry.at)
    )


RATING: Fold[RatingState] = register(Fold("rating", RatingState, version=1, apply=_apply))
