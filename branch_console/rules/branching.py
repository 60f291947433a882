"""What follows from the facts of a journey: the branch rules that hold, and their effects."""

from typing import get_args

from branch_console.rules.completeness import fact
from branch_console.rules.flow import Flow, Rule, ScriptSegment, lower
from branch_console.rules.journey_entries import Target
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.tiers import Measure


def active_rules(flow: Flow, state: JourneyState) -> list[Rule]:
    """The branch rules that hold for this journey now."""
    return [rule for rule in flow.rules if rule.when.holds(lambda name: fact(state, name))]


def pending_interruption(flow: Flow, state: JourneyState) -> Rule | None:
    """The rule whose interruption has been neither recorded nor cleared although it holds."""
    if state.ended or state.status == "interrupted":
        return None
    for rule in active_rules(flow, state):
        if rule.interruption is not None and rule.id not in state.cleared:
            return rule
    return None


def current_interruption(flow: Flow, state: JourneyState) -> Rule | None:
    """The rule that stops the journey now, whether its interruption has been written down or not."""
    if state.status == "interrupted" and state.interruption is not None:
        return flow.rule(state.interruption.rule)
    return pending_interruption(flow, state)


def script_segment(rules: list[Rule], state: JourneyState) -> ScriptSegment:
    """Whose script is spoken: the last rule that names one decides, else the customer's segment."""
    script: ScriptSegment = "default"
    for code in get_args(ScriptSegment):
        if state.segment == code:
            script = code
    for rule in rules:
        script = rule.script or script
    return script


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


def wanted_target(flow: Flow, state: JourneyState) -> Target:
    """The class that the customer wants; the flow's first when the first entry has been erased."""
    return next((each for each in flow.targets if each == state.target), flow.targets[0])


def capped(wanted: Target, rules: list[Rule]) -> tuple[Target, Rule | None]:
    """The class that the rules leave of the wanted one, and the rule that lowers it."""
    target, by = wanted, None
    for rule in rules:
        if rule.target_cap is not None and lower(target, rule.target_cap) != target:
            target, by = rule.target_cap, rule
    return target, by
