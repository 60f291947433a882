"""Whether answers may stand in an entry: the right form for their field, known codes, and consent for what is personal.

What people typed becomes answers in `answers.py`; this is the check of what is about to be written.
"""

import re
from collections.abc import Mapping
from typing import Any

from branch_console.rules.completeness import check_complete, consented, may_ask
from branch_console.rules.entries import MAX_TEXT
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from branch_console.rules.flow import Field, Step
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.reference import Reference

__all__ = ["DERIVED", "check_answers", "check_complete", "may_ask", "options"]

_LAST4 = re.compile(r"[0-9]{4}")
_WALLET_TAIL = re.compile(r"[0-9]{6}\*{6}[0-9]{4}")
MAX_NAME = 64


# Answers that follow from a document and are written with it: its kind, and the age band of its owner.
DERIVED = frozenset({"doc_type", "age_band"})


def options(field: Field, reference: Reference) -> list[str]:
    """The codes that a choice takes."""
    if field.options_from is not None:
        return [row.code for row in reference.codes(field.options_from, field.id)]
    return [each.code for each in field.options]


def check_answers(step: Step, state: JourneyState, answers: Mapping[str, Any], reference: Reference) -> None:
    """Raise RuleError or FieldErrors unless these answers may be written for the step now."""
    asked = {each.id: each for each in step.fields}
    document = next((each for each in step.fields if each.kind == "document"), None)
    wrong: list[FieldError] = []
    for name, value in answers.items():
        field = asked.get(name)
        if field is None:
            if document is None or name not in DERIVED or not isinstance(value, str):
                raise RuleError("field_unknown", field=name)
            field = document.model_copy(update={"id": name, "kind": "text"})
        if field.personal is not None:
            _check_consent(state, field.personal, name)
        if not _fits(field, value, reference):
            wrong.append(FieldError(name, "answer_form"))
    if wrong:
        raise FieldErrors(wrong)


def _check_consent(state: JourneyState, scope: str, field: str) -> None:
    if not consented(state, scope):
        raise RuleError("personal_without_consent", field=field, scope=scope)


def _fits(field: Field, value: Any, reference: Reference) -> bool:
    """Whether a value has the form of the field's kind. A person's number stands only as mask and keyed hash."""
    match field.kind:
        case "choice":
            fits = type(value) is str and value in options(field, reference)
        case "choices":
            fits = (
                type(value) is list and len(set(value)) == len(value) and set(value) <= set(options(field, reference))
            )
        case "yesno":
            fits = type(value) is bool
        case "number":
            fits = type(value) is int and _within(field, value)
        case "text":
            fits = type(value) is str and len(value) <= (field.maximum or MAX_TEXT)
        case "name":
            fits = type(value) is str and 1 <= len(value) <= MAX_NAME
        case "phone" | "document":
            fits = type(value) is dict and value.keys() == {"masked", "key"} and "*" in value["masked"]
        case "last4":
            fits = type(value) is str and _LAST4.fullmatch(value) is not None
        case "wallet_tail":
            fits = type(value) is str and _WALLET_TAIL.fullmatch(value) is not None
    return fits


def _within(field: Field, value: int) -> bool:
    return (field.minimum is None or value >= field.minimum) and (field.maximum is None or value <= field.maximum)
