"""Finding one case: by its number, by its subject, by what a new one may repeat; and the next number of a day."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import orjson
from sqlalchemy import Connection

from branch_console.rules.cases.numbers import case_number, read_number, tidy
from branch_console.rules.cases.states import CaseState
from branch_console.rules.narrative.duplicates import CLOSED_DAYS, Told
from data import meta
from data.case_lists import COLUMNS, CaseListed, listed
from data.identity import Identity
from data.reading import Reading
from data.restored_count import first_count
from data.store import Store

MOST = 200
"""Cases of each way of being alike that are compared, the newest first."""

_BY_NUMBER = "SELECT subject FROM case_row WHERE number = :number ORDER BY id LIMIT 1"
_BY_SUBJECTS = f"SELECT {COLUMNS} FROM case_row AS c WHERE c.subject IN (SELECT value FROM json_each(:subjects))"  # noqa: S608
_NUMBERS = "SELECT number FROM case_row WHERE number >= :first AND number < :behind"
_ALIKE = """
SELECT c.id, c.subject, c.received_day, c.branch, c.transaction_key, c.business, c.reason, c.text, c.over_day,
       (SELECT json_group_array(k.key) FROM case_key AS k WHERE k.case_id = c.id) AS keys
FROM case_row AS c WHERE c.id IN (
    SELECT id FROM (SELECT DISTINCT case_id AS id FROM case_key WHERE key IN (SELECT value FROM json_each(:keys))
                    ORDER BY case_id DESC LIMIT :most)
    UNION SELECT id FROM (SELECT id FROM case_row WHERE transaction_key = :transaction ORDER BY id DESC LIMIT :most)
    UNION SELECT id FROM (SELECT id FROM case_row WHERE received_day = :day AND branch = :branch
                          ORDER BY received_ms DESC LIMIT :most)
) AND c.status != 'merged' AND (c.over_day IS NULL OR c.over_day >= :since OR c.transaction_key = :transaction)
"""


def case_state(source: Store, subject: str) -> CaseState | None:
    """A case as folded, None when there is none."""
    found = source.state(subject)
    return found if isinstance(found, CaseState) and found.number else None


def case_line(source: Reading, subject: str) -> CaseListed | None:
    """One case as lists show it, None when there is none."""
    return next(iter(case_lines(source, [subject])), None)


def case_lines(source: Reading, subjects: Sequence[str]) -> list[CaseListed]:
    """These cases as lists show them, in the order given; unknown ones are left out."""
    with source.reading() as connection:
        acknowledged = meta.get_number(connection, meta.ACKNOWLEDGED)
        rows = connection.exec_driver_sql(_BY_SUBJECTS, {"subjects": orjson.dumps(list(subjects))}).all()
    found = {each.subject: each for each in (listed(row, acknowledged) for row in rows)}
    return [found[subject] for subject in subjects if subject in found]


def case_by_number(source: Reading, typed: str) -> str | None:
    """The case with this number as somebody typed it, or as a slip's code says it (`v1|number|token`)."""
    numbers = [part for part in typed.replace("\uff5c", "|").split("|") if read_number(part) is not None]
    if len(numbers) != 1:
        return None
    with source.reading() as connection:
        found = connection.exec_driver_sql(_BY_NUMBER, {"number": tidy(numbers[0])}).scalar_one_or_none()
    return None if found is None else str(found)


def next_count(connection: Connection, day: date) -> int:
    """What the next case of this terminal counts on that business day, from 1; inside the act that registers it.

    A store that was restored on that day may lack cases whose numbers stand on customers' slips; see `restored_count`.
    """
    identity = Identity.load(meta.get(connection, meta.IDENTITY) or "")
    issued = case_number(identity.branch, identity.terminal, day, 1)
    before = issued.rsplit("-", 2)[0]
    numbers = connection.exec_driver_sql(_NUMBERS, {"first": f"{before}-", "behind": f"{before}."}).scalars()
    used = max((parts.number for parts in map(read_number, numbers) if parts is not None), default=0)
    return max(used + 1, first_count(connection, identity, day))


def candidates(source: Reading, keys: Iterable[str], transaction_key: str | None, day: date, branch: str) -> list[Told]:
    """The cases that a new one may repeat, for `narrative.duplicates.duplicates`.

    The newest of these customers (keyed hashes), of this payment (keyed hash), and of that day at the branch; open, or
    closed not longer ago than counts; of the same payment whenever. A case that went on in another one is left out.
    """
    values = {
        "keys": orjson.dumps(list(keys)),
        "transaction": transaction_key or None,
        "day": day.isoformat(),
        "branch": branch,
        "since": (day - timedelta(days=CLOSED_DAYS)).isoformat(),
        "most": MOST,
    }
    with source.reading() as connection:
        rows = connection.exec_driver_sql(_ALIKE, values).all()
    return [
        Told(
            case=row.subject,
            day=date.fromisoformat(row.received_day) if row.received_day else day,
            branch=row.branch,
            customer=frozenset(orjson.loads(row.keys)),
            transaction=row.transaction_key or "",
            business=row.business,
            reason=row.reason,
            text=row.text,
            closed_on=None if row.over_day is None else date.fromisoformat(row.over_day),
        )
        for row in rows
    ]
