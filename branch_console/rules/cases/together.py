"""How two sides' acts on one case come together: what each did not know, whose word stands, and what is marked.

Entries are folded in one total order, so every store gives the same state. Here is what that state is when writers did
not know of each other: no word is written over by one that had not seen it. The first stands, the other is kept as a
difference and marked, until somebody who has seen both says more. Of statuses the one nearer to work stands, because
a case that is looked at once too often harms nobody; a withdrawal and a merging stand against work.
"""

from collections.abc import Collection
from typing import NamedTuple

from branch_console.rules.cases.record import Difference, Item
from branch_console.rules.cases.states import CaseMark, CaseState
from branch_console.rules.journal import Entry

_RANK = {
    status: rank
    for rank, status in enumerate(
        (
            "withdrawn", "merged", "review", "in_progress", "accepted", "received", "external_appraisal",
            "waiting_customer", "decision_made", "decided", "evaluating", "adopted", "declined", "done", "told",
            "not_accepted", "closed",
        )
    )
}  # fmt: skip

_COURSE = frozenset({"paused", "resumed", "closed", "not_accepted", "merged", "reopened", "review_applied"})
_WORK = frozenset({"course", "promise"})
_TOUCHES: dict[str, frozenset[str]] = {
    "case.registered": frozenset({"course", "kind", "codes", "promise", "customer", "transaction"}),
    "case.details_added": frozenset({"details"}),
    "case.staff_named": frozenset({"owner", "interest"}),
    "case.retyped": frozenset({"course", "kind"}),
    "case.reclassified": frozenset({"codes"}),
    "case.assigned": frozenset({"owner"}),
    "case.accepted": frozenset({"owner", "course"}),
    "case.contact_out": _WORK,
    "case.contact_in": _WORK,
    "case.interim_replied": _WORK,
    "case.escalated": frozenset({"level"}),
    "case.extended": frozenset({"extension", "course"}),
    "case.paused": frozenset({"course"}),
    "case.resumed": frozenset({"course"}),
    "case.promise_handed_over": frozenset({"promise"}),
    "case.containment_requested": frozenset({"containment"}),
    "case.containment_confirmed": frozenset({"containment"}),
    "case.containment_failed": frozenset({"containment"}),
    "case.containment_expired": frozenset({"containment"}),
    "case.decided": frozenset({"course", "decision"}),
    "case.notified": _WORK,
    "case.closed": _WORK | {"details"},
    "case.withdrawn": _WORK,
    "case.not_accepted": _WORK,
    "case.reopened": frozenset({"course"}),
    "case.merged": _WORK,
    "case.unmerged": frozenset({"course"}),
    "case.review_applied": frozenset({"course"}),
    "case.review_notified": frozenset({"course"}),
    "suggestion.evaluated": frozenset({"course"}),
    "suggestion.adopted": frozenset({"course"}),
    "suggestion.declined": frozenset({"course"}),
    "suggestion.done": frozenset({"course"}),
    "suggestion.told": frozenset({"course"}),
    "suggestion.rewarded": frozenset({"reward"}),
}


class Turn(NamedTuple):
    """One entry's turn in the fold. `unseen` are the entries before it that its writer did not know."""

    state: CaseState
    entry: Entry
    item: Item
    unseen: frozenset[str]


def mark(turn: Turn, code: str, against: Collection[str] = ()) -> None:
    """Note on the case that this entry did not fit. The words for `code` are in the catalogues: `mark.<code>`."""
    turn.state.marks.append(CaseMark(turn.entry.id, code, turn.entry.staff, turn.entry.at, sorted(against)))


def take_turn(state: CaseState, entry: Entry, after: list[str] | None) -> Turn:
    """Put an entry on the timeline, find what its writer did not know, and mark it if both sides were at work.

    `both_sides_changed` means that they touched the same thing, `worked_beside` that they did not.
    """
    said = list(state.heads) if after is None else list(dict.fromkeys(after))
    item = Item(entry.id, entry.type, entry.at, entry.staff, entry.terminal, after=said)
    unseen = _unseen(state, said)
    turn = Turn(state, entry, item, unseen)
    same = [each.entry for each in state.timeline if each.entry in unseen and touch_same(each.type, entry.type)]
    if same:
        mark(turn, "both_sides_changed", same)
    elif unseen:
        mark(turn, "worked_beside", unseen)
    state.timeline.append(item)
    state.heads = [head for head in state.heads if head in unseen] + [entry.id]
    return turn


def take_beside(state: CaseState, entry: Entry) -> Turn:
    """The same for a hint of central's: it changes nothing, so nobody needs to have known of it."""
    item = Item(entry.id, entry.type, entry.at, entry.staff, entry.terminal, after=list(state.heads))
    state.timeline.append(item)
    return Turn(state, entry, item, frozenset())


def touch_same(one: str, other: str) -> bool:
    """Whether two types of entries can change the same thing of a case."""
    return not _TOUCHES.get(one, frozenset()).isdisjoint(_TOUCHES.get(other, frozenset()))


def stands(turn: Turn, what: str, value: object) -> bool:
    """Whether this entry's word on `what` stands; otherwise it is kept as a difference.

    A word of somebody who knew all others ends the differences about it.
    """
    state, before = turn.state, turn.state.setters.get(what)
    if before is not None and before in turn.unseen:
        state.differences.append(Difference(what, turn.entry.id, str(value)))
        return False
    state.setters[what] = turn.entry.id
    state.differences = [each for each in state.differences if each.what != what or each.entry in turn.unseen]
    return True


def move(turn: Turn, to: str, sources: Collection[str]) -> bool:
    """Bring the case into another status; marks an act that does not fit the status. Returns whether it took effect.

    An act whose writer did not know how the status came about was in order where it was written.
    """
    state = turn.state
    setter = state.setters.get("status")
    if setter is not None and setter in turn.unseen:
        if _RANK[to] < _RANK[state.status]:
            state.differences.append(Difference("status", setter, state.status))
            _take_back(state, setter)
            state.status, state.setters["status"] = to, turn.entry.id
            return True
        if to != state.status:
            state.differences.append(Difference("status", turn.entry.id, to))
        return False
    if state.status not in sources:
        mark(turn, "not_in_status")
        return False
    state.status, state.setters["status"] = to, turn.entry.id
    state.differences = [each for each in state.differences if each.what != "status" or each.entry in turn.unseen]
    return True


def _take_back(state: CaseState, setter: str) -> None:
    """A status that does not stand has not stopped a clock, ended a promise or led the case elsewhere."""
    for item in state.timeline:
        if item.entry == setter:
            item.events = [each for each in item.events if each.kind not in _COURSE]
    reopen_promises(state, setter)
    state.closed_at = None
    if state.merge == setter:
        leave_target(state)


def reopen_promises(state: CaseState, dropped_by: str) -> None:
    """What an end had dropped that was none is to be kept again."""
    for each in state.promises:
        if each.status == "dropped" and each.ended_by == dropped_by:
            each.status, each.ended_by, each.ended_at = "open", None, None


def leave_target(state: CaseState) -> None:
    """The case stands by itself again."""
    state.merge = state.merged_into = state.merged_number = state.merged_at = None
    state.before = ""


def _unseen(state: CaseState, after: list[str]) -> frozenset[str]:
    """All entries on the timeline that do not stand behind `after`."""
    if set(state.heads) <= set(after):
        return frozenset()
    behind = {each.entry: each.after for each in state.timeline}
    waiting, seen = list(after), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen and name in behind:
            seen.add(name)
            waiting += behind[name]
    return frozenset(behind) - seen
