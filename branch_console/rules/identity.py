"""What identifies a person: documents, phones, names. Each check gives a `Valid` or raises a RuleError with a code."""

from branch_console.rules.id_documents import age, check_any_document, check_digit, check_document
from branch_console.rules.numbers import MAX_NAME, Valid, check_name, looks_like_card, normalise
from branch_console.rules.phones import check_phone

__all__ = [
    "MAX_NAME",
    "Valid",
    "age",
    "check_any_document",
    "check_digit",
    "check_document",
    "check_name",
    "check_phone",
    "looks_like_card",
    "normalise",
]
