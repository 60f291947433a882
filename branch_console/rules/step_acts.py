"""Whether an act on one step is allowed: begin, answer, finish, leave out, fail, open again."""

from collections.abc import Callable
from typing import NoReturn

from branch_console.rules.answer_checks import check_answers
from branch_console.rules.completeness import check_complete
from branch_console.rules.errors import RuleError
from branch_console.rules.moment import Data, Moment, known
from branch_console.rules.planning import PlannedStep, undecided_scopes


def _in_path(moment: Moment, step: str) -> PlannedStep:
    """The step, if the journey asks for it and nothing stands in its way."""
    found = moment.planned.find(step)
    if found is None:
        raise RuleError("step_unknown", step=step)
    if found.why_not is not None:
        refuse(found)
    return found


def refuse(found: PlannedStep) -> NoReturn:
    """Raise the reason why the step cannot be worked on."""
    raise RuleError(found.why_not or "step_order", step=found.step.id, before=found.why_step or "")


def _in_progress(moment: Moment, step: str) -> PlannedStep:
    found = _in_path(moment, step)
    touched = moment.state.steps.get(step)
    if touched is None or touched.status != "in_progress":
        raise RuleError("step_not_open", step=step)
    return found


def _step_started(moment: Moment, data: Data) -> None:
    found = _in_path(moment, data["step"])
    if found.satisfied and found.status == "done":
        raise RuleError("step_done_already", step=found.step.id)


def _answered(moment: Moment, data: Data) -> None:
    found = _in_progress(moment, data["step"])
    check_answers(found.step, moment.state, data["answers"], moment.reference)


def _step_done(moment: Moment, data: Data) -> None:
    found = _in_path(moment, data["step"])
    touched = moment.state.steps.get(found.step.id)
    if touched is None or (touched.status != "in_progress" and found.status != "in_progress"):
        raise RuleError("step_not_open", step=found.step.id)
    check_complete(found.step, moment.state)
    if found.step.id == moment.flow.consent.step:
        policy = moment.reference.policy(moment.flow.consent.policy, moment.on)
        open_scopes = undecided_scopes(
            moment.flow, moment.state, moment.planned.target, moment.planned.guardian, policy
        )
        if open_scopes:
            raise RuleError("consent_missing", scope=open_scopes[0])
    if found.step.hand_over == "counter" and len(set(moment.state.counter_staff)) < 2:
        raise RuleError("counter_not_accepted", step=found.step.id)


def _step_skipped(moment: Moment, data: Data) -> None:
    found = _in_path(moment, data["step"])
    if found.satisfied and found.status == "done":
        raise RuleError("step_done_already", step=found.step.id)
    if found.requirement == "R" and data["reason"] not in found.step.excuse_reasons:
        raise RuleError("step_required", step=found.step.id)
    known(data["reason"], found.step.skip_reasons)


def _step_failed(moment: Moment, data: Data) -> None:
    found = _in_progress(moment, data["step"])
    known(data["reason"], found.step.fail_reasons)


def _step_reopened(moment: Moment, data: Data) -> None:
    found = _in_path(moment, data["step"])
    touched = moment.state.steps.get(found.step.id)
    if touched is None or touched.status == "in_progress":
        raise RuleError("step_not_closed", step=found.step.id)


STEP_ACTS: dict[str, Callable[[Moment, Data], None]] = {
    "journey.step_started": _step_started,
    "journey.answered": _answered,
    "journey.step_done": _step_done,
    "journey.step_skipped": _step_skipped,
    "journey.step_failed": _step_failed,
    "journey.step_reopened": _step_reopened,
}
