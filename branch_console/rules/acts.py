"""Whether an act on a journey is allowed: the one evaluator, asked by the desk inside the transaction that writes it.

Order is enforced here (OWASP ASVS 2.3.1), not by screens. Every refusal is a RuleError with a code.
"""

from collections.abc import Callable, Mapping
from datetime import date

from branch_console.rules.consent import text_hash
from branch_console.rules.errors import RuleError
from branch_console.rules.flow import Flow, above
from branch_console.rules.holding_acts import check_holding
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.moment import Data, Moment, known
from branch_console.rules.planning import plan
from branch_console.rules.reference import Reference
from branch_console.rules.step_acts import STEP_ACTS, refuse

# What may be done whatever the state of the journey, by whom the desk lets do it.
_ALWAYS = frozenset({"consent.withdrawn", "field.revealed", "data.erased"})

_HOLDING = frozenset(
    {
        "journey.paused",
        "journey.resumed",
        "journey.hand_over_offered",
        "journey.hand_over_accepted",
        "journey.hand_over_declined",
        "journey.hand_over_withdrawn",
        "journey.taken_over",
        "journey.interruption_resolved",
        "journey.abandoned",
    }
)


def check_act(
    flow: Flow,
    state: JourneyState | None,
    act: str,
    data: Data,
    *,
    staff: str,
    role: str,
    reference: Reference,
    on: date,
    roles: Mapping[str, str] | None = None,
) -> None:
    """Raise RuleError unless `staff` may do `act` (an entry type) with `data` on the journey now.

    `state` is None before the first entry. `on` is the business date. `roles` maps staff ids to roles, for the person
    who approves. Whether the role may work on journeys at all is the desk's check.
    """
    if act == "journey.started":
        _check_start(flow, state, data)
        return
    if state is None or state.started_at is None:
        raise RuleError("journey_not_started")
    if act in _ALWAYS:
        _check_always(flow, state, act, data)
        return
    if state.ended:
        raise RuleError("journey_ended")
    if act in _HOLDING:
        check_holding(flow, state, act, data, staff=staff, role=role, roles=roles or {})
        return
    check = _WORK.get(act)
    if check is None:
        raise RuleError("unknown_act", act=act)
    if staff != state.holder:
        raise RuleError("not_holder")
    planned = plan(flow, state, reference.policy(flow.consent.policy, on))
    check(Moment(flow, state, planned, staff, role, reference, on), data)


def _check_start(flow: Flow, state: JourneyState | None, data: Data) -> None:
    if state is not None and state.started_at is not None:
        raise RuleError("journey_started_already")
    if (data["flow"]["id"], data["flow"]["version"]) != (flow.id, flow.version):
        raise RuleError("flow_unknown")
    if data["target"] not in flow.targets:
        raise RuleError("target_unknown")


def _check_always(flow: Flow, state: JourneyState, act: str, data: Data) -> None:
    if act == "consent.withdrawn":
        decision = state.consent(data["scope"])
        if decision is None or not decision.given or decision.withdrawn_at is not None:
            raise RuleError("consent_nothing_to_withdraw")
        known(data["reason"], flow.reasons.withdraw)
    elif act == "field.revealed":
        known(data["reason"], flow.reasons.reveal)


def _target_changed(moment: Moment, data: Data) -> None:
    flow, target = moment.flow, data["target"]
    _running(moment)
    if target not in flow.targets:
        raise RuleError("target_unknown")
    if target == moment.state.target:
        raise RuleError("target_same")
    known(data["reason"], flow.reasons.target)
    for rule in moment.planned.active_rules:
        if rule.target_cap is not None and above(target, rule.target_cap):
            raise RuleError("target_capped", rule=rule.id, target=rule.target_cap)


def _interrupted(moment: Moment, data: Data) -> None:
    if moment.state.status == "interrupted":
        raise RuleError("journey_interrupted")
    rule = moment.planned.interruption
    if rule is None or rule.interruption is None or rule.id != data["rule"]:
        raise RuleError("interruption_unfounded")
    if (rule.interruption.step, rule.interruption.reason) != (data["step"], data["reason"]):
        raise RuleError("reason_unknown", reason=data["reason"])


def _consent_given(moment: Moment, data: Data) -> None:
    """The text must be the one in force, word for word; under 14 a guardian speaks (PIPL Art. 31)."""
    _running(moment)
    flow, shown, scope = moment.flow, data["policy"], data["scope"]
    policy = moment.reference.policy(flow.consent.policy, moment.on)
    if policy is None or scope not in policy.scopes:
        raise RuleError("policy_unknown")
    if (shown["id"], shown["version"]) != (policy.id, policy.version):
        raise RuleError("policy_outdated", version=policy.version)
    if shown["sha256"] != text_hash(policy, scope, data["language"]):
        raise RuleError("policy_text_differs")
    if data["given"] and moment.planned.guardian and not data["guardian"]:
        raise RuleError("consent_guardian")
    notice = moment.planned.find(flow.consent.step)
    if notice is not None and notice.why_not is not None:
        refuse(notice)


def _finished(moment: Moment, data: Data) -> None:
    _running(moment)
    if missing := moment.planned.missing:
        raise RuleError("steps_missing", step=missing[0].step.id, count=len(missing))
    if above(data["wallet_class"], moment.planned.target):
        raise RuleError("target_capped", rule="", target=moment.planned.target)


def _running(moment: Moment) -> None:
    """Raise unless the journey is being worked on and nothing interrupts it."""
    state = moment.state
    if state.status == "interrupted" or moment.planned.interruption is not None:
        raise RuleError("journey_interrupted")
    if state.status != "running":
        raise RuleError(f"journey_{state.status}")


_WORK: dict[str, Callable[[Moment, Data], None]] = {
    **STEP_ACTS,
    "journey.target_changed": _target_changed,
    "journey.interrupted": _interrupted,
    "journey.finished": _finished,
    "consent.given": _consent_given,
}
