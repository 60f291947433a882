"""Which consent a flow needs before which step."""

from branch_console.rules.consent import Policy, consent_status
from branch_console.rules.flow import Flow, Step
from branch_console.rules.journey_entries import Scope, Target
from branch_console.rules.journey_state import JourneyState


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
