"""The one who counts: a task of every central, woken by every push. Any number may work side by side.

A branch is worked on by whoever holds its row in `statistics_branch`; the others pass it by. Between two statements the
worker can be killed: each transaction takes a step whole, and what is left to do stands in the tables.
What was made by other rules (another version of the program, other reference data) is made anew, but not while a worker
with those rules is in service: else two versions on one database would undo each other's work for ever.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

import psycopg
import structlog
from psycopg import sql

from branch_console.central.clocks import now
from branch_console.central.database import Connection
from branch_console.central.folding import DEFECTS
from branch_console.central.logs import where
from branch_console.central.rounds import rounds, woken_within
from branch_console.central.statistics_days import begin_days, reckoned, tell_some
from branch_console.central.statistics_frozen import Office, freeze_next, restate_next
from branch_console.central.statistics_intake import NotKeptError, take_some
from branch_console.central.statistics_terminals import terminals_of
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.reference import Reference
from branch_console.rules.statistics import packing
from branch_console.rules.statistics.deriving_all import KINDS
from branch_console.rules.statistics.figures import DEFINITIONS
from branch_console.rules.statistics.instants import Days

_EVERY = 30.0  # seconds between two looks at what no push tells of: days that are over, terminals that have synced
_GATHER = 0.5  # seconds in which what comes after a push is waited for, so that it is counted at once
_LOOK = timedelta(seconds=60)

_BRANCHES = """
SELECT b.code FROM branch b LEFT JOIN statistics_branch s ON s.branch = b.code
WHERE s.branch IS NULL OR s.made_by <> %(made_by)s OR s.looked_at < %(before)s
    OR EXISTS (SELECT FROM fact_due d WHERE d.branch = b.code)
ORDER BY b.code
"""
_IN_SERVICE = "SELECT pg_advisory_lock_shared(hashtextextended(%s, 7201501119))"
_MINE = """
SELECT b.timezone, s.made_by FROM statistics_branch s JOIN branch b ON b.code = s.branch
WHERE s.branch = %(branch)s AND CASE WHEN s.made_by IN ('', %(made_by)s) THEN true
    ELSE pg_try_advisory_xact_lock(hashtextextended(s.made_by, 7201501119)) END
FOR UPDATE OF s SKIP LOCKED
"""
_BEGUN = "UPDATE statistics_branch SET looked_at = '-infinity' WHERE branch = %s AND looked_at > '-infinity'"
_QUEUE_ALL = """
INSERT INTO fact_due (branch, subject, writer, first_seq, last_seq) SELECT branch, subject, '', 1, -1 FROM state
WHERE branch = %s AND state IS NOT NULL AND split_part(subject, '/', 1) = ANY(%s) ORDER BY last_clock
"""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Counting:
    """By what is counted: the reference in force, and the time."""

    reference: Reference
    time: Callable[[], datetime] = now

    @property
    def made_by(self) -> str:
        """Everything on which rows and tallies depend besides the entries; when it is another, they are made anew."""
        folds = ",".join(f"{kind}{FOLDS[kind].version}" for kind in sorted(KINDS))
        documents = sorted(f"{name}.v{version}" for name, version in (*self.reference.sla, *self.reference.calendars))
        return (
            f"{DEFINITIONS}/{packing.VERSION}/{folds}/{reckoned('UTC', self.reference).cutoffs}/{','.join(documents)}"
        )


class StatisticsWorker:
    """Works until cancelled. `woken` is set whenever a feed has grown."""

    def __init__(self, database: str, reference: Reference, woken: asyncio.Event) -> None:
        self._database = database
        self._counting = Counting(reference)
        self._woken = woken

    async def run(self) -> None:
        """For ever."""
        await rounds("counting", self._database, self._round)

    async def _round(self, connection: Connection) -> None:
        self._woken.clear()
        await count_all(connection, self._counting)
        if await woken_within(self._woken, _EVERY):
            await asyncio.sleep(_GATHER)


async def count_all(connection: Connection, by: Counting) -> None:
    """Bring every branch up to date of which something has changed, or that nobody has looked at for a minute.

    From now on until the connection ends these rules are in service.
    """
    await connection.execute(_IN_SERVICE, (by.made_by,))
    cursor = await connection.execute(_BRANCHES, {"made_by": by.made_by, "before": by.time() - _LOOK})
    for (branch,) in cast(list[tuple[str]], await cursor.fetchall()):
        try:
            await count_branch(connection, branch, by)
        except (*DEFECTS, psycopg.DataError, psycopg.IntegrityError) as error:  # it must not stop the others
            log.error("branch_not_counted", error=type(error).__name__, where=where(error), branch=branch)


async def count_branch(connection: Connection, branch: str, by: Counting) -> None:
    """Do all that there is to do for a branch now, in any number of transactions."""
    await connection.execute("INSERT INTO statistics_branch (branch) VALUES (%s) ON CONFLICT DO NOTHING", (branch,))
    while await _count_some(connection, branch, by):
        pass


async def _count_some(connection: Connection, branch: str, by: Counting) -> bool:
    """Take one step for a branch, in one transaction; whether there may be more to do at once."""
    try:
        async with connection.transaction():
            named = {"branch": branch, "made_by": by.made_by}
            row = await (await connection.execute(_MINE, named)).fetchone()
            if row is None:
                return False  # somebody else is at it, or counts it by other rules and is still in service
            zone, made_by = cast(tuple[str, str], row)
            if made_by != by.made_by:
                await _make_anew(connection, branch, by.made_by)
                return True
            return await _step(connection, branch, reckoned(zone, by.reference), by)
    except NotKeptError as error:  # rows and tallies do not fit each other: never seen, and not to be carried along
        log.error("counted_anew", branch=branch, reason=str(error))
        await connection.execute("UPDATE statistics_branch SET made_by = '' WHERE branch = %s", (branch,))
        return False


async def _step(connection: Connection, branch: str, days: Days, by: Counting) -> bool:
    """Count what has changed; when all is counted, tell the days anew; then restate or freeze one."""
    moment = by.time()
    reports = await terminals_of(connection, [branch])  # before the notes: what they had sent by then is counted
    if await take_some(connection, branch, days, by.reference, moment):
        await connection.execute(_BEGUN, (branch,))
        return True
    today = days.day_of(moment)
    await begin_days(connection, branch, days, today, moment)
    if await tell_some(connection, branch, days, moment):
        return True
    at = Office(branch, days, by.reference, [each.fact(days) for each in reports], today, moment)
    if await restate_next(connection, at) or await freeze_next(connection, at):
        return True
    await connection.execute("UPDATE statistics_branch SET looked_at = %s WHERE branch = %s", (moment, branch))
    return False


async def _make_anew(connection: Connection, branch: str, made_by: str) -> None:
    """Forget all rows and tallies of a branch and note all of its subjects; days that are frozen stay so."""
    for table in ("fact", "fact_day", "fact_link"):
        await connection.execute(sql.SQL("DELETE FROM {} WHERE branch = %s").format(sql.Identifier(table)), (branch,))
    await connection.execute(
        "UPDATE statistics_day SET tallies = NULL, stale = true, moved = frozen_at IS NOT NULL WHERE branch = %s",
        (branch,),
    )
    await connection.execute(_QUEUE_ALL, (branch, sorted(KINDS)))
    await connection.execute("UPDATE statistics_branch SET made_by = %s WHERE branch = %s", (made_by, branch))
