"""Check answers: everything that the customer said, masked, and what is still missing."""

from branch_console.desk import look_up
from branch_console.desk.desk import Desk
from branch_console.locale import language, t
from branch_console.rules.journey_state import ConsentState
from branch_console.rules.masking import mask_name
from branch_console.rules.planning import applicable_fields, plan
from branch_console.services.step_view import field_view
from branch_console.views import ReviewLine, ReviewView


def review(desk: Desk, subject: str) -> ReviewView:
    """The answers of a journey, in the order of its path. Raises RuleError."""
    state = look_up.journey(desk, subject)
    flow = desk.flow_of(state)
    reference = desk.store.reference
    planned = plan(flow, state, reference.policy(flow.consent.policy, desk.today()))
    lines = []
    for each in planned.path:
        title = each.step.title.get(language())
        for asked in applicable_fields(each.step, state):
            view = field_view(asked, each.step.id, state, reference, {}, {})
            if view.value:
                shown = mask_name(view.shown) if view.kind == "name" else view.shown
                lines.append(ReviewLine(each.step.id, title, view.label, shown, not state.ended))
        if each.step.id == flow.consent.step:
            lines += [
                ReviewLine(each.step.id, title, *_consent_words(said), not state.ended) for said in state.consents
            ]
    return ReviewView(
        subject=subject,
        lines=tuple(lines),
        missing=tuple(each.step.title.get(language()) for each in planned.missing if not each.step.confirms),
    )


def _consent_words(consent: ConsentState) -> tuple[str, str]:
    """Which consent, and what the customer said."""
    if consent.withdrawn_at:
        said = t("consent.said.withdrawn")
    else:
        said = t("consent.said.given") if consent.given else t("consent.said.refused")
    return t(f"consent.scope.{consent.scope}"), said
