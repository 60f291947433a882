"""What may be done with a journey now, and why not: asked of the very rules that will judge it."""

from branch_console.locale import language, t
from branch_console.rules.acts import check_act
from branch_console.rules.errors import FieldErrors, RuleError
from branch_console.rules.flow import Flow
from branch_console.rules.journal import Data
from branch_console.rules.journey_state import JourneyState
from branch_console.services.scene import Scene


def possible(state: JourneyState, flow: Flow, scene: Scene) -> dict[str, str]:
    """What is possible now: for each action nothing, or in words why not; asked of the very rule that will judge it."""
    step = state.current or ""
    other_target = next((each for each in flow.targets if each != state.target), flow.targets[0])
    offer = state.offer.id if state.offer else ""
    timed: Data = {"step": step, "active_ms": 0, "away_ms": 0}
    found = flow.step(step)
    acts: dict[str, tuple[str, Data]] = {
        "answer": ("journey.answered", {"step": step, "answers": {}}),
        "skip": ("journey.step_skipped", {**timed, "reason": _first(found.skip_reasons if found else [])}),
        "fail": ("journey.step_failed", {**timed, "reason": _first(found.fail_reasons if found else [])}),
        "pause": ("journey.paused", {"step": step, "reason": _first(flow.reasons.pause)}),
        "resume": ("journey.resumed", {}),
        "offer": (
            "journey.hand_over_offered",
            {"to": "staff", "staff": None, "reason": _first(flow.reasons.hand_over)},
        ),
        "accept": ("journey.hand_over_accepted", {"offer": offer, "second_staff": "?"}),
        "decline": ("journey.hand_over_declined", {"offer": offer, "reason": _first(flow.reasons.decline)}),
        "withdraw_offer": ("journey.hand_over_withdrawn", {"offer": offer}),
        "take_over": ("journey.taken_over", {"from_staff": state.holder, "reason": _first(flow.reasons.take_over)}),
        "change_target": ("journey.target_changed", {"target": other_target, "reason": _first(flow.reasons.target)}),
        "finish": ("journey.finished", {"wallet_class": "IV"}),
        "abandon": ("journey.abandoned", {"reason": _first(flow.reasons.abandon)}),
        "withdraw_consent": ("consent.withdrawn", {"scope": _given(state), "reason": _first(flow.reasons.withdraw)}),
    }
    can = {name: _refused(kind, data, state, flow, scene) for name, (kind, data) in acts.items()}
    can["done"] = can["answer"]
    can["back"] = "" if state.status == "running" and state.holder == scene.staff else can["answer"]
    can["review"] = "" if not state.ended else t("error.journey_ended")
    return can


def refusal(error: RuleError, flow: Flow) -> RuleError:
    """The same refusal with the titles of steps instead of their ids."""
    params = dict(error.params)
    for name in ("step", "before"):
        step = flow.step(str(params.get(name, "")))
        if step is not None:
            params[name] = step.title.get(language())
    if isinstance(params.get("target"), str):
        params["target"] = t(f"target.{params['target']}")
    return RuleError(error.code, **params)


def _refused(kind: str, data: Data, state: JourneyState, flow: Flow, scene: Scene) -> str:
    try:
        check_act(
            flow, state, kind, data, staff=scene.staff, role=scene.role, reference=scene.reference, on=scene.today
        )
    except FieldErrors:
        return ""
    except RuleError as error:
        told = refusal(error, flow)
        return t(f"error.{told.code}", **told.params)
    return ""


def _first(codes: list[str]) -> str:
    return codes[0] if codes else ""


def _given(state: JourneyState) -> str:
    """A scope whose consent could be taken back."""
    for consent in state.consents:
        if consent.given and consent.withdrawn_at is None:
            return consent.scope
    return "general"
