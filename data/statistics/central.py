"""What central answered last to questions about figures: the area's branches, how wallets are used. For offline."""

from typing import NamedTuple

from data.reading import Reading
from data.store import Store

_PUT = """
INSERT INTO central_stats(name, as_of, body) VALUES (:name, :as_of, :body)
ON CONFLICT(name) DO UPDATE SET as_of = :as_of, body = :body
"""
_GET = "SELECT as_of, body FROM central_stats WHERE name = :name"


class CentralAnswer(NamedTuple):
    """An answer as it came, and of when it is (RFC 3339)."""

    as_of: str
    body: bytes


def put_central(store: Store, name: str, as_of: str, body: bytes) -> None:
    """Keep an answer in place of the one before."""
    with store.database.write() as connection:
        connection.exec_driver_sql(_PUT, {"name": name, "as_of": as_of, "body": body})


def central(source: Reading, name: str) -> CentralAnswer | None:
    """The last answer of that name, None when there was none."""
    with source.reading() as connection:
        row = connection.exec_driver_sql(_GET, {"name": name}).one_or_none()
    return None if row is None else CentralAnswer(row.as_of, row.body)
