"""Which consent a flow needs before which step."""

from collections.abc import Mapping

from branch_console.rules.consent import Policy, consent_status
from branch_console.rules.flow import Flow, Step
from branch_console.rules.journey_entries import Scope, Target
from branch_console.rules.journey_state import JourneyState

_UNDECIDED = frozenset({"missing", "outdated", "guardian"})


def consent_statuses(flow: Flow, state: JourneyState, guardian: bool, policy: Policy | None) -> dict[Scope, str]:
    """How it stands with each scope that the flow asks for (the words are those of `consent_status`)."""
    return {scope: consent_status(state.consent(scope), policy, guardian=guardian) for scope in flow.consent.scopes}


def consent_hindrance(step: Step, statuses: Mapping[Scope, str]) -> str | None:
    """What is missing of consent for a step after the notice: none starts without a decision, and what works with
    sensitive data needs the consent itself.
    """
    general = statuses.get("general", "missing")
    if general in _UNDECIDED:
        return f"consent_{general}"
    for scope in step.needs_consent:
        status = statuses.get(scope, "missing")
        if status != "given":
            return f"consent_{status}" if status in _UNDECIDED else "consent_refused"
    return None


def undecided(flow: Flow, target: Target, statuses: Mapping[Scope, str]) -> list[Scope]:
    """The scopes that must still be asked for this class (again, when the notice has changed)."""
    return [
        scope for scope, targets in flow.consent.scopes.items() if target in targets and statuses[scope] in _UNDECIDED
    ]


def undecided_scopes(
    flow: Flow, state: JourneyState, target: Target, guardian: bool, policy: Policy | None
) -> list[Scope]:
    """`undecided` for a journey as it stands."""
    return undecided(flow, target, consent_statuses(flow, state, guardian, policy))
