"""Complaints and disputes by keyed hash, kept by the transaction that stores the entries; never what stands in them.

One statement for all cases of a batch. A case that has a new key is queued for whoever looks for others with the same;
a push never waits for that.
"""

from collections.abc import Sequence

import orjson

from branch_console.central.database import Connection
from branch_console.central.folding import Folded
from branch_console.rules.cases.states import CaseState
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.journal import parse_at

WAKE = "cases"
"""The channel on which those who look for duplicates are woken."""
PERSONS = ("person", "phone", "wallet")
"""Scopes of keys by which a customer is the same."""

_GONE = "DELETE FROM case_trace WHERE branch = %s AND subject = ANY(%s)"
_TRACE = """
WITH cases AS (
    SELECT * FROM jsonb_to_recordset(%(cases)s) AS c (
        subject text, terminal text, number text, received_at timestamptz, closed_on date, business text, reason text)
)
INSERT INTO case_trace AS t (branch, subject, terminal, number, received_at, closed_on, business, reason)
SELECT %(branch)s, subject, terminal, number, received_at, closed_on, business, reason FROM cases
ON CONFLICT (branch, subject) DO UPDATE SET closed_on = excluded.closed_on, business = excluded.business,
    reason = excluded.reason, received_at = excluded.received_at
"""
_KEYS = """
WITH keys AS (
    SELECT * FROM jsonb_to_recordset(%(keys)s) AS k (subject text, key text, payment boolean)
), gone AS (
    DELETE FROM case_trace_key o WHERE o.branch = %(branch)s AND o.subject = ANY(%(subjects)s)
    AND NOT EXISTS (SELECT 1 FROM keys k WHERE k.subject = o.subject AND k.key = o.key)
), added AS (
    INSERT INTO case_trace_key (key, branch, subject, payment)
    SELECT key, %(branch)s, subject, payment FROM keys ON CONFLICT DO NOTHING RETURNING subject
), queued AS (
    INSERT INTO case_queue (branch, subject) SELECT DISTINCT %(branch)s, subject FROM added RETURNING 1
)
SELECT pg_notify(%(wake)s, '') FROM queued LIMIT 1
"""


async def trace_cases(connection: Connection, branch: str, changed: Sequence[tuple[str, Folded]]) -> None:
    """Bring the traces of the cases that changed up to date. Makes no statement when there are none.

    What is no complaint any more, was merged, or has lost its person by an erasure leaves no trace.
    """
    states = [
        (subject, FOLDS["case"].load(folded.stored.state))
        for subject, folded in changed
        if subject.startswith("case/") and folded.stored.state is not None
    ]
    cases = [(subject, state) for subject, state in states if isinstance(state, CaseState)]
    if not cases:
        return
    traced = [(subject, state) for subject, state in cases if _leaves_trace(state)]
    gone = sorted({subject for subject, _ in cases} - {subject for subject, _ in traced})
    if gone:
        await connection.execute(_GONE, (branch, gone))
    if not traced:
        return
    rows = orjson.dumps([_row(subject, state) for subject, state in traced]).decode()
    await connection.execute(_TRACE, {"branch": branch, "cases": rows})
    keys = orjson.dumps(
        [
            {"subject": subject, "key": key, "payment": payment}
            for subject, each in traced
            for key, payment in _keys(each)
        ]
    ).decode()
    subjects = [subject for subject, _ in traced]
    await connection.execute(_KEYS, {"branch": branch, "keys": keys, "subjects": subjects, "wake": WAKE})


def _leaves_trace(state: CaseState) -> bool:
    return bool(state.number) and state.is_complaint and state.status != "merged" and bool(_keys(state))


def _keys(state: CaseState) -> list[tuple[str, bool]]:
    """The keys of the customer, and that of the payment (True)."""
    keys: dict[str, bool] = {}
    if state.customer is not None:
        keys |= {key: False for scope, key in state.customer.keys.items() if scope in PERSONS}
    if state.transaction is not None and state.transaction.key is not None:
        keys[state.transaction.key] = True
    return sorted(keys.items())


def _row(subject: str, state: CaseState) -> dict[str, object]:
    codes = state.codes
    return {
        "subject": subject,
        "terminal": state.terminal,
        "number": state.number,
        "received_at": _moment(state.received_at),
        "closed_on": _day(state),
        "business": "" if codes is None else codes.business,
        "reason": "" if codes is None else codes.reason,
    }


def _day(state: CaseState) -> str | None:
    """When it ended; of one that ended without saying when, the day of its newest entry."""
    return _moment(state.closed_at or state.updated_at)[:10] if state.ended else None


def _moment(at: str) -> str:
    """As PostgreSQL takes it; what is no moment is long ago, and must not stop a push."""
    try:
        moment = parse_at(at)
        return moment.isoformat() if 1900 <= moment.year <= 9000 and moment.tzinfo is not None else _LONG_AGO
    except ValueError:
        return _LONG_AGO


_LONG_AGO = "1970-01-01T00:00:00+00:00"
