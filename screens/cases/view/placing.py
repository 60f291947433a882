"""Where on the form of an act a refusal belongs that names no question itself, or names it as the entry does."""

from typing import Final

from branch_console.rules.errors import CodedError, FieldError, FieldErrors

_PLACES: Final = {
    **dict.fromkeys(("approver_missing", "approver_same", "approver_role"), "second_staff"),
    **dict.fromkeys(("unlock_wrong", "unlock_wait", "unlock_blocked", "second_person_password"), "password"),
    "case_own_interest": "no_interest",
    "decision_missing": "ends_with",
    "owner_same": "to",
    "level_not_higher": "level",
    "kind_same": "kind",
    "codes_same": "category",
    "extension_superior": "approval",
    "extension_needs": "approval",
    "evidence_there_already": "path",
    "staff_unknown": "second_staff",
    "staff_inactive": "second_staff",
}
_NAMED: Final = {"promise": "promise_at", "transaction": "disputed", "source": "regulator", "contact": "promise_way"}
"""What an entry calls otherwise than its form."""


def placed(error: Exception) -> list[FieldError]:
    """The errors of a refusal with the questions that they belong to; none when it belongs to no question."""
    if isinstance(error, FieldErrors):
        return [_renamed(each) for each in error.errors]
    if isinstance(error, FieldError):
        return [_renamed(error)]
    if isinstance(error, CodedError) and error.code in _PLACES:
        return [FieldError(_PLACES[error.code], error.code, **error.params)]
    return []


def _renamed(error: FieldError) -> FieldError:
    return FieldError(_NAMED.get(error.field, error.field), error.code, **error.params)
