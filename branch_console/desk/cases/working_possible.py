"""Which acts can be begun on a case now, and why the others cannot: asked for every key of its screen."""

from collections.abc import Callable
from typing import Final

from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.cases.working_extending import possible
from branch_console.rules.cases import acts
from branch_console.rules.cases.desk import Desk, disinterested
from branch_console.rules.cases.limits import limit
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import parse_at


def why_not(counter: CaseCounter, state: CaseState, act: str) -> RuleError | None:
    """Why an act cannot even be begun: the role, the kind, the state, or what it would need; None if it can.

    What only the answers decide is said when the form is sent.
    """
    judged = counter.judged()
    found = acts.why_not(judged, state, f"case.{act}")
    if found is not None:
        return found
    try:
        if act == "extended":
            _extended(counter, state)
        elif act in _MORE:
            _MORE[act](judged, state)
    except RuleError as error:
        return error
    return None


def _extended(counter: CaseCounter, state: CaseState) -> None:
    if not state.is_complaint:
        raise RuleError("no_statutory_clock")
    if not possible(counter, state):
        raise RuleError("extension_nothing_runs")


def _decided(desk: Desk, state: CaseState) -> None:
    disinterested(state, desk.staff)
    _settled(desk, state)


def _accepted(desk: Desk, state: CaseState) -> None:
    disinterested(state, desk.staff)
    if state.owner == desk.staff and state.owner_accepted:
        raise RuleError("owner_same")


def _settled(desk: Desk, state: CaseState) -> None:
    del desk
    if state.unsettled:
        raise RuleError("differences_unsettled", count=len(state.unsettled))


def _closed(desk: Desk, state: CaseState) -> None:
    if state.is_complaint and state.status != "decided":
        raise RuleError("customer_not_told")
    if state.is_complaint and state.open_promises:
        raise RuleError("promises_open", count=len(state.open_promises))
    _settled(desk, state)


def _notified(desk: Desk, state: CaseState) -> None:
    del desk
    if state.decision is None:
        raise RuleError("decision_missing")


def _settle(desk: Desk, state: CaseState) -> None:
    del desk
    if not state.unsettled:
        raise RuleError("nothing_to_settle")


def _escalated(desk: Desk, state: CaseState) -> None:
    del desk
    if state.level >= HIGHEST:
        raise RuleError("level_not_higher", level=state.level)


def _unmerged(desk: Desk, state: CaseState) -> None:
    days = limit(desk.reference, "unmerge_days")
    if state.merged_at is None:
        raise RuleError("case_not_merged")
    if (desk.now - parse_at(state.merged_at)).total_seconds() > days * 86_400:
        raise RuleError("unmerge_too_late", days=days)


def _review(desk: Desk, state: CaseState) -> None:
    if not state.is_complaint or state.notified_at is None:
        raise RuleError("decision_missing")
    days, told = limit(desk.reference, "review_days"), parse_at(state.notified_at)
    if (desk.now.astimezone(told.tzinfo).date() - told.date()).days > days:
        raise RuleError("review_too_late", days=days)


def _review_told(desk: Desk, state: CaseState) -> None:
    if state.decision is not None and state.decision.staff == desk.staff:
        raise RuleError("review_own")


HIGHEST: Final = 3
"""The highest level of escalation."""
_MORE: Final[dict[str, Callable[[Desk, CaseState], None]]] = {
    "accepted": _accepted,
    "decided": _decided,
    "notified": _notified,
    "closed": _closed,
    "difference_settled": _settle,
    "escalated": _escalated,
    "unmerged": _unmerged,
    "review_applied": _review,
    "review_notified": _review_told,
}
