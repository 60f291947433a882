"""One running central: its connections, keys, counters and limits, made at start and closed at the end."""

import asyncio
import dataclasses

import psycopg
import structlog
from psycopg_pool import PoolTimeout
from starlette.responses import Response

from branch_console.central.adjudication import Court
from branch_console.central.admission import Admission
from branch_console.central.case_hints import HintWorker
from branch_console.central.containment_worker import ContainmentWorker
from branch_console.central.database import connect, ensure_schema, open_pool
from branch_console.central.facts import Facts, load_facts
from branch_console.central.gift_worker import GiftWorker
from branch_console.central.heartbeats import BranchHealth, branches_health
from branch_console.central.lineage import Lineage
from branch_console.central.metrics import Metrics
from branch_console.central.problems import ProblemError
from branch_console.central.references import publish_everywhere
from branch_console.central.refolding import refold_newly_known
from branch_console.central.settings import CentralSettings
from branch_console.central.statistics_worker import StatisticsWorker
from branch_console.central.tokens import TokenReader
from branch_console.central.wake import Wake
from branch_console.central.wallet_core import load_core
from branch_console.rules.reference import Reference

log = structlog.get_logger(__name__)


class Central:
    """What the handlers of requests share. Use `await start()` before and `await stop()` after."""

    facts: Facts
    tokens: TokenReader
    reference: Reference

    def __init__(self, settings: CentralSettings, database: str) -> None:
        """Nothing is opened yet."""
        self.settings = settings
        self.database = database
        self.pool = open_pool(database, settings.pool_size)
        self.metrics = Metrics()
        self.admission = Admission(settings.max_pushes, settings.max_push_bytes)
        self.wake = Wake(database, self._hear_epoch)
        self._lineage = Lineage(settings.central_dir / "lineage.json", database)
        self._tasks: list[asyncio.Task[None]] = []
        self._min_client = version_key(settings.min_client)

    async def start(self) -> None:
        """Bring the schema up to date, read the facts, publish what is new, and begin to listen."""
        await asyncio.to_thread(ensure_schema, self.database)
        async with await connect(self.database) as connection:
            self.facts = await load_facts(connection)
            renewed = await self._lineage.check(connection)
            if renewed is not None:
                self.facts = dataclasses.replace(self.facts, epoch=renewed)
            self.reference = await publish_everywhere(connection, self.facts, self.settings.reference_dir)
            await refold_newly_known(connection, self.reference)
        self.tokens = TokenReader(self.facts)
        await self.pool.open(wait=True)
        worker = GiftWorker(
            self.database, Court(self.reference, self.settings.policy), lambda: self.facts, self.wake.gifts
        )
        stopping = ContainmentWorker(
            self.database,
            load_core(self.settings),
            self.settings.core_seconds,
            self.reference,
            self.wake.containments,
        )
        comparing = HintWorker(self.database, self.reference, self.wake.cases)
        counting = StatisticsWorker(self.database, self.reference, self.wake.feeds)
        workers = (worker, stopping, comparing, counting)
        tasks = (self.wake.listen(), self._lineage.keep(), *(each.run() for each in workers))
        self._tasks = [asyncio.create_task(each) for each in tasks]

    async def stop(self) -> None:
        """Let waiting feeds answer, then close everything."""
        self.wake.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._lineage.note()
        await self.pool.close()

    def see_epoch(self, epoch: str) -> None:
        """A transaction has read this epoch: answers carry it from now on."""
        if epoch != self.facts.epoch:
            self.facts = dataclasses.replace(self.facts, epoch=epoch)

    def _hear_epoch(self, epoch: str | None) -> None:
        """The listener heard of a new epoch; None = it was away and does not know, the next transaction will say."""
        if epoch is not None:
            self.see_epoch(epoch)

    def check_version(self, version: str) -> None:
        """Refuse terminals that are too old; one that does not say its version is served. Raises ProblemError."""
        if version and version_key(version) < self._min_client:
            raise ProblemError(
                "client-too-old", f"at least {self.settings.min_client}", min_client=self.settings.min_client
            )

    def refusal(self, problem: ProblemError) -> Response:
        """The answer to a refused request, counted."""
        self.metrics.problems.labels(problem.code).inc()
        return problem.response()

    async def read_branches(self) -> None:
        """Bring the gauges of the branches up to date; while the database is away they show nothing."""
        found: list[BranchHealth] = []
        try:
            async with self.pool.connection(timeout=2) as connection:
                found = await branches_health(connection)
        except (PoolTimeout, psycopg.OperationalError) as error:
            log.warning("branches_not_read", error=type(error).__name__)
        self.metrics.show_branches(found)

    async def reasons(self) -> list[str]:
        """Why central is not ready; empty when it is."""
        reasons = []
        if self.wake.stopping:
            reasons.append("stopping")
        if not self.wake.listening:
            reasons.append("not listening for notifications")
        try:
            async with self.pool.connection(timeout=2) as connection:
                await connection.execute("SELECT 1")
        except (PoolTimeout, psycopg.OperationalError) as error:
            reasons.append(f"database: {type(error).__name__}")
        return reasons


def version_key(version: str) -> tuple[int, ...]:
    """A version such as 1.12.3 for comparison; what is no number counts as 0."""
    return tuple(int(part) if part.isascii() and part.isdigit() else 0 for part in version.split(".")[:4])
