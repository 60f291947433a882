"""Telephone numbers of customers: mobile phones only, mainland by form, others by the tables of phonenumbers."""

import re

from branch_console.rules.errors import RuleError
from branch_console.rules.masking import mask_phone
from branch_console.rules.numbers import Valid, normalise

_NUMBER = re.compile(r"\+?[0-9]{1,20}")
_PREFIX = re.compile(r"^(?:\+?0{0,2}86)(?=1[3-9][0-9]{9}$)")
_MAINLAND = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(?:\+?0{0,2}86)?0?(?!1[3-9])[1-9][0-9]{1,2}[0-9]{7,8}")


def check_phone(typed: str, *, foreign: bool = False) -> Valid:
    """Check a mobile number; `foreign` allows numbers from outside the mainland, typed with their country code.

    `value` is the 11 digits of a mainland number, or E.164. A mainland prefix that the tables do not know yet is a hint
    (`new_prefix`): the tables age. Raises RuleError.
    """
    number = normalise(typed)
    if not number:
        raise RuleError("phone_missing")
    if not _NUMBER.fullmatch(number):
        raise RuleError("phone_form")
    local = _PREFIX.sub("", number)
    if _MAINLAND.fullmatch(local):
        return Valid(local, mask_phone(local), () if _known_mobile(local) else ("new_prefix",))
    if number.startswith("00"):
        number = f"+{number[2:]}"
    if number.startswith("+86") or not number.startswith("+"):
        landline = len(local) != 11 and _LANDLINE.fullmatch(number) is not None
        raise RuleError("phone_landline" if landline or local.startswith("0") else "phone_form")
    if not foreign:
        raise RuleError("phone_foreign")
    return _foreign(number)


def _known_mobile(number: str) -> bool:
    """Whether the tables know the prefix as a mobile one."""
    import phonenumbers  # noqa: PLC0415

    parsed = phonenumbers.parse(number, "CN")
    return phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE


def _foreign(number: str) -> Valid:
    """A number from abroad: possible, valid, and of a kind that can receive messages."""
    import phonenumbers  # noqa: PLC0415

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        raise RuleError("phone_form") from None
    if not phonenumbers.is_valid_number(parsed):
        raise RuleError("phone_form")
    kinds = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
    if phonenumbers.number_type(parsed) not in kinds:
        raise RuleError("phone_landline")
    value = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return Valid(value, mask_phone(value))
