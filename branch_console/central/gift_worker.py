"""The one who rules: a task of every central, woken by whoever stores a claim. Any number may work side by side.

Between two of its statements it can be killed at any moment: everything it does is done in transactions that are
whole in themselves, and whoever comes next finds what is left to do in the tables.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import cast

import psycopg
import structlog

from branch_console.central.adjudication import Court, adjudicate_next
from branch_console.central.campaign_round import campaign_round, standing
from branch_console.central.claim_mirror import BUSINESS_ZONE
from branch_console.central.database import Connection
from branch_console.central.entitling import Issuing, issue_entitlements
from branch_console.central.facts import Facts
from branch_console.central.folding import DEFECTS
from branch_console.central.hold_ends import forget_holds, sweep_holds
from branch_console.central.leasing import settle_lease
from branch_console.central.logs import where
from branch_console.central.rounds import rounds, woken_within
from branch_console.central.verifying_facts import note_attestation, verify_facts

_EVERY = 5.0  # seconds between two looks at what no notification tells of: dates, silence of terminals, new facts
_ENOUGH = 200  # claims ruled on before the rest has its turn

_RIGHT = "SELECT place, branch, subject FROM right_queue ORDER BY place LIMIT 1 FOR UPDATE SKIP LOCKED"

log = structlog.get_logger(__name__)


class GiftWorker:
    """Works until cancelled. `woken` is set whenever there may be something to rule."""

    def __init__(self, database: str, court: Court, facts: Callable[[], Facts], woken: asyncio.Event) -> None:
        """`facts` gives central's own as they are now."""
        self._database = database
        self._court = court
        self._facts = facts
        self._woken = woken
        self._issuing = Issuing()

    async def run(self) -> None:
        """For ever."""
        await rounds("ruling", self._database, self._round)

    async def _round(self, connection: Connection) -> None:
        """Rule on what waits, look after everything else, and wait until there is more."""
        self._woken.clear()
        more = await rule_some(connection, self._court)
        await settle_rights(connection)
        more = await look_after(connection, self._court, self._facts(), self._issuing) or more
        if not more and not await woken_within(self._woken, _EVERY):
            self._court.passed_by.clear()


async def rule_some(connection: Connection, court: Court) -> bool:
    """Rule on claims that wait, up to a number; whether there are more."""
    for _ in range(_ENOUGH):
        if not await adjudicate_next(connection, court):
            return False
    return True


async def settle_rights(connection: Connection) -> int:
    """Take up what terminals have written of leases and attested facts; return how many. One transaction each."""
    count = 0
    while True:
        async with connection.transaction():
            row = await (await connection.execute(_RIGHT)).fetchone()
            if row is None:
                return count
            place, branch, subject = cast(tuple[int, str, str], row)
            kind, _, name = subject.partition("/")
            try:
                async with connection.transaction():
                    await (settle_lease if kind == "lease" else note_attestation)(connection, branch, name)
            except (*DEFECTS, psycopg.DataError, psycopg.IntegrityError) as error:  # it must not stop the others
                log.error("right_not_settled", error=type(error).__name__, where=where(error), subject=subject)
            await connection.execute("DELETE FROM right_queue WHERE place = %s", (place,))
            count += 1


async def look_after(connection: Connection, court: Court, facts: Facts, issuing: Issuing) -> bool:
    """Holds whose time is over, campaigns by date, leases, entitlements, attested facts; whether there is more now."""
    await sweep_holds(connection)
    await forget_holds(connection)
    today = datetime.now(BUSINESS_ZONE).date()
    await campaign_round(connection, court.catalogue, today, facts, court.reference)
    await verify_facts(connection, court.reference)
    more = False
    for each in await standing(connection, court.catalogue):
        if each.status == "running":
            more |= await issue_entitlements(connection, facts, each.campaign, each.branches, issuing, court.reference)
    return more
