"""Who has a link name in common with subjects that have changed, and what was settled of links whose hashes are gone.

Names that lead from one subject to another contain keyed hashes of customers, so the store keeps digests of them.
"""

from collections.abc import Iterable, Mapping, Set
from hashlib import blake2b

import orjson
from sqlalchemy import Connection

from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.packing import unpack
from branch_console.rules.statistics.settling import Settled

_SHARING = """
SELECT subject, body FROM fact WHERE subject IN (
    SELECT link.subject FROM json_each(:names) AS wanted JOIN fact_link AS link ON link.name = wanted.value
) ORDER BY subject
"""
_SETTLED = """
SELECT kept.* FROM json_each(:subjects) AS wanted JOIN fact_settled AS kept ON kept.subject = wanted.value
"""
_SETTLE = """
INSERT INTO fact_settled(subject, later_of_wallet, repeat_of) VALUES (:subject, :later, :repeat)
ON CONFLICT(subject) DO UPDATE SET later_of_wallet = :later, repeat_of = :repeat
"""


def digest(name: str) -> int:
    """A link's name as the store keeps it. Of two names with one digest both are read; linking compares the names."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


def sharing(connection: Connection, names: Iterable[str], but: Set[str]) -> dict[str, Facts]:
    """The facts, without steps, of all subjects but these that have one of the names."""
    digests = orjson.dumps([digest(name) for name in names])
    rows = connection.exec_driver_sql(_SHARING, {"names": digests}).all()
    return {row.subject: unpack(row.body) for row in rows if row.subject not in but}


def settled_of(connection: Connection, subjects: Iterable[str]) -> dict[str, Settled]:
    """What is settled of these subjects, of those of which something is."""
    rows = connection.exec_driver_sql(_SETTLED, {"subjects": orjson.dumps(list(subjects))}).all()
    return {row.subject: Settled(bool(row.later_of_wallet), row.repeat_of) for row in rows}


def write_settled(connection: Connection, settled: Mapping[str, Settled]) -> None:
    """Keep what is settled of subjects now; it stays when all facts are made anew."""
    rows = [
        {"subject": subject, "later": each.later_of_wallet, "repeat": each.repeat_of}
        for subject, each in settled.items()
    ]
    if rows:
        connection.exec_driver_sql(_SETTLE, rows)
