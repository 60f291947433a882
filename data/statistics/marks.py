"""Small facts about the facts: which definitions made them, how often they have changed, and on which days."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import Connection

from data.reading import Reading

PLACE: Final = "place"
"""How often facts have changed, all in all; it only grows."""
VERSIONS: Final = "versions"
CUTOFFS: Final = "cutoffs"
STAGE: Final = "stage"
SWEPT: Final = "swept"
_DAY, _KIND = "day:", "kind:"
_GET = "SELECT value FROM stats_meta WHERE name = :name"
_PUT = "INSERT INTO stats_meta(name, value) VALUES (:name, :value) ON CONFLICT(name) DO UPDATE SET value = :value"
_BETWEEN = "SELECT name, value FROM stats_meta WHERE name BETWEEN :first AND :last"
_FORGET = "DELETE FROM stats_meta WHERE name BETWEEN 'day:' AND 'day;' OR name BETWEEN 'kind:' AND 'kind;'"


def get(connection: Connection, name: str) -> str | None:
    """The mark, None when it was never set."""
    value = connection.exec_driver_sql(_GET, {"name": name}).scalar_one_or_none()
    return None if value is None else str(value)


def number(connection: Connection, name: str) -> int:
    """The mark as a number, 0 when it was never set."""
    return int(get(connection, name) or 0)


def put(connection: Connection, name: str, value: str | int) -> None:
    """Set a mark."""
    connection.exec_driver_sql(_PUT, {"name": name, "value": str(value)})


def move(connection: Connection, days: Iterable[str], kinds: Iterable[str]) -> None:
    """Note that facts of these days and kinds have changed."""
    place = number(connection, PLACE) + 1
    names = [PLACE, *(f"{_DAY}{day}" for day in days), *(f"{_KIND}{kind}" for kind in kinds)]
    connection.exec_driver_sql(_PUT, [{"name": name, "value": str(place)} for name in names])


def forget_versions(connection: Connection) -> None:
    """Forget which days and kinds changed when: all of them are made anew. The place goes on."""
    connection.exec_driver_sql(_FORGET)


def place(source: Reading) -> int:
    """How often facts have changed here. What was read at a place is still so while the place is the same."""
    with source.reading() as connection:
        return number(connection, PLACE)


def day_versions(source: Reading, first: date, last: date) -> dict[date, int]:
    """The place at which a fact of each day changed last (also one whose limit runs out on it); other days: 0."""
    with source.reading() as connection:
        span = {"first": f"{_DAY}{first}", "last": f"{_DAY}{last}"}
        rows = connection.exec_driver_sql(_BETWEEN, span).all()
    return {date.fromisoformat(row.name.removeprefix(_DAY)): int(row.value) for row in rows}


def kind_versions(source: Reading) -> dict[str, int]:
    """The place at which a fact of each kind (`fact_day.kind`) changed last."""
    with source.reading() as connection:
        rows = connection.exec_driver_sql(_BETWEEN, {"first": _KIND, "last": "kind;"}).all()
    return {row.name.removeprefix(_KIND): int(row.value) for row in rows}
