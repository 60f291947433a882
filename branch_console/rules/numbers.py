"""What all numbers of people have in common: the way they are normalised, what a check returns, card numbers."""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from branch_console.rules.errors import RuleError
from branch_console.rules.masking import mask_name

MAX_NAME = 64

_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")
_CARD = re.compile(r"[0-9]{13,19}")
_SEPARATORS = re.compile(r"[\s\-‐-―・·.,_/()]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")


class Valid(NamedTuple):
    """A number of the right form. `value` is normalised, `hints` are codes of doubts (msgid `hint.<code>`).

    `doc_type` and `born` are known for documents that carry them.
    """

    value: str
    masked: str
    hints: tuple[str, ...] = ()
    doc_type: str | None = None
    born: date | None = None


def normalise(typed: str) -> str:
    """NFKC, without spaces, hyphens and invisible characters, in capitals."""
    return _SEPARATORS.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", typed))).upper()


def looks_like_card(typed: str) -> bool:
    """Whether the text is a whole bank card number (13–19 digits, Luhn). It must then be discarded, never stored."""
    number = normalise(typed)
    return _CARD.fullmatch(number) is not None and _luhn(number)


def check_name(typed: str) -> Valid:
    """A name of 1–64 characters; any script, `·` and rare Han included. `typed` is already cleaned."""
    name = " ".join(typed.split())
    if not name:
        raise RuleError("name_missing")
    if len(name) > MAX_NAME:
        raise RuleError("name_too_long", most=MAX_NAME)
    if looks_like_card(name) or _RESIDENT.fullmatch(normalise(name)):
        raise RuleError("name_is_number")
    return Valid(name, mask_name(name))


def _luhn(number: str) -> bool:
    """ISO/IEC 7812-1."""
    doubled = (2 * int(digit) for digit in number[-2::-2])
    total = sum(int(digit) for digit in number[-1::-2]) + sum(each - 9 if each > 9 else each for each in doubled)
    return total % 10 == 0
