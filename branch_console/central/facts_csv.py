"""Facts as CSV: UTF-8, a header line, one fact of one person in each line.

Columns, in any order: `kind` (document, phone or wallet), `number` or `key` (exactly one of them filled in), `fact`,
`value` (JSON) and `as_of` (RFC 3339 with an offset). Written for people by `branch-console central facts schema`.
"""

import csv
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import cast

from branch_console.central.facts_import import KINDS, Problem, Row
from branch_console.sync.wire_gifts import PERSON_KEY

MOST_VALUE = 60_000  # characters of one value

_REQUIRED = {"kind", "fact", "value", "as_of"}
_KNOWN = _REQUIRED | {"number", "key"}
_KEY = re.compile(PERSON_KEY)


class CsvCore:
    """A CSV file as a source of facts."""

    def __init__(self, path: Path) -> None:
        """The file is opened when it is read."""
        self._path = path

    @property
    def name(self) -> str:
        """The file's own name."""
        return self._path.name

    def rows(self) -> Iterator[Row | Problem]:
        """Each line's fact, or what is wrong with it. Raises OSError."""
        with self._path.open(encoding="utf-8-sig", newline="") as file:
            try:
                yield from _lines(csv.DictReader(file, strict=True))
            except UnicodeDecodeError:
                yield Problem("file", "is not UTF-8")


def _lines(reader: "csv.DictReader[str]") -> Iterator[Row | Problem]:
    try:
        columns = list(reader.fieldnames or ())
        wrong = _columns_problem(columns)
        if wrong:
            yield Problem("line 1", wrong)
            return
        for fields in reader:
            yield _row(f"line {reader.line_num}", cast(dict[str | None, str | None], fields))
    except csv.Error as error:
        yield Problem(f"line {reader.reader.line_num}", f"is not CSV: {error}")


def _columns_problem(columns: list[str]) -> str:
    missing, unknown = _REQUIRED - set(columns), set(columns) - _KNOWN
    if len(columns) != len(set(columns)):
        return "a column stands twice"
    if missing:
        return f"columns are missing: {', '.join(sorted(missing))}"
    if unknown:
        return "columns are unknown: " + ", ".join(sorted(each[:40] for each in unknown))
    return "" if {"number", "key"} & set(columns) else "neither number nor key is there"


class _WrongError(ValueError):
    """What is wrong with a line, in words."""


def _row(place: str, fields: dict[str | None, str | None]) -> Row | Problem:
    try:
        if None in fields or None in fields.values():
            raise _WrongError("has more or fewer fields than the header")
        given = {str(name): str(value).strip() for name, value in fields.items()}
        number, key = _who(given)
        kind = next((each for each in KINDS if each == given["kind"]), None)
        if kind is None:
            raise _WrongError(f"kind is none of {', '.join(KINDS)}")
        return Row(place, kind, number, key, given["fact"], _value(given["value"]), _moment(given["as_of"]))
    except _WrongError as error:
        return Problem(place, str(error))


def _who(given: dict[str, str]) -> tuple[str | None, str | None]:
    """The number or the key."""
    number, key = given.get("number") or None, given.get("key") or None
    if (number is None) == (key is None):
        raise _WrongError("exactly one of number and key must be filled in")
    if key is not None and not _KEY.fullmatch(key):
        raise _WrongError("key is not k<version>:<keyed hash>")
    return number, key


def _value(text: str) -> object:
    if len(text) > MOST_VALUE:
        raise _WrongError(f"value is longer than {MOST_VALUE} characters")
    try:
        return json.loads(text, parse_float=_fraction, parse_constant=_fraction)
    except _WrongError:
        raise
    except (ValueError, RecursionError) as error:
        raise _WrongError("value is not JSON (a text stands in double quotes, which CSV doubles)") from error


def _fraction(text: str) -> object:
    raise _WrongError(f"value holds {text[:20]}: there are no fractions, amounts are whole fen")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise _WrongError("as_of is no moment such as 2026-12-12T09:30:00+08:00") from error
    if moment.tzinfo is None:
        raise _WrongError("as_of has no offset from UTC")
    return moment
