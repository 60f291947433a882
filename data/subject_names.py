"""What lists call subjects, masked: names of customers, numbers of cases and receipts. For many subjects at once."""

from collections.abc import Iterable
from typing import Final, NamedTuple

import orjson

from data.reading import Reading

_AMONG: Final = "subject IN (SELECT value FROM json_each(:subjects))"
_NAMED: Final = {
    "journey": f"SELECT subject, masked_name AS name, '' AS number FROM journey_row WHERE {_AMONG}",  # noqa: S608
    "claim": f"SELECT subject, name, number FROM claim_row WHERE {_AMONG}",  # noqa: S608
    "case": f"SELECT subject, name, number FROM case_row WHERE {_AMONG}",  # noqa: S608
}


class Named(NamedTuple):
    """A subject as lists name it; empty where there is nothing (any more)."""

    name: str
    number: str


def names_of(source: Reading, subjects: Iterable[str]) -> dict[str, Named]:
    """The names of journeys, claims and cases; other subjects and unknown ones are left out."""
    by_kind: dict[str, list[str]] = {}
    for subject in subjects:
        by_kind.setdefault(subject.partition("/")[0], []).append(subject)
    found: dict[str, Named] = {}
    with source.reading() as connection:
        for kind, asked in by_kind.items():
            if kind in _NAMED:
                rows = connection.exec_driver_sql(_NAMED[kind], {"subjects": orjson.dumps(asked).decode()})
                found.update((row.subject, Named(row.name or "", row.number or "")) for row in rows)
    return found
