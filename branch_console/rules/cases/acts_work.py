"""Whether an act of working on a case is allowed: take it on, contact, escalate, extend, pause, hand promises over."""

from branch_console.rules.cases.containing import status
from branch_console.rules.cases.containment_entries import (
    ContainmentExpired,
    ContainmentFailed,
    ContainmentRequested,
    HotlineCalled,
    StepChecked,
)
from branch_console.rules.cases.desk import Desk, check_approver, check_promise, disinterested, known_code, written
from branch_console.rules.cases.record import Containment
from branch_console.rules.cases.states import CaseState
from branch_console.rules.cases.work_entries import (
    CaseAccepted,
    CaseAssigned,
    CaseEscalated,
    CaseExtended,
    CaseNoted,
    CasePaused,
    ContactIn,
    ContactOut,
    InterimReplied,
    PromiseHandedOver,
)
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.gifts.marking import passed
from branch_console.rules.journal import format_at


def check_assign(desk: Desk, state: CaseState, data: CaseAssigned) -> None:
    """Raise unless it goes to somebody without interest; a case that has somebody changes hands with a reason."""
    del desk
    disinterested(state, data.to)
    if data.to == state.owner:
        raise RuleError("owner_same")
    if state.owner is not None:
        written(data.reason, "reason", "reason_missing")


def check_accept(desk: Desk, state: CaseState, data: CaseAccepted) -> None:
    """Raise unless the writer has no interest in the matter and says so."""
    disinterested(state, desk.staff)
    if not data.no_interest:
        raise RuleError("case_own_interest")


def check_contact(desk: Desk, state: CaseState, data: ContactOut | ContactIn) -> None:
    """Raise unless the contact ends with the next promise or with a decision."""
    written(data.text, "text")
    if data.ends_with == "promise":
        if data.promise is None:
            raise FieldError("promise", "promise_missing")
        check_promise(desk, data.promise)
    elif data.promise is not None:
        raise FieldError("promise", "promise_with_decision")
    elif state.decision is None and not state.ended:
        raise RuleError("decision_missing")
    elif isinstance(data, ContactOut) and not data.reached and not state.ended:
        raise FieldError("promise", "promise_missing")


def check_interim(desk: Desk, state: CaseState, data: InterimReplied) -> None:
    """Raise unless something is said, and the next word promised."""
    del state
    written(data.text, "text")
    check_promise(desk, data.promise)


def check_note(desk: Desk, state: CaseState, data: CaseNoted) -> None:
    """Raise unless something is noted."""
    del desk, state
    written(data.text, "text")


def check_escalate(desk: Desk, state: CaseState, data: CaseEscalated) -> None:
    """Raise unless it goes higher than it is."""
    del desk
    written(data.reason, "reason", "reason_missing")
    if data.level <= state.level:
        raise RuleError("level_not_higher", level=state.level)


def check_extend(desk: Desk, state: CaseState, data: CaseExtended) -> None:
    """Raise unless the stage comes next, is approved by another person, and the customer was told in time."""
    if not state.is_complaint:
        raise RuleError("no_statutory_clock")
    written(data.reason, "reason", "reason_missing")
    stages = {each.stage for each in state.extensions if each.clock == (data.clock or "")}
    if data.stage in stages:
        raise RuleError("extended_already")
    if data.stage > 1 and data.stage - 1 not in stages:
        raise RuleError("extension_stage_skipped")
    if desk.statutory_passed:
        raise RuleError("extension_too_late")
    if data.told_way == "none" or passed(data.told_at, desk.at):
        raise FieldError("told_at", "customer_not_told")
    if data.stage > 1 and data.approval == "supervisor":
        raise RuleError("extension_superior")
    check_approver(desk, state, data.approver, needed=True)


def check_pause(desk: Desk, state: CaseState, data: CasePaused) -> None:
    """Raise unless it is said what is waited for; an appraisal of which the customer is told names its provision."""
    del desk, state
    written(data.note, "note", "reason_missing")
    if data.told and data.why == "external_appraisal" and not (data.basis or "").strip():
        raise FieldError("basis", "basis_missing")


def check_promises_handed(desk: Desk, state: CaseState, data: PromiseHandedOver) -> None:
    """Raise unless all of them are open and somebody else without interest gets them."""
    del desk
    disinterested(state, data.to)
    opened = {each.entry: each for each in state.open_promises}
    if not set(data.promises) <= set(opened):
        raise RuleError("promise_not_open")
    if all(opened[name].staff == data.to for name in data.promises):
        raise RuleError("owner_same")


def check_contain(desk: Desk, state: CaseState, data: ContainmentRequested) -> None:
    """Raise when a request would pretend: sent while offline, never expiring, or a second one beside an open one.

    What has expired or failed is asked again only as `renews`, by a person.
    """
    if data.online and not desk.online:
        raise RuleError("containment_claims_online")
    if not passed(data.expires_at, desk.at) or not passed(data.expires_at, data.not_before):
        raise RuleError("containment_no_expiry")
    if any(status(each, desk.now) in {"requested", "queued"} for each in state.containments):
        raise RuleError("containment_open")
    dead = [each.entry for each in state.containments if status(each, desk.now) in {"failed", "expired"}]
    if dead and data.renews != dead[-1]:
        raise RuleError("containment_renew")
    if not dead and data.renews is not None:
        raise RuleError("request_unknown")


def check_contain_confirm(desk: Desk, state: CaseState, data: object) -> None:
    """No terminal confirms: only central's entries say that the core has done it."""
    del desk, state, data
    raise RuleError("containment_central_only")


def check_contain_failed(desk: Desk, state: CaseState, data: ContainmentFailed) -> None:
    """Raise unless the request is open."""
    _open(desk, state, data.request)


def check_contain_expired(desk: Desk, state: CaseState, data: ContainmentExpired) -> None:
    """Raise unless the request's time is over."""
    found = next((each for each in state.containments if each.entry == data.request), None)
    if found is None or found.status not in {"requested", "queued"}:
        raise RuleError("request_unknown")
    if not passed(format_at(desk.now), found.expires_at):
        raise RuleError("containment_not_expired")


def check_call(desk: Desk, state: CaseState, data: HotlineCalled) -> None:
    """Raise unless the number is one of the bank's hotlines and the call has been made."""
    del state
    known_code(desk, "hotlines", data.hotline, name="hotline")
    if passed(data.called_at, desk.at):
        raise FieldError("called_at", "call_in_future")
    if data.said_done and not data.answered:
        raise FieldError("answered", "call_not_answered")


def check_step(desk: Desk, state: CaseState, data: StepChecked) -> None:
    """Raise unless the step is of the fast track; one that is left out has its reason."""
    del state
    known_code(desk, "case_fast_track", data.step, name="step")
    if not data.done:
        written(data.reason, "reason", "reason_missing")


def _open(desk: Desk, state: CaseState, name: str) -> Containment:
    found = next((each for each in state.containments if each.entry == name), None)
    if found is None or status(found, desk.now) not in {"requested", "queued"}:
        raise RuleError("request_unknown")
    return found
