"""A case's number: readable, said over the telephone, issued by the terminal alone, and never changed.

`TS-SZ01-7F3A-261122-0001-72`: branch, the last four digits of the terminal's id, business date, the terminal's count of
that day, and two check digits (ISO/IEC 7064, MOD 97-10) over all before them, which find every wrong digit, every wrong
letter, every swap of two neighbours, and 96 of 97 letters heard as a digit.
"""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

_FORM = re.compile(r"TS-([A-Z0-9_-]{1,32})-([0-9A-F]{4})-([0-9]{6})-([0-9]{4,5})-([0-9]{2})")
_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\uff0d\u2014\\s-]+")
_MOST = 99_999


class NumberParts(NamedTuple):
    """What a case's number says. `branch` and `terminal` in capitals; `number` counts within the day."""

    branch: str
    terminal: str
    day: str
    number: int


def case_number(branch: str, terminal: str, day: date, count: int) -> str:
    """The number of the `count`-th case (from 1) that a terminal takes down on a business day. Raises ValueError."""
    if not 1 <= count <= _MOST:
        raise ValueError(f"a case's number within a day is from 1 to {_MOST}")
    body = f"TS-{branch.upper()}-{terminal[-4:].upper()}-{day:%y%m%d}-{count:04d}"
    return f"{body}-{mod_97_10.calc_check_digits(_letters(body))}"


def read_number(typed: str) -> NumberParts | None:
    """What a number says that somebody typed or heard; None if it is not a case's number or its check does not fit.

    Case, blanks, full-width characters and the kind of dash do not matter.
    """
    number = tidy(typed)
    found = _FORM.fullmatch(number)
    if found is None or not number_is_right(number):
        return None
    branch, terminal, day, count, _ = found.groups()
    return NumberParts(branch, terminal, day, int(count))


def number_is_right(typed: str) -> bool:
    """Whether it has the form of a number and the right check digits."""
    number = tidy(typed)
    if _FORM.fullmatch(number) is None:
        return False
    try:
        mod_97_10.validate(_letters(number))
    except ValidationError:
        return False
    return True


def tidy(typed: str) -> str:
    """A number as it was issued, from what somebody typed."""
    plain = unicodedata.normalize("NFKC", typed).strip().upper()
    return _DASHES.sub("-", plain)


def _letters(number: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", number.upper())
