"""What was known of links by hashes that are erased, in PostgreSQL (`rules/statistics/settling.py`)."""

from collections.abc import Collection, Mapping
from typing import cast

from branch_console.central.database import Connection
from branch_console.rules.statistics.settling import Settled

_SETTLED = "SELECT subject, later_of_wallet, repeat_of FROM fact_settled WHERE branch = %s AND subject = ANY(%s)"
_SETTLE = """
INSERT INTO fact_settled (branch, subject, later_of_wallet, repeat_of) VALUES (%s, %s, %s, %s)
ON CONFLICT (branch, subject) DO UPDATE
SET later_of_wallet = excluded.later_of_wallet, repeat_of = excluded.repeat_of
"""


async def settled_of(connection: Connection, branch: str, subjects: Collection[str]) -> dict[str, Settled]:
    """What is settled of these subjects, of those of which something is."""
    cursor = await connection.execute(_SETTLED, (branch, list(subjects)))
    rows = cast(list[tuple[str, bool, str | None]], await cursor.fetchall())
    return {subject: Settled(later, repeat) for subject, later, repeat in rows}


async def write_settled(connection: Connection, branch: str, settled: Mapping[str, Settled]) -> None:
    """Keep what is settled of subjects now; it stays when all rows are made anew."""
    rows = [(branch, subject, each.later_of_wallet, each.repeat_of) for subject, each in settled.items()]
    async with connection.cursor() as cursor:
        await cursor.executemany(_SETTLE, rows)
