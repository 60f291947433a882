"""Folding the work on a case: owner, contacts and promises, notes, escalation, extension, pause."""

from branch_console.rules.cases.fold_record import promise
from branch_console.rules.cases.record import Event, Extension
from branch_console.rules.cases.together import Turn, mark, move, stands
from branch_console.rules.cases.work_entries import (
    CaseAccepted,
    CaseAssigned,
    CaseEscalated,
    CaseExtended,
    CaseNoted,
    CasePaused,
    CaseResumed,
    ContactIn,
    ContactOut,
    InterimReplied,
    PromiseHandedOver,
)

WORKING = frozenset({"received", "accepted", "in_progress", "review"})
PAUSED = frozenset({"waiting_customer", "external_appraisal"})
LIVE = WORKING | PAUSED
APPROVALS = ("supervisor", "head", "superior")
"""Who may approve an extension; a later one's approval holds for the earlier ones' too."""


def assigned(turn: Turn, data: CaseAssigned) -> None:
    """Whose case it is."""
    turn.item.text, turn.item.detail = data.reason, {"to": data.to}
    if data.to in turn.state.interested:
        mark(turn, "owner_interested")
    if stands(turn, "owner", data.to):
        turn.state.owner, turn.state.owner_accepted = data.to, False


def accepted(turn: Turn, data: CaseAccepted) -> None:
    """The writer has it and declared no interest."""
    state, staff = turn.state, turn.entry.staff
    if not data.no_interest or staff in state.interested:
        mark(turn, "owner_interested")
    if stands(turn, "owner", staff):
        state.owner, state.owner_accepted = staff, True
    if state.status not in {"in_progress", "accepted"}:
        move(turn, "accepted", {"received"})


def contact_out(turn: Turn, data: ContactOut) -> None:
    """Keeps the promises that its writer knew; one that did not reach the customer is a try."""
    _contact(turn, data, "kept" if data.reached else "tried")
    turn.item.detail["reached"] = "yes" if data.reached else "no"
    if data.reached:
        turn.item.events.insert(0, Event("contact_out", turn.entry.at))
        turn.state.first_contact_at = turn.state.first_contact_at or turn.entry.at
        turn.state.last_contact_at = turn.entry.at
    if turn.state.status in {"received", "accepted"}:
        move(turn, "in_progress", {"received", "accepted"})


def contact_in(turn: Turn, data: ContactIn) -> None:
    """The customer's word; a new promise takes the place of those before."""
    _contact(turn, data, "replaced")
    turn.item.events.insert(0, Event("contact_in", turn.entry.at))
    turn.state.last_contact_at = turn.entry.at


def _contact(turn: Turn, data: ContactOut | ContactIn, how: str) -> None:
    turn.item.text, turn.item.detail = data.text, {"way": data.way, "ends_with": data.ends_with}
    if data.promise is not None:
        end_promises(turn, how)
        promise(turn, data.promise)
    elif data.ends_with == "decision" and (turn.state.decisions or turn.state.ended):
        end_promises(turn, "kept" if how == "kept" else "replaced")
    else:
        mark(turn, "contact_without_next")
        if how == "kept":
            end_promises(turn, how)


def end_promises(turn: Turn, how: str) -> None:
    """The open promises that the writer knew end; one that was made on the other side stays open."""
    for each in turn.state.promises:
        if each.status == "open" and each.entry not in turn.unseen:
            each.status, each.ended_by, each.ended_at = how, turn.entry.id, turn.entry.at


def interim_replied(turn: Turn, data: InterimReplied) -> None:
    """Keeps what was promised, and promises the next."""
    turn.item.text, turn.item.detail = data.text, {"way": data.way}
    turn.item.events.append(Event("interim_reply", turn.entry.at))
    turn.item.events.append(Event("contact_out", turn.entry.at))
    turn.state.first_contact_at = turn.state.first_contact_at or turn.entry.at
    turn.state.last_contact_at = turn.entry.at
    end_promises(turn, "kept")
    promise(turn, data.promise)


def noted(turn: Turn, data: CaseNoted) -> None:
    """A note stands beside every other."""
    turn.item.text = data.text


def escalated(turn: Turn, data: CaseEscalated) -> None:
    """The highest level counts, whoever said it."""
    turn.item.text, turn.item.detail = data.reason, {"level": str(data.level), "to": data.to or ""}
    turn.state.level = max(turn.state.level, data.level)


def extended(turn: Turn, data: CaseExtended) -> None:
    """Each stage counts once; approved by its maker it does not count."""
    state, entry = turn.state, turn.entry
    turn.item.text = data.reason
    turn.item.detail = {"stage": str(data.stage), "approver": data.approver, "told_at": data.told_at}
    if data.approver == entry.staff:
        mark(turn, "approved_alone")
        return
    clock = data.clock or ""
    if any((each.stage, each.clock) == (data.stage, clock) for each in state.extensions):
        mark(turn, "extended_already")
        return
    state.extensions.append(
        Extension(entry.id, data.stage, clock, data.reason, data.approver, data.approval, data.told_at)
    )
    given = ["reason", *(f"{each}_approval" for each in APPROVALS[: APPROVALS.index(data.approval) + 1])]
    turn.item.events.append(Event("extended", entry.at, stage=data.stage, told=data.told_at, given=given, clock=clock))


def paused(turn: Turn, data: CasePaused) -> None:
    """The customer knows of an appraisal only with the provision that allows it; only then may the law's clock rest."""
    turn.item.text, turn.item.detail = data.note, {"why": data.why, "until": data.until or ""}
    if move(turn, data.why, WORKING):
        lawful = data.why == "external_appraisal" and data.told and data.basis is not None
        told = turn.entry.at if lawful else None
        turn.item.events.append(Event("paused", turn.entry.at, reason=data.why, told=told))


def resumed(turn: Turn, data: CaseResumed) -> None:
    """Work goes on."""
    turn.item.text = data.note
    if move(turn, "in_progress", PAUSED):
        turn.item.events.append(Event("resumed", turn.entry.at))


def promise_handed_over(turn: Turn, data: PromiseHandedOver) -> None:
    """Somebody by name keeps them now; of two names given at once the first stands."""
    turn.item.text, turn.item.detail = data.note, {"to": data.to}
    for each in turn.state.promises:
        if each.entry in data.promises and each.status == "open" and stands(turn, f"promise {each.entry}", data.to):
            each.staff, each.handed_by = data.to, turn.entry.id
