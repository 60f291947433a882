"""Folding a suggestion: evaluated, adopted or declined, done, told, supported, rewarded."""

from branch_console.rules.cases.record import Reward
from branch_console.rules.cases.suggestion_entries import (
    SuggestionAdopted,
    SuggestionDeclined,
    SuggestionDone,
    SuggestionEvaluated,
    SuggestionRewarded,
    SuggestionSupported,
    SuggestionTold,
)
from branch_console.rules.cases.together import Turn, mark, move, stands

_OPEN = frozenset({"received", "accepted", "in_progress", "evaluating"})


def evaluated(turn: Turn, data: SuggestionEvaluated) -> None:
    """Somebody looks into it."""
    turn.item.text = data.note
    if _suggestion(turn):
        move(turn, "evaluating", _OPEN)


def adopted(turn: Turn, data: SuggestionAdopted) -> None:
    """It will be done."""
    turn.item.text, turn.item.detail = data.reason, {"owner": data.owner, "due": data.due or ""}
    if not _suggestion(turn) or not move(turn, "adopted", _OPEN | {"declined"}):
        return
    if stands(turn, "answer", data.reason):
        turn.state.idea_answer, turn.state.idea_owner, turn.state.idea_due = data.reason, data.owner, data.due


def declined(turn: Turn, data: SuggestionDeclined) -> None:
    """It will not be done."""
    turn.item.text = data.reason
    if _suggestion(turn) and move(turn, "declined", _OPEN | {"adopted"}) and stands(turn, "answer", data.reason):
        turn.state.idea_answer = data.reason


def done(turn: Turn, data: SuggestionDone) -> None:
    """It is done, since the first time that somebody said so."""
    turn.item.text = data.what
    if _suggestion(turn) and move(turn, "done", {"adopted"}) and stands(turn, "done", data.what):
        turn.state.idea_done, turn.state.idea_done_at = data.what, turn.entry.at


def told(turn: Turn, data: SuggestionTold) -> None:
    """The submitter knows. An idea that is adopted may be told before it is done, and again afterwards."""
    state = turn.state
    turn.item.text, turn.item.detail = data.text, {"way": data.way}
    if not _suggestion(turn):
        return
    state.told_at = state.told_at or turn.entry.at
    if state.status in {"done", "declined"}:
        move(turn, "told", {"done", "declined"})
    elif state.status not in {"adopted", "told"}:
        mark(turn, "not_in_status")


def supported(turn: Turn, data: SuggestionSupported) -> None:
    """One more who wants it; somebody who is known counts once."""
    turn.item.detail = {"who": data.who}
    name = data.key or turn.entry.id
    if _suggestion(turn) and name not in turn.state.supporters:
        turn.state.supporters.append(name)


def rewarded(turn: Turn, data: SuggestionRewarded) -> None:
    """What was given is kept even if it should not have been: one reward an idea, approved by somebody else."""
    state, entry = turn.state, turn.entry
    turn.item.detail = {"act": data.act, "value_fen": str(data.value_fen), "approver": data.approver}
    if not _suggestion(turn):
        return
    if state.rewards:
        mark(turn, "rewarded_twice")
    if data.approver == entry.staff or (state.who == "staff" and data.approver == state.registered_by):
        mark(turn, "approved_alone")
    if state.status not in {"adopted", "done", "told"} or state.idea_owner is None:
        mark(turn, "reward_not_adopted")
    state.rewards.append(Reward(entry.id, data.act, data.value_fen, data.approver, data.month, entry.staff, entry.at))


def _suggestion(turn: Turn) -> bool:
    if turn.state.kind == "suggestion":
        return True
    mark(turn, "not_a_suggestion")
    return False
