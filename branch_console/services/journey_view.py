"""A journey's state as its screen shows it: masked, planned, and in the language of the moment."""

from branch_console.desk.spent import kept_in_all
from branch_console.locale import language, t
from branch_console.rules.errors import RuleError
from branch_console.rules.flow import Flow
from branch_console.rules.journey_state import JourneyState, Mark
from branch_console.rules.masking import mask_name
from branch_console.rules.planning import Plan, PlannedStep, plan
from branch_console.rules.reference import Reference
from branch_console.services.possible import possible, refusal
from branch_console.services.scene import Scene
from branch_console.services.step_view import step_view
from branch_console.views import Choice, InterruptionView, JourneyView, OfferView, StepRow


def journey_view(subject: str, state: JourneyState, flow: Flow, scene: Scene, step: str | None) -> JourneyView:
    """The view of a journey; `step` is the one to show, None for the current one."""
    policy = scene.reference.policy(flow.consent.policy, scene.today)
    planned = plan(flow, state, policy)
    shown = planned.find(step or state.current or "")
    if shown is None or shown.requirement == "-":
        shown = next((each for each in planned.path if not each.satisfied), None)
    return JourneyView(
        subject=subject,
        name=mask_name(state.name) if state.name else "",
        phone=state.phone_masked or "",
        target=planned.target,
        segment=planned.script,
        age_band=state.age_band or "",
        status=state.status,
        flow=f"{flow.id} v{flow.version}",
        holder=state.holder or "",
        holder_name=scene.names.get(state.holder or "", state.holder or ""),
        mine=state.holder == scene.staff,
        elsewhere=_elsewhere(state, scene),
        rows=_rows(planned, flow),
        step=None
        if shown is None
        else step_view(shown, state, flow, planned, scene.reference, scene.today, scene.drafts, scene.hints),
        interruption=_interruption(planned, scene.reference),
        offer=_offer(state, scene),
        can=possible(state, flow, scene),
        targets=tuple(Choice(each, t(f"target.{each}")) for each in flow.targets),
        pause_reasons=reasons(flow.reasons.pause, scene.reference),
        hand_over_reasons=reasons(flow.reasons.hand_over, scene.reference),
        abandon_reasons=reasons(flow.reasons.abandon, scene.reference),
        target_reasons=reasons(flow.reasons.target, scene.reference),
        take_over_reasons=reasons(flow.reasons.take_over, scene.reference),
        withdraw_reasons=reasons(flow.reasons.withdraw, scene.reference),
        decline_reasons=reasons(flow.reasons.decline, scene.reference),
        colleagues=tuple(Choice(each, name) for each, name in scene.names.items() if each != scene.staff),
        others=scene.others,
        consents_given=tuple(each.scope for each in state.consents if each.given and each.withdrawn_at is None),
        conflicts=len(state.marks),
        conflict_notes=tuple(_mark_words(mark, scene) for mark in state.marks),
        total_active_ms=sum(each.active_ms for each in state.steps.values()) + kept_in_all(scene.drafts),
    )


def reasons(codes: list[str], reference: Reference) -> tuple[Choice, ...]:
    """Reason codes with their words."""
    return tuple(Choice(code, reason_words(code, reference)) for code in codes)


def reason_words(code: str, reference: Reference) -> str:
    """The words of one reason code."""
    words = reference.label("reasons", code)
    return code if words is None else words.get(language())


def _rows(planned: Plan, flow: Flow) -> tuple[StepRow, ...]:
    return tuple(
        StepRow(
            id=each.step.id,
            number=number,
            title=each.step.title.get(language()),
            status=_row_status(each),
            required=each.requirement == "R",
            why_not=_why_not(each, flow),
        )
        for number, each in enumerate(planned.path, start=1)
    )


def _row_status(each: PlannedStep) -> str:
    return "problem" if each.status == "failed" else each.status


def _why_not(each: PlannedStep, flow: Flow) -> str:
    if each.why_not is None:
        return ""
    error = refusal(RuleError(each.why_not, step=each.step.id, before=each.why_step or ""), flow)
    return t(f"error.{error.code}", **error.params)


def _elsewhere(state: JourneyState, scene: Scene) -> str:
    if state.ended or state.holder_terminal in {None, scene.terminal}:
        return ""
    return scene.terminals.get(state.holder_terminal or "", "?")


def _interruption(planned: Plan, reference: Reference) -> InterruptionView | None:
    if planned.interruption is None or planned.interruption.interruption is None:
        return None
    page = planned.interruption.interruption
    hotline = reference.row("hotlines", page.hotline) if page.hotline else None
    return InterruptionView(
        title=page.title.get(language()),
        text=page.text.get(language()),
        needs_supervisor=page.supervisor,
        hotline="" if hotline is None else f"{getattr(hotline, 'number', '')} {hotline.label.get(language())}".strip(),
    )


def _offer(state: JourneyState, scene: Scene) -> OfferView | None:
    offer = state.offer
    if offer is None:
        return None
    return OfferView(
        id=offer.id,
        to=offer.to,
        staff_name=scene.names.get(offer.staff or "", ""),
        by_name=scene.names.get(offer.offered_by or "", offer.offered_by or ""),
        reason=reason_words(offer.reason, scene.reference),
        note=offer.note or "",
        queue_number=offer.queue_number or "",
        for_me=offer.offered_by != scene.staff and offer.staff in {None, scene.staff},
        mine=offer.offered_by == scene.staff,
    )


def _mark_words(mark: Mark, scene: Scene) -> str:
    """Who did what that did not fit."""
    who = scene.names.get(mark.staff or "", mark.staff or "")
    return f"{(mark.at or '')[:16].replace('T', ' ')} {who} {t(f'mark.{mark.code}')}".strip()
