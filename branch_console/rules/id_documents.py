"""Identity documents, checked by the form of their numbers.

Where a library is wrong in the field (python-stdnum refuses regions that were renamed, phonenumbers takes landlines),
the rule here decides and the library only hints. Everything is NFKC-normalised first: a Chinese input method types
full-width digits. Errors are RuleErrors whose code has words; what is only doubtful is a hint.
"""

import re
from collections.abc import Callable
from datetime import date

from branch_console.rules.errors import RuleError
from branch_console.rules.masking import mask_document
from branch_console.rules.numbers import Valid, looks_like_card, normalise

MAX_AGE = 120

_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")
_OLD_RESIDENT = re.compile(r"[0-9]{15}")
_RESIDENCE_PERMIT = re.compile(r"8[123]0000[0-9]{11}[0-9X]")
_FOREIGN_RESIDENT = re.compile(r"9[0-9]{16}[0-9X]")
_OLD_FOREIGN_RESIDENT = re.compile(r"[A-Z]{3}[0-9]{12}")
_HK_MACAU = re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?")
_TAIWAN = re.compile(r"[0-9]{8}|[0-9]{10}")
_PASSPORT = re.compile(r"[A-Z0-9]{5,12}")
_CHINESE_PASSPORT = re.compile(r"(?:[GEDPS][0-9]{8}|E[A-Z][0-9]{7}|(?:DE|SE|PE|MA)[0-9]{7})")


def check_document(check: str, typed: str, on: date) -> Valid:
    """Check a document's number by the rule of that name (the `check` of data/reference/codes/documents).

    `on` is the business date, for the age. Raises RuleError.
    """
    number = normalise(typed)
    if not number:
        raise RuleError("document_missing")
    rule = DOCUMENTS.get(check)
    if rule is None:
        raise RuleError("document_type_unknown")
    try:
        return rule(number, on)
    except RuleError as error:
        if error.code == "document_form" and looks_like_card(number):
            raise RuleError("card_number_typed") from None
        raise


def check_any_document(typed: str, on: date) -> Valid:
    """Check a number whose kind nobody has said, for look-ups: the surest kind that fits. Raises RuleError."""
    for check in ("resident", "hk_macau", "foreign_resident", "taiwan", "passport"):
        try:
            return check_document(check, typed, on)
        except RuleError:
            continue
    raise RuleError("document_form")


def age(born: date, on: date) -> int:
    """Full years on a business date; somebody born on 29 February is a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _resident(number: str, on: date) -> Valid:
    """Resident identity card: form, date, age 0–120, ISO 7064 MOD 11-2 (GB 11643). The region only hints."""
    if _OLD_RESIDENT.fullmatch(number):
        raise RuleError("document_15_digits")
    if _RESIDENCE_PERMIT.fullmatch(number) or number.startswith("9"):
        raise RuleError("document_other_type")
    if not _RESIDENT.fullmatch(number):
        raise RuleError("document_form")
    born = _born(number, on)
    return Valid(number, mask_document(number), () if _region_known(number) else ("check_region",), "IT01", born)


def _household(number: str, on: date) -> Valid:
    return _resident(number, on)._replace(doc_type="IT04")


def _temporary(number: str, on: date) -> Valid:
    return _resident(number, on)._replace(doc_type="IT08")


def _residence_permit(number: str, on: date) -> Valid:
    """Residence permit for Hong Kong, Macau and Taiwan residents: 810000, 820000 or 830000 and as a resident card."""
    if not _RESIDENCE_PERMIT.fullmatch(number):
        raise RuleError("document_form")
    return Valid(number, mask_document(number), (), None, _born(number, on))


def _foreign_resident(number: str, on: date) -> Valid:
    """Foreigners' permanent residence card: the form of 2023 (9…, 18 characters) or the old one (3 letters, 12 digits).

    New: 9, region (2), country (3), date of birth (8), sequence (3), check digit.
    """
    if _OLD_FOREIGN_RESIDENT.fullmatch(number):
        return Valid(number, mask_document(number), ("old_form",), "IT09")
    if not _FOREIGN_RESIDENT.fullmatch(number):
        raise RuleError("document_form")
    return Valid(number, mask_document(number), (), "IT09", _born(number, on))


def _hk_macau(number: str, on: date) -> Valid:
    """Mainland travel permit for Hong Kong and Macau residents; or their residence permit."""
    if _RESIDENCE_PERMIT.fullmatch(number):
        return _residence_permit(number, on)._replace(doc_type="IT06")
    if not _HK_MACAU.fullmatch(number):
        raise RuleError("document_form")
    return Valid(number, mask_document(number), (), "IT06")


def _taiwan(number: str, on: date) -> Valid:
    """Mainland travel permit for Taiwan residents: 8 digits, old 10; or their residence permit."""
    if _RESIDENCE_PERMIT.fullmatch(number):
        return _residence_permit(number, on)._replace(doc_type="IT07")
    if not _TAIWAN.fullmatch(number):
        raise RuleError("document_form")
    return Valid(number, mask_document(number), () if len(number) == 8 else ("old_form",), "IT07")


def _passport(number: str, on: date) -> Valid:
    """Passport of any country: letters and digits. Too strict a rule would refuse real passports."""
    del on
    if not _PASSPORT.fullmatch(number) or not any(each.isdigit() for each in number):
        raise RuleError("document_form")
    hints = ("chinese_passport",) if _CHINESE_PASSPORT.fullmatch(number) else ()
    return Valid(number, mask_document(number), hints, "IT03")


def _uscc(number: str, on: date) -> Valid:
    """Unified social credit code of a company or shop (GB 32100)."""
    del on
    from stdnum.cn import uscc  # noqa: PLC0415

    if not uscc.is_valid(number):
        raise RuleError("document_checksum")
    return Valid(number, mask_document(number), (), "IT14")


def _other(number: str, on: date) -> Valid:
    """A document without a rule of form that we know: 4–30 letters and digits."""
    del on
    if not re.fullmatch(r"[\w]{4,30}", number):
        raise RuleError("document_form")
    if looks_like_card(number):
        raise RuleError("document_form")
    return Valid(number, mask_document(number), ("form_not_checked",))


def _born(number: str, on: date) -> date:
    """The date of birth in an 18-digit number whose checksum is right. Raises RuleError."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise RuleError("document_birth_date") from None
    if check_digit(number[:17]) != number[17]:
        raise RuleError("document_checksum")
    if not 0 <= age(born, on) <= MAX_AGE:
        raise RuleError("document_age", most=MAX_AGE)
    return born


def check_digit(digits: str) -> str:
    """The check character of 17 digits by ISO 7064 MOD 11-2 (GB 11643-1999)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return "10X98765432"[total % 11]


def _region_known(number: str) -> bool:
    """Whether the region code existed in the year of birth. Often false for real people, so only a hint."""
    from stdnum.cn import ric  # noqa: PLC0415
    from stdnum.exceptions import ValidationError  # noqa: PLC0415

    try:
        ric.get_birth_place(number)
    except ValidationError:
        return False
    return True


DOCUMENTS: dict[str, Callable[[str, date], Valid]] = {
    "resident": _resident,
    "household": _household,
    "temporary": _temporary,
    "hk_macau": _hk_macau,
    "taiwan": _taiwan,
    "foreign_resident": _foreign_resident,
    "passport": _passport,
    "uscc": _uscc,
    "other": _other,
}
