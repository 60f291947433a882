"""Cells of exported tables: what somebody typed never becomes a formula in whoever's spreadsheet opens the file.

A spreadsheet takes a cell for a formula by its first sign, the full-width forms of some input methods included, and
drops blanks and invisible characters before it. A program that divides a line at another sign than we wrote makes new
cells in the middle of ours, so that a formula behind a separator is disarmed too (OWASP, “CSV Injection”).
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

Cell: TypeAlias = str | int | float | Decimal | None

LONGEST = 32_767
"""Characters that a cell of a workbook holds."""
GUARD = "'"
"""In front of a text it says “text”; spreadsheets do not show it."""

_FORMULA = frozenset("=+-@\u2212")
_SEPARATORS = frozenset(",;|，；")
_QUOTES = frozenset('"＂')
_BREAKS = re.compile(r"\s*[\t\r\n\v\f\x85\u2028\u2029]+\s*")
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def export_cell(value: object) -> Cell:
    """A value as it may stand in a cell of a CSV file or a workbook; a workbook writes texts as texts besides.

    Numbers stay numbers, so that a negative amount can be added up; truth values are yes and no; dates are ISO 8601.
    Everything else is a text in one line without control characters, with a `'` before whatever would be a formula.
    """
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case int() | Decimal():
            return value if _finite(value) else _guarded(str(value))
        case float():
            return value if _finite(Decimal(value)) else _guarded(str(value))
        case datetime() | date():
            return value.isoformat()
        case _:
            return _guarded(str(value))


def _finite(value: int | Decimal) -> bool:
    return isinstance(value, int) or value.is_finite()


def _guarded(text: str) -> str:
    """The text in one line, disarmed where a cell begins: at the start and behind every separator."""
    text = _BREAKS.sub(" ", _UNSTORABLE.sub("", text))[:LONGEST]
    parts: list[str] = []
    begins = True
    for character in text:
        if begins and _starts_formula(character):
            parts.append(GUARD)
            begins = False
        elif character in _SEPARATORS:
            begins = True
        elif not _skipped(character):
            begins = False
        parts.append(character)
    return "".join(parts)[:LONGEST]


def _starts_formula(character: str) -> bool:
    return character in _FORMULA or unicodedata.normalize("NFKC", character)[:1] in _FORMULA


def _skipped(character: str) -> bool:
    """What may stand before a formula: blanks, the quotation marks of a CSV file, what cannot be seen."""
    return character.isspace() or character in _QUOTES or unicodedata.category(character) in {"Cf", "Cc", "Mn", "Me"}
