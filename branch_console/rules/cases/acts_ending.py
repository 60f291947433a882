"""Whether a case may be decided, told, closed, withdrawn, refused, opened again, reviewed."""

from branch_console.rules.cases.desk import Desk, check_approver, disinterested, known_code, written
from branch_console.rules.cases.ending_entries import (
    CaseClosed,
    CaseDecided,
    CaseNotAccepted,
    CaseNotified,
    CaseReopened,
    CaseWithdrawn,
    ReviewApplied,
    ReviewNotified,
)
from branch_console.rules.cases.limits import limit
from branch_console.rules.cases.states import CaseState
from branch_console.rules.cases.tables import DecisionRow, DecisionTable, RemedyTable
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.journal import parse_at


def check_decide(desk: Desk, state: CaseState, data: CaseDecided) -> None:
    """Raise unless the decision states facts, basis and remedies, its maker has no interest, and another approved it.

    A dispute cannot be decided without the payment that it is about.
    """
    disinterested(state, desk.staff)
    _settled(state)
    row = _outcome(desk, data.outcome)
    written(data.facts, "facts", "facts_missing", least=limit(desk.reference, "narrative_least"))
    written(data.basis, "basis", "basis_missing")
    if state.kind == "dispute" and state.transaction is None:
        raise FieldError("transaction", "transaction_missing")
    for code in data.remedies:
        known_code(desk, "case_remedies", code, name="remedies")
    if missing := [code for code in required_remedies(desk, state) if code not in data.remedies]:
        raise FieldError("remedies", "remedy_missing", remedy=missing[0])
    amount = 0
    if data.redress is not None:
        known_code(desk, "case_wants", data.redress.kind, use="redress", name="redress")
        amount = data.redress.amount_fen
    elif data.outcome == "goodwill":
        raise FieldError("redress", "redress_missing")
    needed = row.approval == "always" or (row.approval == "amount" and amount >= row.from_fen)
    check_approver(desk, state, data.approver, needed=needed)


def required_remedies(desk: Desk, state: CaseState) -> list[str]:
    """The ways that a decision on this kind of case must name."""
    table = desk.reference.tables.get("case_remedies")
    if not isinstance(table, RemedyTable):
        raise RuleError("case_tables_missing")
    return [row.code for row in table.codes if row.required and state.kind in row.uses]


def check_notify(desk: Desk, state: CaseState, data: CaseNotified) -> None:
    """Raise unless there is a decision to tell, and the remedies are told with it."""
    del desk
    if state.decision is None or state.status not in {"decision_made", "decided"}:
        raise RuleError("decision_missing")
    if data.way == "none":
        raise FieldError("way", "customer_not_told")
    if state.is_complaint and not data.remedies_told:
        raise FieldError("remedies_told", "remedies_untold")


def check_close(desk: Desk, state: CaseState, data: CaseClosed) -> None:
    """Raise unless the customer knows the decision, nothing is promised any more, and what differed was looked at."""
    if state.is_complaint:
        if state.status != "decided":
            raise RuleError("customer_not_told")
        if state.open_promises:
            raise RuleError("promises_open", count=len(state.open_promises))
    else:
        written(data.result, "result", "result_missing")
    _settled(state)
    if data.root_cause is not None:
        known_code(desk, "case_causes", data.root_cause, name="root_cause")


def check_withdraw(desk: Desk, state: CaseState, data: CaseWithdrawn) -> None:
    """Raise unless it is said how the customer withdrew; by proxy only where an authority was seen."""
    del desk
    if data.way == "none":
        raise FieldError("way", "withdrawal_way")
    if data.by == "proxy" and state.proxy is None:
        raise FieldError("by", "proxy_unseen")


def check_refuse(desk: Desk, state: CaseState, data: CaseNotAccepted) -> None:
    """Raise unless the reason is known and the person was told; a complaint also needs a supervisor."""
    known_code(desk, "case_refusals", data.reason, use=state.kind, name="reason")
    if not data.told:
        raise RuleError("customer_not_told")
    check_approver(desk, state, data.approver, needed=state.is_complaint)


def check_reopen(desk: Desk, state: CaseState, data: CaseReopened) -> None:
    """Raise unless there is a reason."""
    del desk, state
    written(data.reason, "reason", "reason_missing")


def check_review(desk: Desk, state: CaseState, data: ReviewApplied) -> None:
    """Raise unless the customer applied in writing, within the time that the law gives after the decision was told."""
    if not state.is_complaint or state.notified_at is None:
        raise RuleError("decision_missing")
    if not data.written:
        raise FieldError("written", "review_not_written")
    days = limit(desk.reference, "review_days")
    told = parse_at(state.notified_at)
    if (desk.now.astimezone(told.tzinfo).date() - told.date()).days > days:
        raise RuleError("review_too_late", days=days)


def check_review_told(desk: Desk, state: CaseState, data: ReviewNotified) -> None:
    """Raise unless a review is under way and the customer was told by another than who had decided."""
    del data
    decision = state.decision
    if decision is not None and decision.staff == desk.staff:
        raise RuleError("review_own")


def _outcome(desk: Desk, code: str) -> DecisionRow:
    table = desk.reference.tables.get("case_decisions")
    row = next((each for each in table.codes if each.code == code), None) if isinstance(table, DecisionTable) else None
    if row is None:
        raise FieldError("outcome", "code_unknown", value=code)
    return row


def _settled(state: CaseState) -> None:
    if state.unsettled:
        raise RuleError("differences_unsettled", count=len(state.unsettled))
