"""One step of a journey as its screen shows it."""

from collections.abc import Mapping
from datetime import date

from branch_console.desk.spent import kept
from branch_console.locale import language, t
from branch_console.rules.answer_checks import may_ask, options
from branch_console.rules.consent import consent_status, shown_text
from branch_console.rules.flow import Field, Flow, Step
from branch_console.rules.journey_entries import Answer
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.planning import Plan, PlannedStep, applicable_fields
from branch_console.rules.reference import Reference
from branch_console.services.limits import journey_limits
from branch_console.views import CaseStory, Choice, ConsentView, FieldView, StepView


def step_view(
    planned_step: PlannedStep,
    state: JourneyState,
    flow: Flow,
    planned: Plan,
    reference: Reference,
    today: date,
    drafts: Mapping[str, str],
    hints: Mapping[str, tuple[str, ...]],
) -> StepView:
    """The view of one step of the path."""
    step = planned_step.step
    found = state.steps.get(step.id)
    said = step.staff_says.get(planned.script) or step.staff_says["default"]
    facts = [each.text.get(language()) for each in flow.facts_at(step.id, today)]
    reason = found.reason if found else None
    return StepView(
        id=step.id,
        number=1 + [each.step.id for each in planned.path].index(step.id),
        total=len(planned.path),
        title=step.title.get(language()),
        status="problem" if planned_step.status == "failed" else planned_step.status,
        required=planned_step.requirement == "R",
        customer_does=step.customer_does.get(language()),
        staff_says="\n".join([said.get(language()), *facts]),
        stories=tuple(
            CaseStory(each.title.get(language()), f"{each.story.get(language())}\n\n{each.say.get(language())}")
            for each in step.worries
        ),
        checks=tuple(each.get(language()) for each in step.checks),
        never_record=tuple(each.get(language()) for each in step.never_record),
        troubleshooting=_hints(step, reason),
        fields=tuple(
            field_view(each, step.id, state, reference, drafts, hints)
            for each in applicable_fields(step, state)
            if may_ask(each, state)
        ),
        skip_reasons=_skip_reasons(planned_step, reference),
        fail_reasons=tuple(Choice(code, _label(reference, "reasons", code)) for code in step.fail_reasons),
        reason=_label(reference, "reasons", reason) if reason else "",
        target_seconds=planned_step.target_seconds,
        active_ms=(found.active_ms if found else 0) + kept(drafts, step.id)[0],
        consents=_consents(step, state, flow, planned, reference, today),
        qr=reference.app.qr_payload if step.shows_app and reference.app else "",
        qr_caption=_app_caption(reference) if step.shows_app else "",
        limits=journey_limits(reference, flow, state, planned.target, today) if step.shows_limits else (),
        confirms=step.confirms,
    )


def field_view(
    field: Field,
    step: str,
    state: JourneyState,
    reference: Reference,
    drafts: Mapping[str, str],
    hints: Mapping[str, tuple[str, ...]],
) -> FieldView:
    """One question with what is known of its answer."""
    answer = state.answer(step, field.id)
    choices = _field_choices(field, reference)
    return FieldView(
        id=field.id,
        kind=field.kind,
        label=field.label.get(language()),
        hint=field.help.get(language()) if field.help else "",
        required=field.required,
        choices=choices,
        value=answer_value(answer),
        shown=answer_shown(answer, choices),
        draft=drafts.get(f"{step}.{field.id}", ""),
        warning=t("common.sentence_separator").join(t(f"hint.{code}") for code in hints.get(field.id, ())),
    )


def answer_value(answer: Answer | None) -> str:
    """An answer as the screens' raw value."""
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, list):
        return ",".join(answer)
    return answer["masked"] if isinstance(answer, dict) else str(answer)


def answer_shown(answer: Answer | None, choices: tuple[Choice, ...]) -> str:
    """An answer in words."""
    labels = {each.value: each.label for each in choices}
    if isinstance(answer, list):
        return t("common.list_separator").join(labels.get(each, each) for each in answer)
    value = answer_value(answer)
    return labels.get(value, value)


def _field_choices(field: Field, reference: Reference) -> tuple[Choice, ...]:
    if field.kind == "yesno":
        return (Choice("yes", t("onboarding.yes")), Choice("no", t("onboarding.no")))
    if field.options_from is not None:
        return tuple(Choice(code, _label(reference, field.options_from, code)) for code in options(field, reference))
    return tuple(Choice(each.code, each.label.get(language())) for each in field.options)


def _skip_reasons(planned_step: PlannedStep, reference: Reference) -> tuple[Choice, ...]:
    """The reasons with which the step may be left out: of a required one only those that excuse it."""
    step = planned_step.step
    codes = [code for code in step.skip_reasons if planned_step.requirement != "R" or code in step.excuse_reasons]
    return tuple(Choice(code, _label(reference, "reasons", code)) for code in codes)


def _hints(step: Step, reason: str | None) -> tuple[str, ...]:
    """What may help: for the reason that was given, or for all."""
    if reason is not None and reason in step.hints:
        return (step.hints[reason].get(language()),)
    return tuple(each.get(language()) for each in step.hints.values())


def _label(reference: Reference, table: str, code: str) -> str:
    words = reference.label(table, code)
    return code if words is None else words.get(language())


def _consents(
    step: Step, state: JourneyState, flow: Flow, planned: Plan, reference: Reference, today: date
) -> tuple[ConsentView, ...]:
    policy = reference.policy(flow.consent.policy, today)
    if policy is None or step.id != flow.consent.step:
        return ()
    views = []
    for scope, targets in flow.consent.scopes.items():
        if planned.wanted not in targets:
            continue
        decision = state.consent(scope)
        status = consent_status(decision, policy, guardian=planned.guardian)
        views.append(
            ConsentView(
                policy=policy.id,
                version=policy.version,
                scope=scope,
                title=t(f"consent.scope.{scope}"),
                text=shown_text(policy, scope, language()),
                asked_again=status == "outdated",
                given=decision.given if decision is not None and status in {"given", "refused"} else None,
                guardian=planned.guardian,
            )
        )
    return tuple(views)


def _app_caption(reference: Reference) -> str:
    if reference.app is None:
        return ""
    app = reference.app
    return f"{app.name.get(language())} · {app.developer.get(language())}"
