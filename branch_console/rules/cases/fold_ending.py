"""Folding a case's end and what may come after it: decision, notice, closing, withdrawal, merging, review."""

from branch_console.rules.cases.ending_entries import (
    CaseClosed,
    CaseDecided,
    CaseJoined,
    CaseMerged,
    CaseNotAccepted,
    CaseNotified,
    CaseParted,
    CaseReopened,
    CaseUnmerged,
    CaseWithdrawn,
    ReviewApplied,
    ReviewNotified,
)
from branch_console.rules.cases.fold_work import LIVE, WORKING, end_promises
from branch_console.rules.cases.record import Decision, Event, Joining, Review
from branch_console.rules.cases.states import ENDED
from branch_console.rules.cases.together import Turn, leave_target, mark, move, reopen_promises, stands

DECIDED = frozenset({"decision_made", "decided"})


def decided(turn: Turn, data: CaseDecided) -> None:
    """Every decision is kept. Of two made at once the first stands: the customer may have been told it already."""
    state, entry, redress = turn.state, turn.entry, data.redress
    turn.item.text = data.facts
    turn.item.detail = {"outcome": data.outcome, "basis": data.basis, "approver": data.approver or ""}
    if data.approver is not None and data.approver == entry.staff:
        mark(turn, "approved_alone")
    if entry.staff in state.interested:
        mark(turn, "owner_interested")
    state.decisions.append(
        Decision(
            entry.id, data.outcome, data.facts, data.basis, data.remedies,
            None if redress is None else redress.kind, 0 if redress is None else redress.amount_fen,
            None if redress is None else redress.claim, entry.staff, data.approver, entry.at,
        )
    )  # fmt: skip
    stands(turn, "decision", data.outcome)
    move(turn, "decision_made", LIVE | DECIDED)


def notified(turn: Turn, data: CaseNotified) -> None:
    """The customer knows: the first notice is when. Without a decision there is nothing to know."""
    state = turn.state
    turn.item.text, turn.item.detail = data.note, {"way": data.way}
    known = [each for each in state.decisions if each.entry not in turn.unseen]
    if not known:
        mark(turn, "nothing_decided")
        return
    known[-1].told_at = known[-1].told_at or turn.entry.at
    state.notified_at = state.notified_at or turn.entry.at
    state.last_contact_at = turn.entry.at
    turn.item.events += [Event("contact_out", turn.entry.at), Event("notified", turn.entry.at)]
    end_promises(turn, "kept")
    if state.status not in ENDED:
        move(turn, "decided", DECIDED)


def closed(turn: Turn, data: CaseClosed) -> None:
    """Closed twice stays closed since the first time."""
    state = turn.state
    turn.item.text = data.result
    if state.is_complaint and state.notified_at is None:
        mark(turn, "closed_untold")
        return
    fits = ({"decided", "closed"} if state.is_complaint else LIVE | DECIDED | {"closed"}) | {"told"}
    if not move(turn, "closed", fits):
        return
    state.closed_at = state.closed_at or turn.entry.at
    for what in ("root_cause", "rectification"):
        value = getattr(data, what)
        if value is not None and stands(turn, what, value):
            setattr(state, what, value)
    _end(turn, "closed")


def withdrawn(turn: Turn, data: CaseWithdrawn) -> None:
    """The customer's own end."""
    turn.item.text, turn.item.detail = data.reason, {"by": data.by, "way": data.way}
    if move(turn, "withdrawn", LIVE | DECIDED):
        _end(turn, "withdrawn")


def not_accepted(turn: Turn, data: CaseNotAccepted) -> None:
    """It ends because the person was told; untold it does not."""
    turn.item.text, turn.item.detail = data.note, {"reason": data.reason}
    if data.approver is not None and data.approver == turn.entry.staff:
        mark(turn, "approved_alone")
    if not data.told:
        mark(turn, "not_accepted_untold")
        return
    if move(turn, "not_accepted", {"received", "accepted", "in_progress"}):
        turn.state.closed_at = turn.entry.at
        _end(turn, "not_accepted")


