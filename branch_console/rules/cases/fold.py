"""Folding a case: every entry goes on the timeline, then does what its type does."""

from collections.abc import Callable
from typing import Any

from branch_console.rules.cases import fold_containment, fold_ending, fold_record, fold_suggestion, fold_work
from branch_console.rules.cases.parts import CaseAct
from branch_console.rules.cases.states import CaseState
from branch_console.rules.cases.together import Turn, mark, take_beside, take_turn
from branch_console.rules.entries import EntryData
from branch_console.rules.folding import Fold, register
from branch_console.rules.journal import Entry
from branch_console.rules.journey_entries import DataErased
from branch_console.rules.reference import Reference


def _data_erased(turn: Turn, data: DataErased) -> None:
    """Who took what away, when and why stays; so do the lines that it was taken from."""
    turn.state.erased = True
    turn.item.detail = {"why": data.why, "count": str(len(data.entries))}
    if data.confirmed_by is not None:
        turn.item.detail["confirmed_by"] = data.confirmed_by
    turn.state.erased_entries += [f"{each.terminal}#{each.seq}" for each in data.entries]


ACTS: dict[str, Callable[[Turn, Any], None]] = {
    "case.registered": fold_record.registered,
    "case.details_added": fold_record.details_added,
    "case.staff_named": fold_record.staff_named,
    "case.evidence_added": fold_record.evidence_added,
    "case.retyped": fold_record.retyped,
    "case.reclassified": fold_record.reclassified,
    "case.redacted": fold_record.redacted,
    "case.difference_settled": fold_record.difference_settled,
    "case.slip_printed": fold_record.slip_printed,
    "case.duplicate_suspected": fold_record.duplicate_suspected,
    "case.step_checked": fold_record.step_checked,
    "case.assigned": fold_work.assigned,
    "case.accepted": fold_work.accepted,
    "case.contact_out": fold_work.contact_out,
    "case.contact_in": fold_work.contact_in,
    "case.interim_replied": fold_work.interim_replied,
    "case.noted": fold_work.noted,
    "case.escalated": fold_work.escalated,
    "case.extended": fold_work.extended,
    "case.paused": fold_work.paused,
    "case.resumed": fold_work.resumed,
    "case.promise_handed_over": fold_work.promise_handed_over,
    "case.containment_requested": fold_containment.requested,
    "case.containment_confirmed": fold_containment.confirmed,
    "case.containment_failed": fold_containment.failed,
    "case.containment_expired": fold_containment.expired,
    "case.hotline_called": fold_containment.hotline_called,
    "case.decided": fold_ending.decided,
    "case.notified": fold_ending.notified,
    "case.closed": fold_ending.closed,
    "case.withdrawn": fold_ending.withdrawn,
    "case.not_accepted": fold_ending.not_accepted,
    "case.reopened": fold_ending.reopened,
    "case.merged": fold_ending.merged,
    "case.unmerged": fold_ending.unmerged,
    "case.joined": fold_ending.joined,
    "case.parted": fold_ending.parted,
    "case.review_applied": fold_ending.review_applied,
    "case.review_notified": fold_ending.review_notified,
    "suggestion.evaluated": fold_suggestion.evaluated,
    "suggestion.adopted": fold_suggestion.adopted,
    "suggestion.declined": fold_suggestion.declined,
    "suggestion.done": fold_suggestion.done,
    "suggestion.told": fold_suggestion.told,
    "suggestion.supported": fold_suggestion.supported,
    "suggestion.rewarded": fold_suggestion.rewarded,
    "data.erased": _data_erased,
}


def _apply(state: CaseState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """Fold one entry. Of an erased one that kept nothing (rules/erased.py) its line on the timeline is left."""
    del reference
    state.entries += 1
    state.updated_at = entry.at
    if entry.type == "case.duplicate_suspected":
        turn = take_beside(state, entry)
    else:
        turn = take_turn(state, entry, data.after if isinstance(data, CaseAct) else None)
    if data is None:
        state.erased = turn.item.erased = True
        return
    if not state.number and entry.type != "case.registered" and not state.erased:
        mark(turn, "not_registered")
    ACTS[entry.type](turn, data)


CASE: Fold[CaseState] = register(Fold("case", CaseState, version=1, apply=_apply))
