"""What a step asks of this customer, and what of it is still unanswered."""

from branch_console.rules.conditions import Value
from branch_console.rules.consent import consent_status
from branch_console.rules.errors import FieldError, FieldErrors
from branch_console.rules.flow import Field, Step
from branch_console.rules.journey_state import JourneyState


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


def applicable_fields(step: Step, state: JourneyState) -> list[Field]:
    """The fields that are asked: those without condition and those whose condition holds."""
    return [each for each in step.fields if each.when is None or each.when.holds(lambda name: fact(state, name))]


def may_ask(field: Field, state: JourneyState) -> bool:
    """Whether the field may be asked: without consent nothing personal is stored."""
    return field.personal is None or consented(state, field.personal)


def consented(state: JourneyState, scope: str) -> bool:
    """Whether data of that scope may be stored."""
    decision = state.consent(scope)
    return decision is not None and decision.given and decision.withdrawn_at is None


def unanswered(step: Step, state: JourneyState) -> list[FieldError]:
    """The required fields that apply and are not answered, or not as they must be for the step to be done."""
    found = state.steps.get(step.id)
    answers = {} if found is None else found.answers
    wrong: list[FieldError] = []
    for field in applicable_fields(step, state):
        if not may_ask(field, state):
            continue
        value = answers.get(field.id)
        if value in (None, "", []):
            if field.required:
                wrong.append(FieldError(field.id, "answer_missing"))
        elif field.must and value not in field.must:
            wrong.append(FieldError(field.id, "answer_must"))
    return wrong


def check_complete(step: Step, state: JourneyState) -> None:
    """Raise FieldErrors unless every required field that applies is answered, and as it must be."""
    if wrong := unanswered(step, state):
        raise FieldErrors(wrong)
