"""The one who passes requests to stop a loss to the wallets' core, and tells the branch what the core said.

A request is asked for at most until it expires; later a person must ask anew. Whoever is killed between asking and
telling leaves a note that the core was asked: from then on the core is asked under the same name, which does nothing
twice, or, once the time is over, only for what became of it. Nothing else is ever said to be done.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, cast

import structlog

from branch_console.central.clocks import now
from branch_console.central.containment_plan import Step, expiry, find, plan
from branch_console.central.database import Connection
from branch_console.central.folding import DEFECTS
from branch_console.central.logs import where
from branch_console.central.publish import Act, publish
from branch_console.central.rounds import rounds, woken_within
from branch_console.central.store import lock_states
from branch_console.central.wallet_core import Answer, Done, Refused, UnreachableError, WalletCore, Wanted
from branch_console.rules.cases.states import CaseState
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.journal import Data, format_at
from branch_console.rules.reference import Reference
from branch_console.security.text import clean

_EVERY = 2.0  # seconds between two looks for requests whose time has come or is over
_AGAIN = 5.0  # seconds until a core that was silent is asked again
_BROKEN = 60.0  # seconds until a request is looked at again that a defect has stopped

_TAKE = """
SELECT c.request, c.branch, c.subject, c.asked_at IS NOT NULL, coalesce(w.clock_offset_ms, 0)
FROM containment c LEFT JOIN writer w ON w.name = c.terminal
WHERE c.next_at <= now() ORDER BY c.next_at LIMIT 1 FOR UPDATE OF c SKIP LOCKED
"""
_LATER = """
UPDATE containment SET next_at = now() + %s * interval '1 s', asked_at = CASE WHEN %s THEN coalesce(asked_at, now())
ELSE asked_at END WHERE request = %s
"""
_STILL = "SELECT 1 FROM containment WHERE request = %s FOR UPDATE"
_FORGET = "DELETE FROM containment WHERE request = %s"

log = structlog.get_logger(__name__)


class Taken(NamedTuple):
    """A request in hand. `asked`: the core was asked before."""

    request: str
    branch: str
    subject: str
    step: Step
    asked: bool
    wanted: Wanted | None = None


class ContainmentWorker:
    """Works until cancelled; any number may work side by side. `woken` is set when there may be something to do."""

    def __init__(
        self, database: str, core: WalletCore | None, seconds: float, reference: Reference, woken: asyncio.Event
    ) -> None:
        """`core` None: central has none, and says so. `seconds`: how long it may take for one answer."""
        self._database = database
        self._core = core
        self._seconds = seconds
        self._reference = reference
        self._woken = woken

    async def run(self) -> None:
        """For ever."""
        await rounds("containing", self._database, self._round)

    async def _round(self, connection: Connection) -> None:
        self._woken.clear()
        while await self.settle_next(connection):
            pass
        await woken_within(self._woken, _EVERY)

    async def settle_next(self, connection: Connection) -> bool:
        """Do what one request needs now; whether there was one."""
        taken = await self._take(connection)
        if taken is None:
            return False
        try:
            said = await self._said(taken)
        except UnreachableError:
            await connection.execute(_LATER, (_AGAIN, False, taken.request))
            return True
        if said is not None:
            await self._tell(connection, taken, said)
        return True

    async def _take(self, connection: Connection) -> Taken | None:
        """The next request, put aside for as long as asking may take; before the core is asked, that is written."""
        async with connection.transaction():
            row = await (await connection.execute(_TAKE)).fetchone()
            if row is None:
                return None
            request, branch, subject, asked, offset_ms = cast(tuple[str, str, str, bool, int], row)
            try:
                state = await _state(connection, branch, subject)
                step = plan(state, request, now() - timedelta(milliseconds=offset_ms), asked=asked)
                wanted = None if state is None or step != "ask" else _wanted(state, request, branch, offset_ms / 1000)
            except DEFECTS as error:  # it must not stop the others
                log.error("containment_broken", error=type(error).__name__, where=where(error), request=request)
                await connection.execute(_LATER, (_BROKEN, False, request))
                return Taken(request, branch, subject, "wait", asked)
            if step == "forget":
                await connection.execute(_FORGET, (request,))
            else:
                rest = _EVERY if step == "wait" else self._seconds + _AGAIN
                await connection.execute(_LATER, (rest, step == "ask" and self._core is not None, request))
        return Taken(request, branch, subject, step, asked, wanted)

    async def _said(self, taken: Taken) -> Act | None:
        """What the branch is told now; None: nothing yet. Raises UnreachableError."""
        if taken.step in {"forget", "wait"}:
            return None
        if taken.step == "expired":
            return _act(taken, "case.containment_expired", {})
        if taken.step == "case_ended":
            return _act(taken, "case.containment_failed", {"why": "case_ended"})
        if self._core is None:
            if taken.asked:  # by a central that had one: nothing is known of what it did
                raise UnreachableError
            return _act(taken, "case.containment_failed", {"why": "no_core"})
        try:
            async with asyncio.timeout(self._seconds):
                answer = await (
                    self._core.contain(taken.wanted) if taken.wanted is not None else self._core.outcome(taken.request)
                )
        except TimeoutError as error:
            raise UnreachableError from error
        return _answered(taken, answer)

    async def _tell(self, connection: Connection, taken: Taken, act: Act) -> None:
        """Write it for the branch and forget the request, both or neither."""
        async with connection.transaction():
            if await (await connection.execute(_STILL, (taken.request,))).fetchone() is None:
                return  # another central has told it
            await publish(connection, taken.branch, [act], self._reference)
            await connection.execute(_FORGET, (taken.request,))


async def _state(connection: Connection, branch: str, subject: str) -> CaseState | None:
    stored = (await lock_states(connection, branch, {subject}))[subject]
    state = None if stored.state is None else FOLDS["case"].load(stored.state)
    return state if isinstance(state, CaseState) else None


def _wanted(state: CaseState, request: str, branch: str, offset_seconds: float) -> Wanted | None:
    found = find(state, request)
    if found is None:
        return None
    keys = {} if state.customer is None else dict(state.customer.keys)
    until: datetime = expiry(found, offset_seconds)
    measure: Literal["freeze", "limit"] = "limit" if found.measure == "limit" else "freeze"
    return Wanted(
        request, measure, branch, state.number, {str(scope): key for scope, key in keys.items()}, found.wallet, until
    )


def _answered(taken: Taken, answer: Answer | None) -> Act:
    if isinstance(answer, Done):
        reference = clean(answer.reference)[:64]
        return _act(taken, "case.containment_confirmed", {"done_at": format_at(answer.at), "reference": reference})
    if isinstance(answer, Refused):
        return _act(taken, "case.containment_failed", {"why": answer.why})
    return _act(taken, "case.containment_expired", {})


def _act(taken: Taken, kind: str, data: Data) -> Act:
    return Act(kind, taken.subject, {"request": taken.request, **data})
