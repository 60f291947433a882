"""The plan of a journey: which steps its flow asks for now, what may start, what stands in the way.

Everything follows from the flow's data and the journey's state; nothing about a step, a class or an age is known here.
"""

from dataclasses import dataclass

from branch_console.rules.conditions import Value
from branch_console.rules.consent import Policy, consent_status
from branch_console.rules.flow import Field, Flow, Requirement, Rule, ScriptSegment, Step, lower
from branch_console.rules.journey_entries import Scope, Target
from branch_console.rules.journey_state import JourneyState, StepState
from branch_console.rules.tiers import Measure

SEGMENT_SCRIPTS: frozenset[str] = frozenset({"young", "merchant", "senior", "foreigner"})


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
    two. `interruption` is the rule that must be decided before anything else. `done` and `total` count required steps.
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


def fact(state: JourneyState, name: str) -> Value | list[str] | None:
    """What is known of a journey under the name that conditions use; None is unknown."""
    if name in {"target", "segment", "age_band", "doc_type"}:
        found: str | None = getattr(state, name)
        return found
    first, _, second = name.partition(".")
    if first == "consent" and second in {"general", "sensitive"}:
        status = consent_status(state.consent(second), None, guardian=False)
        return None if status == "missing" else status
    answer = state.answer(first, second)
    return answer["masked"] if isinstance(answer, dict) else answer


def active_rules(flow: Flow, state: JourneyState) -> list[Rule]:
    """The branch rules that hold for this journey now."""
    return [rule for rule in flow.rules if rule.when.holds(lambda name: fact(state, name))]


def applicable_fields(step: Step, state: JourneyState) -> list[Field]:
    """The fields that are asked: those without condition and those whose condition holds."""
    return [each for each in step.fields if each.when is None or each.when.holds(lambda name: fact(state, name))]


def customer_caps(flow: Flow, state: JourneyState) -> dict[Measure, int]:
    """The limits that the customer set, in fen, for `tiers.effective_limits`."""
    caps: dict[Measure, int] = {}
    for step in flow.steps:
        for field in step.fields:
            answer = state.answer(step.id, field.id)
            for option in field.options:
                if field.limits is not None and option.code == answer and option.amount is not None:
                    caps[field.limits] = option.amount
    return caps


def effective_target(flow: Flow, state: JourneyState) -> Target:
    """The class that can be reached: what the customer wants, or less when a rule caps it."""
    return _target(_wanted(flow, state), active_rules(flow, state))[0]


def pending_interruption(flow: Flow, state: JourneyState) -> Rule | None:
    """The rule whose interruption has been neither recorded nor cleared although it holds."""
    if state.ended or state.status == "interrupted":
        return None
    for rule in active_rules(flow, state):
        if rule.interruption is not None and rule.id not in state.cleared:
            return rule
    return None


def plan(flow: Flow, state: JourneyState, policy: Policy | None = None) -> Plan:
    """Plan a journey. With `policy` (the notice in force) an outdated consent counts as missing."""
    rules = active_rules(flow, state)
    wanted = _wanted(flow, state)
    target, capped_by = _target(wanted, rules)
    guardian = any(rule.guardian_consent for rule in rules)
    no_time = any(rule.no_target_time for rule in rules)
    hindered = _hindrance(flow, state)
    steps: list[PlannedStep] = []
    open_before: str | None = None
    for step in flow.steps:
        requirement = _requirement(step, target, rules)
        found = state.steps.get(step.id)
        undecided = step.id == flow.consent.step and undecided_scopes(flow, state, target, guardian, policy)
        satisfied = _satisfied(flow, step, found, state, requirement) and not undecided
        why, about = hindered, None
        if why is None and open_before is not None:
            why, about = "step_order", open_before
        if why is None:
            why = consent_hindrance(flow, step, state, guardian, policy)
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
        interruption=_current_interruption(flow, state),
        active_rules=rules,
        done=sum(each.satisfied for each in required),
        total=len(required),
    )


def next_step(planned: Plan, after: str | None = None) -> PlannedStep | None:
    """The step to go on with: the first open one behind `after`, else the first open one at all; None at the end."""
    ids = [each.step.id for each in planned.steps]
    start = ids.index(after) + 1 if after in ids else 0
    for each in [*planned.steps[start:], *planned.steps[:start]]:
        if each.can_start and not each.satisfied:
            return each
    return None


def script_segment(rules: list[Rule], state: JourneyState) -> ScriptSegment:
    """Whose script is spoken: the last rule that names one decides, else the customer's segment."""
    script: ScriptSegment = "default"
    for code in ("young", "merchant", "senior", "foreigner"):
        if state.segment == code:
            script = code
    for rule in rules:
        script = rule.script or script
    return script


def consent_hindrance(flow: Flow, step: Step, state: JourneyState, guardian: bool, policy: Policy | None) -> str | None:
    """What is missing of consent before this step: nothing after the notice starts without a decision, and what works
    with sensitive data needs the consent itself.
    """
    ids = [each.id for each in flow.steps]
    if ids.index(step.id) <= ids.index(flow.consent.step):
        return None
    scopes: list[tuple[Scope, bool]] = [("general", False), *((scope, True) for scope in step.needs_consent)]
    for scope, must_be_given in scopes:
        status = consent_status(state.consent(scope), policy, guardian=guardian)
        if status in {"missing", "outdated", "guardian"}:
            return f"consent_{status}"
        if must_be_given and status != "given":
            return "consent_refused"
    return None


def _wanted(flow: Flow, state: JourneyState) -> Target:
    """The class that the customer wants; the flow's first when the first entry has been erased."""
    return next((each for each in flow.targets if each == state.target), flow.targets[0])


def _target(wanted: Target, rules: list[Rule]) -> tuple[Target, Rule | None]:
    target, by = wanted, None
    for rule in rules:
        if rule.target_cap is not None and lower(target, rule.target_cap) != target:
            target, by = rule.target_cap, rule
    return target, by


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
    """Whether a step asks for nothing more. A skipped required step counts only with an excuse that the flow names."""
    if found is None:
        return False
    if found.status == "skipped":
        return requirement != "R" or found.reason in step.excuse_reasons
    return found.status == "done" and not (step.confirms and _changed_since(flow, step, found, state))


def undecided_scopes(
    flow: Flow, state: JourneyState, target: Target, guardian: bool, policy: Policy | None
) -> list[Scope]:
    """The scopes of consent that must still be asked for this class (again, when the notice has changed)."""
    return [
        scope
        for scope, targets in flow.consent.scopes.items()
        if target in targets
        and consent_status(state.consent(scope), policy, guardian=guardian) in {"missing", "outdated", "guardian"}
    ]


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
    if _current_interruption(flow, state) is not None or state.status == "interrupted":
        return "journey_interrupted"
    return {"paused": "journey_paused", "offered": "journey_offered"}.get(state.status)


def _current_interruption(flow: Flow, state: JourneyState) -> Rule | None:
    if state.status == "interrupted" and state.interruption is not None:
        return flow.rule(state.interruption.rule)
    return pending_interruption(flow, state)


def _status(found: StepState | None, *, satisfied: bool, can_start: bool) -> str:
    if found is None:
        return "not_started" if can_start else "cannot_start"
    if found.status == "done" and not satisfied:
        return "in_progress"
    return found.status
