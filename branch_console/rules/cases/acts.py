"""Every act on a case: who may do it, in which states, of which kinds, and what else it must keep. One evaluator.

`check` is asked before anything is written; `why_not` says the same for a key that is greyed out.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from branch_console.rules.cases import acts_ending, acts_ideas, acts_record, acts_work, merging
from branch_console.rules.cases.desk import Desk
from branch_console.rules.cases.fold_work import LIVE, PAUSED, WORKING
from branch_console.rules.cases.states import CaseState
from branch_console.rules.entries import EntryData
from branch_console.rules.errors import RuleError
from branch_console.rules.roles import Action, require

_DECIDED = frozenset({"decision_made", "decided"})
_IDEA = frozenset({"received", "accepted", "in_progress", "evaluating"})
_UNMERGED = frozenset({"withdrawn", "not_accepted", "closed", "told", "evaluating", "adopted", "declined", "done"})


class Act(NamedTuple):
    """One act, possible in `statuses`; `ideas`: of suggestions only (True), of others only (False)."""

    action: Action
    statuses: frozenset[str]
    check: Callable[[Desk, CaseState, Any], None]
    ideas: bool | None = None


_EVERY = LIVE | _DECIDED | _UNMERGED

ACTS: dict[str, Act] = {
    "case.registered": Act("case.register", frozenset({""}), acts_record.check_register),
    "case.details_added": Act("case.register", _EVERY, acts_record.check_details),
    "case.staff_named": Act("case.register", _EVERY, acts_record.check_staff_named),
    "case.evidence_added": Act("case.register", _EVERY, acts_record.check_evidence),
    "case.retyped": Act("case.work", LIVE, acts_record.check_retype),
    "case.reclassified": Act("case.work", LIVE | _DECIDED, acts_record.check_reclassify),
    "case.redacted": Act("case.work", _EVERY | {"merged"}, acts_record.check_redact),
    "case.difference_settled": Act("case.work", _EVERY | {"merged"}, acts_record.check_settle),
    "case.slip_printed": Act("case.register", _EVERY | {"merged"}, acts_record.check_slip),
    "case.step_checked": Act("case.register", _EVERY, acts_work.check_step),
    "case.assigned": Act("case.work", LIVE | _DECIDED, acts_work.check_assign),
    "case.accepted": Act("case.work", LIVE, acts_work.check_accept),
    "case.contact_out": Act("case.work", _EVERY, acts_work.check_contact),
    "case.contact_in": Act("case.register", _EVERY, acts_work.check_contact),
    "case.interim_replied": Act("case.work", LIVE, acts_work.check_interim),
    "case.noted": Act("case.register", _EVERY | {"merged"}, acts_work.check_note),
    "case.escalated": Act("case.work", LIVE | _DECIDED, acts_work.check_escalate),
    "case.extended": Act("case.work", LIVE | {"decision_made"}, acts_work.check_extend),
    "case.paused": Act("case.work", WORKING, acts_work.check_pause),
    "case.resumed": Act("case.work", PAUSED, acts_record.unchecked),
    "case.promise_handed_over": Act("case.work", _EVERY, acts_work.check_promises_handed),
    "case.containment_requested": Act("case.register", LIVE, acts_work.check_contain),
    "case.containment_confirmed": Act("case.register", _EVERY, acts_work.check_contain_confirm),
    "case.containment_failed": Act("case.register", _EVERY, acts_work.check_contain_failed),
    "case.containment_expired": Act("case.register", _EVERY, acts_work.check_contain_expired),
    "case.hotline_called": Act("case.register", LIVE, acts_work.check_call),
    "case.decided": Act("case.work", LIVE | _DECIDED, acts_ending.check_decide, ideas=False),
    "case.notified": Act("case.work", _DECIDED, acts_ending.check_notify, ideas=False),
    "case.closed": Act("case.work", LIVE | {"decided", "told"}, acts_ending.check_close),
    "case.withdrawn": Act("case.work", LIVE | _DECIDED, acts_ending.check_withdraw),
    "case.not_accepted": Act(
        "case.work", frozenset({"received", "accepted", "in_progress"}), acts_ending.check_refuse, ideas=False
    ),
    "case.reopened": Act(
        "case.work", frozenset({"decided", "closed", "withdrawn", "not_accepted", "told"}), acts_ending.check_reopen
    ),
    "case.merged": Act("case.work", LIVE | _DECIDED, merging.check_merge),
    "case.unmerged": Act("case.work", frozenset({"merged"}), merging.check_unmerge),
    "case.joined": Act("case.work", _EVERY, acts_record.unchecked),
    "case.parted": Act("case.work", _EVERY | {"merged"}, acts_record.unchecked),
    "case.review_applied": Act("case.work", frozenset({"decided", "closed"}), acts_ending.check_review, ideas=False),
    "case.review_notified": Act("case.approve", frozenset({"review"}), acts_ending.check_review_told, ideas=False),
    "suggestion.evaluated": Act("idea.evaluate", _IDEA, acts_ideas.check_evaluate, ideas=True),
    "suggestion.adopted": Act("idea.evaluate", _IDEA | {"declined"}, acts_ideas.check_answer, ideas=True),
    "suggestion.declined": Act("idea.evaluate", _IDEA | {"adopted"}, acts_ideas.check_answer, ideas=True),
    "suggestion.done": Act("idea.evaluate", frozenset({"adopted"}), acts_ideas.check_done, ideas=True),
    "suggestion.told": Act(
        "case.work", frozenset({"adopted", "declined", "done", "told"}), acts_ideas.check_told, ideas=True
    ),
    "suggestion.supported": Act("case.register", _EVERY, acts_ideas.check_support, ideas=True),
    "suggestion.rewarded": Act(
        "case.work", frozenset({"adopted", "done", "told"}), acts_ideas.check_reward, ideas=True
    ),
}


def check(desk: Desk, state: CaseState | None, kind: str, data: EntryData) -> None:
    """Raise RuleError unless the act `kind` (an entry type) may be done to the case now. `state` None: no case yet."""
    act = ACTS[kind]
    found = _allowed(desk, state, kind, act)
    act.check(desk, found, data)


def why_not(desk: Desk, state: CaseState | None, kind: str) -> RuleError | None:
    """Why an act cannot even be begun: the role, the kind or the state; None if it can."""
    try:
        _allowed(desk, state, kind, ACTS[kind])
    except RuleError as error:
        return error
    return None


def _allowed(desk: Desk, state: CaseState | None, kind: str, act: Act) -> CaseState:
    require(desk.role, act.action)
    found = CaseState() if state is None else state
    if kind == "case.registered":
        return found
    if not found.number:
        raise RuleError("case_not_begun")
    if act.ideas is not None and (found.kind == "suggestion") is not act.ideas:
        raise RuleError("case_kind_not", kind=found.kind)
    if found.status not in act.statuses:
        raise RuleError("case_status_not", status=found.status)
    return found
