"""Working through a journey: start, steps and their outcomes, the end."""

from branch_console.desk.desk import FLOW, Desk, check, journey_in, write, written
from branch_console.desk.spent import booked, clear_drafts
from branch_console.rules.errors import RuleError
from branch_console.rules.journal import Data
from branch_console.rules.onboarding import Plan, next_step, plan
from branch_console.rules.roles import require
from data.act import Act
from data.identity import new_id


def start(desk: Desk, target: str) -> str:
    """Receive a customer who wants a wallet of class `target`; return the journey's subject.

    The journey keeps the newest flow of today for its whole life. Raises RuleError.
    """
    require(desk.role, "journey.work")
    flow = desk.store.reference.newest_flow(FLOW, desk.today())
    if flow is None:
        raise RuleError("flow_missing", flow=FLOW, version="-")
    subject = f"journey/{new_id(int(desk.now().timestamp() * 1000))}"
    data: Data = {"flow": {"id": flow.id, "version": flow.version}, "target": target, "name": None}
    check(desk, None, "journey.started", data)
    with desk.act() as act:
        act.append("journey.started", subject, data)
        go_on(desk, act, subject)
    return subject


def open_step(desk: Desk, subject: str, step: str) -> None:
    """Begin a step that has not been begun; one that has is only looked at. Raises RuleError."""
    with desk.act() as act:
        state = journey_in(act, subject)
        if step not in state.steps:
            write(desk, act, subject, "journey.step_started", {"step": step})


def done(desk: Desk, subject: str, step: str, active_ms: int, away_ms: int) -> None:
    """A step is done; the next one begins. Times are milliseconds that have not been kept yet. Raises RuleError."""
    with desk.act() as act:
        active, away = booked(desk, subject, step, active_ms, away_ms)
        write(desk, act, subject, "journey.step_done", {"step": step, "active_ms": active, "away_ms": away})
        clear_drafts(desk, act, subject, step)
        go_on(desk, act, subject, after=step)


def leave(
    desk: Desk, subject: str, step: str, outcome: str, reason: str, note: str, active_ms: int, away_ms: int
) -> None:
    """A step is skipped or failed (`outcome`) for a reason; a skipped one lets the next begin. Raises RuleError."""
    with desk.act() as act:
        active, away = booked(desk, subject, step, active_ms, away_ms)
        write(
            desk,
            act,
            subject,
            f"journey.step_{outcome}",
            {"step": step, "reason": reason, "note": written(note), "active_ms": active, "away_ms": away},
        )
        clear_drafts(desk, act, subject, step)
        go_on(desk, act, subject, after=step if outcome == "skipped" else None)


def reopen(desk: Desk, subject: str, step: str, why: str) -> None:
    """Work again on a step that had its outcome; `why` is back, change or retry. Raises RuleError."""
    with desk.act() as act:
        write(desk, act, subject, "journey.step_reopened", {"step": step, "why": why})


def change_target(desk: Desk, subject: str, target: str, reason: str) -> None:
    """The customer wants another class; what is done stays done. Raises RuleError."""
    with desk.act() as act:
        write(desk, act, subject, "journey.target_changed", {"target": target, "reason": reason})
        go_on(desk, act, subject)


def finish(desk: Desk, subject: str) -> None:
    """End a journey in which everything required is done. Raises RuleError."""
    with desk.act() as act:
        reached = _plan(desk, act, subject).target
        write(desk, act, subject, "journey.finished", {"wallet_class": reached})
        clear_drafts(desk, act, subject)


def abandon(desk: Desk, subject: str, reason: str, note: str) -> None:
    """End a journey without a wallet. Raises RuleError."""
    with desk.act() as act:
        current = journey_in(act, subject).current
        write(desk, act, subject, "journey.abandoned", {"step": current, "reason": reason, "note": written(note)})
        clear_drafts(desk, act, subject)


def go_on(desk: Desk, act: Act, subject: str, after: str | None = None) -> None:
    """Begin the next open step, unless the facts now interrupt the journey. Raises RuleError."""
    if interrupt(desk, act, subject):
        return
    state = journey_in(act, subject)
    following = next_step(_plan(desk, act, subject), after)
    if following is not None and following.step.id != state.current and state.holder == desk.staff:
        write(desk, act, subject, "journey.step_started", {"step": following.step.id})


def interrupt(desk: Desk, act: Act, subject: str) -> bool:
    """Write down the interruption that the facts ask for; whether the journey is interrupted. Raises RuleError."""
    rule = _plan(desk, act, subject).interruption
    if rule is None or rule.interruption is None:
        return False
    if journey_in(act, subject).status != "interrupted":
        data: Data = {"step": rule.interruption.step, "rule": rule.id, "reason": rule.interruption.reason}
        write(desk, act, subject, "journey.interrupted", data)
    return True


def _plan(desk: Desk, act: Act, subject: str) -> Plan:
    state = journey_in(act, subject)
    flow = desk.flow_of(state)
    return plan(flow, state, desk.store.reference.policy(flow.consent.policy, desk.today()))
