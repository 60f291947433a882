"""Whether an act about who holds a journey is allowed: pause, hand-over, take-over, interruption, end."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from branch_console.rules.errors import RuleError
from branch_console.rules.flow import Flow
from branch_console.rules.journey_state import JourneyState, OfferState
from branch_console.rules.moment import Data, known
from branch_console.rules.planning import pending_interruption


class Holding(NamedTuple):
    """Who wants to do it, on what."""

    flow: Flow
    state: JourneyState
    staff: str
    role: str
    roles: Mapping[str, str]


def check_holding(
    flow: Flow,
    state: JourneyState,
    act: str,
    data: Data,
    *,
    staff: str,
    role: str,
    roles: Mapping[str, str],
) -> None:
    """Raise RuleError unless `staff` may do `act` on this running journey."""
    _CHECKS[act](Holding(flow, state, staff, role, roles), data)


def _holder(at: Holding) -> None:
    if at.staff != at.state.holder:
        raise RuleError("not_holder")


def _uninterrupted(at: Holding) -> None:
    if at.state.status == "interrupted" or pending_interruption(at.flow, at.state) is not None:
        raise RuleError("journey_interrupted")


def _paused(at: Holding, data: Data) -> None:
    _holder(at)
    _uninterrupted(at)
    if at.state.status != "running":
        raise RuleError(f"journey_{at.state.status}")
    known(data["reason"], at.flow.reasons.pause)


def _resumed(at: Holding, data: Data) -> None:
    del data
    _holder(at)
    if at.state.status != "paused":
        raise RuleError("journey_not_paused")


def _offered(at: Holding, data: Data) -> None:
    _holder(at)
    _uninterrupted(at)
    if at.state.status == "offered":
        raise RuleError("journey_offered")
    if data.get("staff") == at.staff:
        raise RuleError("offer_to_oneself")
    known(data["reason"], at.flow.reasons.hand_over)


def _open_offer(at: Holding, data: Data) -> OfferState:
    offer = at.state.offer
    if at.state.status != "offered" or offer is None or offer.id != data["offer"]:
        raise RuleError("offer_gone")
    return offer


def _accepted(at: Holding, data: Data) -> None:
    """The counter needs two members of staff, none of whom offered (dual control, S10)."""
    offer = _open_offer(at, data)
    if at.staff == offer.offered_by:
        raise RuleError("offer_own")
    if offer.staff is not None and offer.staff != at.staff:
        raise RuleError("offer_for_another")
    if offer.to == "counter":
        second = data.get("second_staff")
        if second is None or second in {at.staff, offer.offered_by}:
            raise RuleError("second_staff_needed")
        if at.roles and second not in at.roles:
            raise RuleError("second_staff_unknown")


def _declined(at: Holding, data: Data) -> None:
    offer = _open_offer(at, data)
    if at.staff == offer.offered_by:
        raise RuleError("offer_own")
    if offer.staff is not None and offer.staff != at.staff:
        raise RuleError("offer_for_another")
    known(data["reason"], at.flow.reasons.decline)


def _withdrawn(at: Holding, data: Data) -> None:
    offer = _open_offer(at, data)
    if at.staff != offer.offered_by:
        raise RuleError("not_holder")


def _taken_over(at: Holding, data: Data) -> None:
    if at.staff == at.state.holder:
        raise RuleError("holder_already")
    if data["from_staff"] != at.state.holder:
        raise RuleError("holder_changed")
    known(data["reason"], at.flow.reasons.take_over)


def _resolved(at: Holding, data: Data) -> None:
    """Going on after an interruption that asks for it needs a supervisor who does not hold the journey."""
    waiting = at.state.interruption
    if at.state.status != "interrupted" or waiting is None:
        raise RuleError("no_interruption")
    approver = data.get("approved_by")
    if at.staff not in {at.state.holder, approver}:
        raise RuleError("not_holder")
    if data["outcome"] == "stop":
        return
    rule = at.flow.rule(waiting.rule)
    if rule is not None and rule.interruption is not None and not rule.interruption.supervisor:
        return
    if approver is None or approver == at.state.holder or at.roles.get(approver) != "supervisor":
        raise RuleError("supervisor_needed")


def _abandoned(at: Holding, data: Data) -> None:
    if at.role != "supervisor":
        _holder(at)
    known(data["reason"], at.flow.reasons.abandon)


_CHECKS: dict[str, Callable[[Holding, Data], None]] = {
    "journey.paused": _paused,
    "journey.resumed": _resumed,
    "journey.hand_over_offered": _offered,
    "journey.hand_over_accepted": _accepted,
    "journey.hand_over_declined": _declined,
    "journey.hand_over_withdrawn": _withdrawn,
    "journey.taken_over": _taken_over,
    "journey.interruption_resolved": _resolved,
    "journey.abandoned": _abandoned,
}
