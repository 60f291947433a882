"""A longer statutory time: which stage comes next, approved by whom, and told to the customer before it counts."""

from typing import NamedTuple

from branch_console.desk.cases.core import CaseCounter, readings
from branch_console.desk.cases.working_part import Working
from branch_console.rules.cases.clock_events import clock_events
from branch_console.rules.cases.fold_work import APPROVALS
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.journal import parse_at
from branch_console.rules.working_time.events import ClockEvent
from branch_console.rules.working_time.extending import check_extension, next_stages
from branch_console.rules.working_time.policy import Extension
from branch_console.rules.working_time.readings import ClockReading


class Possible(NamedTuple):
    """One clock's next stage."""

    reading: ClockReading
    extension: Extension

    @property
    def choice(self) -> str:
        """As a form names it."""
        return f"{self.reading.id} {self.extension.stage}"


def possible(counter: CaseCounter, state: CaseState) -> list[Possible]:
    """The stages that could come next now."""
    policy = counter.reference.sla.get((state.policy_id, state.policy_version))
    if policy is None:
        return []
    stages = [(each, next_stages(policy, each)) for each in readings(counter, state) if each.statutory]
    return [Possible(each, stage) for each, stage in stages if stage is not None]


def extended(work: Working) -> None:
    """The next stage. It counts only with its reason, its approval and the customer's knowledge."""
    said = work.said
    choice, reason, approval = said.picked("stage"), said.needed("reason"), said.picked("approval")
    way, told_at = said.picked("told_way", "customer_not_told"), said.ago("told_at")
    said.complete()
    clock, _, stage = choice.partition(" ")
    if not stage.isdigit():
        raise RuleError("extension_unknown")
    named = clock if _named(work.state, int(stage), clock) else None
    _check(work, named, int(stage), approval, told_at)
    work.write(
        "case.extended",
        {
            "stage": int(stage),
            "clock": named,
            "reason": reason,
            "approver": work.approver or "-",
            "approval": approval,
            "told_at": told_at,
            "told_way": way,
        },
    )


def _named(state: CaseState, stage: int, clock: str) -> bool:
    """Whether this stage names its clock: unless the stage before it was written for every clock at once."""
    before = [each for each in state.extensions if each.stage == stage - 1]
    return not before or any(each.clock == clock for each in before)


def _check(work: Working, clock: str | None, stage: int, approval: str, told_at: str) -> None:
    """Raise RuleError unless the act would really make a clock longer."""
    if not work.approver:
        raise RuleError("approver_missing")
    if approval not in APPROVALS:
        raise FieldError("approval", "choice_missing")
    state, policy = work.state, work.policy()
    calendar = work.counter.reference.calendars.get((state.calendar_id, state.calendar_version))
    if policy is None or calendar is None:
        raise RuleError("no_statutory_clock")
    given = {"reason", *(f"{each}_approval" for each in APPROVALS[: APPROVALS.index(approval) + 1])}
    event = ClockEvent(
        kind="extended",
        at=work.counter.now(),
        stage=stage,
        told=parse_at(told_at),
        given=frozenset(given),
        clock=clock or "",
    )
    check_extension(policy, calendar, clock_events(state), event, sets=state.clock_sets)
