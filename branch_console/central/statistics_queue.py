"""Which subjects have changed since their rows were made: noted by the transaction that stores their entries.

Rows are only added here, so no push waits for whoever counts. What a push changes it notes in its last statement
(`store.py`), with the entries that did it.
"""

from collections.abc import Iterable, Sequence

from branch_console.central.database import Connection
from branch_console.rules.statistics.deriving_all import KINDS

_AGAIN = """
INSERT INTO fact_due (branch, subject, writer, first_seq, last_seq)
SELECT %s, subject, '', 1, 0 FROM unnest(%s::text[]) AS subject
"""


def counted_subjects(subjects: Iterable[str]) -> list[str]:
    """Those of the subjects of which figures count something."""
    return [each for each in subjects if each.partition("/")[0] in KINDS]


async def queue_again(connection: Connection, branch: str, subjects: Sequence[str]) -> None:
    """Note subjects that were folded anew though no entry has come."""
    some = counted_subjects(subjects)
    if some:
        await connection.execute(_AGAIN, (branch, some))
