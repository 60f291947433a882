"""Entries that could not be used, here or at central: kept, listed, and in nobody's way."""

from typing import NamedTuple

from sqlalchemy import Connection

_UNUSED = """
SELECT q.terminal, q.seq, q.source, COALESCE(e.type, ''), COALESCE(e.subject, ''), q.code, q.detail
FROM (
    SELECT terminal, seq, source, code, detail FROM quarantined
    UNION ALL
    SELECT terminal, seq, 'fold', code, detail FROM unfolded
) AS q
LEFT JOIN entry AS e ON e.terminal = q.terminal AND e.seq = q.seq
ORDER BY q.terminal, q.seq
"""


class QuarantinedEntry(NamedTuple):
    """An entry that could not be used.

    `source`: central (an own entry that central cannot fold), feed (it fits no chain), fold (this version cannot).
    """

    terminal: str
    seq: int
    source: str
    type: str
    subject: str
    code: str
    detail: str


def unused(connection: Connection) -> list[QuarantinedEntry]:
    """Everything that a person should look at because it could not be used."""
    return [QuarantinedEntry(*row) for row in connection.exec_driver_sql(_UNUSED)]