def reopened(turn: Turn, data: CaseReopened) -> None:
    """It goes on. What was told and closed before stays on the timeline."""
    state = turn.state
    turn.item.text, turn.item.detail = data.reason, {"new_facts": "yes" if data.new_facts else "no"}
    if move(turn, "in_progress", {"decided", "closed", "withdrawn", "not_accepted", "told"}):
        state.closed_at = None
        turn.item.events.append(Event("reopened", turn.entry.at, reason="new_facts" if data.new_facts else ""))


def merged(turn: Turn, data: CaseMerged) -> None:
    """It goes on in another case. Two cases that were merged into each other: the older one (its id) goes on."""
    state, entry = turn.state, turn.entry
    turn.item.text = data.reason
    turn.item.detail = {"into": data.number, "approver": data.approver or ""}
    if data.into == entry.subject:
        mark(turn, "merged_with_itself")
        return
    if not data.same_customer and data.approver in {None, entry.staff}:
        mark(turn, "merged_alone")
        return
    if entry.subject < data.into and any(each.source == data.into and not each.parted for each in state.joined):
        mark(turn, "merged_in_a_circle")
        return
    before = state.status
    if state.merge is not None:
        mark(turn, "merged_already")
        return
    if move(turn, "merged", LIVE | DECIDED):
        state.before = before
        state.merge, state.merged_into, state.merged_number = entry.id, data.into, data.number
        state.merged_at = entry.at
        _end(turn, "merged")


def unmerged(turn: Turn, data: CaseUnmerged) -> None:
    """The case stands by itself again, as it was, with all that happened meanwhile."""
    state = turn.state
    turn.item.text = data.reason
    if state.merge is None or state.merge != data.merge:
        mark(turn, "not_merged")
        return
    if move(turn, state.before or "in_progress", {"merged"}):
        turn.item.events.append(Event("unmerged", turn.entry.at))
        reopen_promises(state, data.merge)
        leave_target(state)


def joined(turn: Turn, data: CaseJoined) -> None:
    """Another case came in; the clocks of this one start at the earlier of both."""
    state, entry = turn.state, turn.entry
    turn.item.detail = {"number": data.number}
    if state.merged_into == data.source and entry.subject < data.source:
        _undo_circle(turn)
    state.joined.append(Joining(data.source, data.number, data.merge, data.received_at))


def _undo_circle(turn: Turn) -> None:
    state = turn.state
    mark(turn, "merged_in_a_circle")
    state.status = state.before or "in_progress"
    state.setters["status"] = turn.entry.id
    turn.item.events.append(Event("unmerged", turn.entry.at))
    reopen_promises(state, state.merge or "")
    leave_target(state)


def parted(turn: Turn, data: CaseParted) -> None:
    """It went again."""
    found = [each for each in turn.state.joined if each.merge == data.merge and not each.parted]
    if not found:
        mark(turn, "not_merged")
    for each in found:
        each.parted = True


def review_applied(turn: Turn, data: ReviewApplied) -> None:
    """The superior looks again; the case is work once more."""
    state = turn.state
    turn.item.detail = {"to": data.to, "reference": data.reference or ""}
    before = state.status
    if move(turn, "review", {"decided", "closed"}):
        state.before = before if before in {"decided", "closed"} else "decided"
        state.reviews.append(Review(turn.entry.id, data.to, turn.entry.at, data.reference))
        turn.item.events.append(Event("review_applied", turn.entry.at))


def review_notified(turn: Turn, data: ReviewNotified) -> None:
    """The review's answer; a changed decision makes work."""
    state = turn.state
    turn.item.text, turn.item.detail = data.note, {"outcome": data.outcome}
    if not state.reviews:
        mark(turn, "no_review")
        return
    if move(turn, "in_progress" if data.outcome == "changed" else state.before or "decided", {"review"} | WORKING):
        state.reviews[-1].outcome, state.reviews[-1].notified_at = data.outcome, turn.entry.at
        turn.item.events.append(Event("review_notified", turn.entry.at))
        state.before = ""


def _end(turn: Turn, event: str) -> None:
    """Nothing is left to do: what was promised and known of ends, and so does the work's clock."""
    end_promises(turn, "dropped")
    turn.item.events.append(Event(event, turn.entry.at))
