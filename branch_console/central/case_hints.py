"""The one who finds that two terminals or branches have the same matter, and tells both: numbers and branches, no more.

What terminals of a branch know of each other they hint at themselves while a form is filled in. Central sees what they
could not: cases taken down offline at the same time, and those of other branches. Whether they are one, people say.
"""

import asyncio
from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

import psycopg
import structlog

from branch_console.central.database import Connection
from branch_console.central.folding import DEFECTS
from branch_console.central.logs import where
from branch_console.central.publish import Act, publish
from branch_console.central.rounds import rounds, woken_within
from branch_console.rules.journal import Data
from branch_console.rules.narrative.duplicates import CLOSED_DAYS, OPEN_CASE, SAME_MATTER, SAME_TRANSACTION
from branch_console.rules.reference import Reference

_EVERY = 30.0  # seconds between two looks, should a notification have been missed
MOST = 5
"""Other cases that one case is hinted at, at one time; the newest count."""

_NEXT = "SELECT place, branch, subject FROM case_queue ORDER BY place LIMIT 1 FOR UPDATE SKIP LOCKED"
_DONE = "DELETE FROM case_queue WHERE place = %s"
_SELF = (
    "SELECT branch, subject, terminal, number, received_at, closed_on, business, reason, false, false FROM case_trace"
)
_OTHERS = """
SELECT t.branch, t.subject, t.terminal, t.number, t.received_at, t.closed_on, t.business, t.reason,
    bool_or(o.payment), bool_or(NOT o.payment)
FROM case_trace_key mine
JOIN case_trace_key o ON o.key = mine.key AND (o.branch, o.subject) <> (mine.branch, mine.subject)
JOIN case_trace t ON t.branch = o.branch AND t.subject = o.subject
WHERE mine.branch = %(branch)s AND mine.subject = %(subject)s AND (t.branch <> %(branch)s OR t.terminal <> %(terminal)s)
    AND NOT EXISTS (SELECT 1 FROM case_hint h WHERE (h.branch, h.subject, h.other_branch, h.other_subject)
        IN ((t.branch, t.subject, %(branch)s, %(subject)s), (%(branch)s, %(subject)s, t.branch, t.subject)))
GROUP BY t.branch, t.subject ORDER BY t.received_at DESC, t.branch, t.subject LIMIT 50
"""
_TOLD = """
INSERT INTO case_hint (branch, subject, other_branch, other_subject) VALUES (%s, %s, %s, %s)
ON CONFLICT DO NOTHING RETURNING 1
"""

log = structlog.get_logger(__name__)


class Trace(NamedTuple):
    """A case as far as it can be compared; `payment` and `person`: which keys it shares with the one in hand."""

    branch: str
    subject: str
    terminal: str
    number: str
    received_at: datetime
    closed_on: date | None
    business: str
    reason: str
    payment: bool
    person: bool


class HintWorker:
    """Works until cancelled; any number may work side by side. `woken` is set when there may be something to do."""

    def __init__(self, database: str, reference: Reference, woken: asyncio.Event) -> None:
        self._database = database
        self._reference = reference
        self._woken = woken

    async def run(self) -> None:
        """For ever."""
        await rounds("hinting", self._database, self._round)

    async def _round(self, connection: Connection) -> None:
        self._woken.clear()
        while await hint_next(connection, self._reference):
            pass
        await woken_within(self._woken, _EVERY)


async def hint_next(connection: Connection, reference: Reference) -> bool:
    """Look for the others of one case and tell their branches; whether there was one. One transaction."""
    async with connection.transaction():
        row = await (await connection.execute(_NEXT)).fetchone()
        if row is None:
            return False
        place, branch, subject = cast(tuple[int, str, str], row)
        await connection.execute(_DONE, (place,))
        try:
            async with connection.transaction():
                acts = await _acts(connection, branch, subject)
                for each in sorted(acts):  # everybody who writes to two branches locks them so
                    await publish(connection, each, acts[each], reference)
        except (*DEFECTS, psycopg.DataError, psycopg.IntegrityError) as error:  # it must not stop the others
            log.error("case_not_compared", error=type(error).__name__, where=where(error), subject=subject)
        return True


async def _acts(connection: Connection, branch: str, subject: str) -> dict[str, list[Act]]:
    """What each branch is told of this case and its likes; nothing of a pair of which they were told before."""
    cursor = await connection.execute(f"{_SELF} WHERE branch = %s AND subject = %s", (branch, subject))
    row = await cursor.fetchone()
    if row is None:
        return {}
    case = Trace._make(row)
    cursor = await connection.execute(_OTHERS, {"branch": branch, "subject": subject, "terminal": case.terminal})
    found = [(other, why) for other in map(Trace._make, await cursor.fetchall()) if (why := reasons(case, other))]
    acts: dict[str, list[Act]] = {}
    for other, why in sorted(found[:MOST], key=lambda each: (each[0].branch, each[0].subject)):
        first, then = sorted([(case.branch, case.subject), (other.branch, other.subject)])
        if await (await connection.execute(_TOLD, (*first, *then))).fetchone() is None:
            continue  # another central has told it
        for told, of in ((case, other), (other, case)):
            acts.setdefault(told.branch, []).append(_act(told, of, why))
    return acts


def reasons(case: Trace, other: Trace) -> list[str]:
    """Why the newer of the two may repeat the older; the strongest reason first. Empty: it does not seem so."""
    newer, older = sorted([case, other], key=lambda each: (each.received_at, each.number), reverse=True)
    day = newer.received_at.date()
    same_codes = bool(newer.business and newer.reason) and (newer.business, newer.reason) == (
        older.business,
        older.reason,
    )
    recent = older.closed_on is None or day - older.closed_on <= timedelta(days=CLOSED_DAYS)
    holds = {
        SAME_TRANSACTION: other.payment,
        SAME_MATTER: other.person and same_codes and recent,
        OPEN_CASE: other.person and older.closed_on is None,
    }
    return [why for why, so in holds.items() if so]


def _act(told: Trace, of: Trace, why: list[str]) -> Act:
    """Of another branch's case only that there is one; of the same branch's its subject too, to open it."""
    here = of.subject if of.branch == told.branch else None
    data: Data = {"of": of.number, "other": here, "branch": of.branch, "why": list(why)}
    return Act("case.duplicate_suspected", told.subject, data)
