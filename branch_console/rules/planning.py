"""The plan of a journey: which steps its flow asks for now, what may start, what stands in the way.

Everything follows from the flow's data and the journey's state; nothing about a step, a class or an age is known here.
"""

from dataclasses import dataclass

from branch_console.rules.branching import (
    active_rules,
    capped,
    current_interruption,
    customer_caps,
    pending_interruption,
    script_segment,
    wanted_target,
)
from branch_console.rules.completeness import applicable_fields, fact, unanswered
from branch_console.rules.consent import Policy
from branch_console.rules.consenting import consent_hindrance, consent_statuses, undecided, undecided_scopes
from branch_console.rules.flow import Flow, Requirement, Rule, ScriptSegment, Step
from branch_console.rules.journey_entries import Target
from branch_console.rules.journey_state import JourneyState, StepState

__all__ = [
    "Plan",
    "PlannedStep",
    "active_rules",
    "applicable_fields",
    "customer_caps",
    "fact",
    "next_step",
    "pending_interruption",
    "place",
    "plan",
    "script_segment",
    "undecided_scopes",
]


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step of the flow for this journey.

    `requirement`: R required, O optional, - not in the path. `status`: not_started, in_progress, done, skipped, failed,
    cannot_start. `why_not` is the code of what hinders (msgid `error.<code>`), `why_step` the step that it is about.
    `satisfied`: nothing more is asked here. `target_seconds` is None when no time target applies.
    """

    step: Step
    requirement: Requirement
    status: str
    satisfied: bool
    can_start: bool
    why_not: str | None
    why_step: str | None
    target_seconds: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps of the flow, in order, and what holds for the whole journey.

    `target` is the class that can be reached now, `wanted` what the customer wants, `capped_by` the rule between the
    two. `interruption` is the rule that must be decided before anything else. `done` and `total` count required steps;
    a finished journey has done them all, whatever answers were erased since.
    """

    steps: list[PlannedStep]
    target: Target
    wanted: Target
    capped_by: Rule | None
    script: ScriptSegment
    guardian: bool
    interruption: Rule | None
    active_rules: list[Rule]
    done: int
    total: int

    @property
    def path(self) -> list[PlannedStep]:
        """The steps that belong to this journey."""
        return [each for each in self.steps if each.requirement != "-"]

    @property
    def missing(self) -> list[PlannedStep]:
        """Required steps that are not satisfied yet."""
        return [each for each in self.steps if each.requirement == "R" and not each.satisfied]

    def find(self, step: str) -> PlannedStep | None:
        """The planned step of that id."""
        return next((each for each in self.steps if each.step.id == step), None)


def plan(flow: Flow, state: JourneyState, policy: Policy | None = None) -> Plan:
    """Plan a journey. With `policy` (the notice in force) an outdated consent counts as missing."""
    rules = active_rules(flow, state)
    wanted = wanted_target(flow, state)
    target, capped_by = capped(wanted, rules)
    guardian = any(rule.guardian_consent for rule in rules)
    no_time = any(rule.no_target_time for rule in rules)
    hindered = _hindrance(flow, state)
    consents = consent_statuses(flow, state, guardian, policy)
    noticed = False
    steps: list[PlannedStep] = []
    open_before: str | None = None
    for step in flow.steps:
        requirement = _requirement(step, target, rules)
        found = state.steps.get(step.id)
        is_notice = step.id == flow.consent.step
        satisfied = _satisfied(flow, step, found, state, requirement)
        satisfied = satisfied and not (is_notice and undecided(flow, target, consents))
        why, about = hindered, None
        if why is None and open_before is not None:
            why, about = "step_order", open_before
        if why is None and noticed:
            why = consent_hindrance(step, consents)
        noticed = noticed or is_notice
        if requirement == "-":
            why, about = "step_not_in_path", None
        steps.append(
            PlannedStep(
                step=step,
                requirement=requirement,
                status=_status(found, satisfied=satisfied, can_start=why is None),
                satisfied=satisfied,
                can_start=why is None,
                why_not=why,
                why_step=about,
                target_seconds=None if no_time else step.target_seconds,
            )
        )
        if requirement == "R" and not satisfied and open_before is None:
            open_before = step.id
    required = [each for each in steps if each.requirement == "R"]
    return Plan(
        steps=steps,
        target=target,
        wanted=wanted,
        capped_by=capped_by,
        script=script_segment(rules, state),
        guardian=guardian,
        interruption=current_interruption(flow, state),
        active_rules=rules,
        done=len(required) if state.status == "finished" else sum(each.satisfied for each in required),
        total=len(required),
    )


def place(flow: Flow, state: JourneyState) -> tuple[int, int]:
    """Where a journey stands in its path, as "7 of 14" for a list: the step it is at, and how many there are.

    Without a current step, how many have been touched; at the end of a journey, all. Ten times cheaper than a plan.
    """
    rules = active_rules(flow, state)
    target, _ = capped(wanted_target(flow, state), rules)
    path = [step.id for step in flow.steps if _requirement(step, target, rules) != "-"]
    if state.status == "finished":
        return len(path), len(path)
    if state.current in path:
        return path.index(state.current) + 1, len(path)
    return sum(step in state.steps for step in path), len(path)


def next_step(planned: Plan, after: str | None = None) -> PlannedStep | None:
    """The step to go on with: the first open one behind `after`, else the first open one at all; None at the end."""
    ids = [each.step.id for each in planned.steps]
    start = ids.index(after) + 1 if after in ids else 0
    for each in [*planned.steps[start:], *planned.steps[:start]]:
        if each.can_start and not each.satisfied:
            return each
    return None


def _requirement(step: Step, target: Target, rules: list[Rule]) -> Requirement:
    """What the class asks, changed by the rules: required beats off, off beats optional."""
    if any(step.id in rule.steps_required for rule in rules):
        return "R"
    if any(step.id in rule.steps_off for rule in rules):
        return "-"
    if any(step.id in rule.steps_optional for rule in rules):
        return "O"
    return step.required[target]


def _satisfied(flow: Flow, step: Step, found: StepState | None, state: JourneyState, requirement: Requirement) -> bool:
    """Whether a step asks for nothing more.

    A skipped required step counts only with an excuse that the flow names. A done one asks again when a fact found
    later makes a field apply (a document shows the customer to be 15), unless answers were erased.
    """
    if found is None:
        return False
    if found.status == "skipped":
        return requirement != "R" or found.reason in step.excuse_reasons
    if found.status != "done" or (not state.erased and unanswered(step, state)):
        return False
    return not (step.confirms and _changed_since(flow, step, found, state))


def _changed_since(flow: Flow, step: Step, found: StepState, state: JourneyState) -> bool:
    """Whether anything before the confirming step changed after it was done."""
    for each in flow.steps:
        if each.id == step.id:
            return False
        before = state.steps.get(each.id)
        if before is not None and before.changed > found.changed:
            return True
    return False


def _hindrance(flow: Flow, state: JourneyState) -> str | None:
    """What keeps every step from starting."""
    if state.ended:
        return "journey_ended"
    if current_interruption(flow, state) is not None or state.status == "interrupted":
        return "journey_interrupted"
    return {"paused": "journey_paused", "offered": "journey_offered"}.get(state.status)


def _status(found: StepState | None, *, satisfied: bool, can_start: bool) -> str:
    if found is None:
        return "not_started" if can_start else "cannot_start"
    if found.status == "done" and not satisfied:
        return "in_progress"
    return found.status
