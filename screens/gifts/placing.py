"""Where on a gift form a refusal of the rules belongs that names no field itself."""

from typing import Final

from branch_console.rules.errors import CodedError, FieldError, FieldErrors

SECOND: Final = ("second_staff", "password")
"""Fields of the second person, who has one place for what is wrong."""
_PLACES: Final = {
    **dict.fromkeys(("second_staff_needed", "second_staff_unknown", "second_person_same"), "second_staff"),
    **dict.fromkeys(("second_person_role", "approver_pair_limit"), "second_staff"),
    **dict.fromkeys(("second_person_password", "unlock_wrong", "unlock_wait", "unlock_blocked"), "password"),
    **dict.fromkeys(("choice_unknown", "goods_expired", "stock_not_there", "stock_nothing_left"), "choice"),
    **dict.fromkeys(("reason_missing", "reason_unknown"), "reason"),
    "reason_needs_note": "note",
    "confirmation_missing": "confirmation",
    "terms_not_accepted": "terms",
}


def placed(error: Exception) -> list[FieldError]:
    """The errors of a refusal with the fields that they belong to; none when it belongs to no field."""
    if isinstance(error, FieldErrors):
        return list(error.errors)
    if isinstance(error, FieldError):
        return [error]
    if isinstance(error, CodedError) and error.code in _PLACES:
        return [FieldError(_PLACES[error.code], error.code, **error.params)]
    return []
