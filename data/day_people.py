"""The people whom a branch received on a day, by their keyed hashes: what a campaign is tried on."""

from typing import NamedTuple

import orjson

from data.reading import Reading

_RECEIVED = """
SELECT subject, person_keys FROM journey_row WHERE started_day = :day AND person_keys <> '[]' ORDER BY id LIMIT :limit
"""


class DayPerson(NamedTuple):
    """A journey and the keyed hashes (of phone, document) that stand in it."""

    journey: str
    keys: list[str]


def people_of_day(source: Reading, day: str, limit: int = 5000) -> list[DayPerson]:
    """The journeys started on a business date (YYYY-MM-DD) of whom a key is known; those erased since are left out."""
    with source.reading() as connection:
        rows = connection.exec_driver_sql(_RECEIVED, {"day": day, "limit": limit}).all()
    return [DayPerson(row.subject, orjson.loads(row.person_keys)) for row in rows]
