"""Folding what meetings agreed: one state for each action, and whether an act on it is allowed."""

from dataclasses import dataclass, field
from datetime import date

from branch_console.rules.entries import EntryData
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.feedback.meeting_entries import ActionAgreed, ActionDone
from branch_console.rules.folding import Fold, register
from branch_console.rules.journal import Entry
from branch_console.rules.journey_state import Mark
from branch_console.rules.reference import Reference
from branch_console.rules.roles import require
from branch_console.rules.staff import Role


@dataclass(slots=True)
class ActionState:
    """One action. `outcome` is done or dropped, None while it is open; the first word on how it ended stands."""

    what: str = ""
    owner: str = ""
    due: str = ""
    agreed_by: str | None = None
    agreed_at: str = ""
    outcome: str | None = None
    note: str = ""
    ended_by: str | None = None
    ended_at: str | None = None
    branch: str = ""
    marks: list[Mark] = field(default_factory=list)
    updated_at: str = ""
    entries: int = 0


def check_agree(role: Role, today: date, due: date, what: str) -> None:
    """Raise RuleError or FieldError unless a supervisor agrees on something that can still be done."""
    require(role, "idea.evaluate")
    if not what.strip():
        raise FieldError("what", "text_missing")
    if due < today:
        raise FieldError("due", "due_past")


def check_end(role: Role, staff: str, state: ActionState | None, note: str) -> None:
    """Raise RuleError or FieldError unless the action is open, and ended by its owner or by who works on cases."""
    if state is None or not state.what:
        raise RuleError("action_unknown")
    require(role, "case.register" if staff == state.owner else "case.work")
    if state.outcome is not None:
        raise RuleError("action_ended")
    if not note.strip():
        raise FieldError("note", "text_missing")


def _apply(state: ActionState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """Two who end the same action on two sides agree more often than not: the second is marked, and changes nothing."""
    del reference
    state.entries += 1
    state.updated_at, state.branch = entry.at, entry.branch
    if isinstance(data, ActionAgreed):
        if state.what:
            state.marks.append(Mark(entry.id, "agreed_twice", entry.staff, entry.at))
            return
        state.what, state.owner, state.due = data.what, data.owner, data.due
        state.agreed_by, state.agreed_at = entry.staff, entry.at
    elif isinstance(data, ActionDone):
        if state.outcome is not None:
            state.marks.append(Mark(entry.id, "ended_already", entry.staff, entry.at))
            return
        state.outcome, state.note, state.ended_by, state.ended_at = data.outcome, data.note, entry.staff, entry.at


MEETING: Fold[ActionState] = register(Fold("meeting", ActionState, version=1, apply=_apply))
