"""Waking what waits: PostgreSQL's NOTIFY, heard on one connection, wakes the feeds of the branch that changed, and
whoever rules on claims, stops losses, compares cases or counts."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import structlog
from psycopg import sql

from branch_console.central.case_trace import WAKE as CASES
from branch_console.central.claim_mirror import WAKE
from branch_console.central.containment_queue import WAKE as CONTAINMENT
from branch_console.central.database import connect
from branch_console.central.facts_import import CHANNEL

_FOR_GIFTS = (WAKE, CHANNEL)  # claims to rule on; facts by which entitlements are issued
_RETRY = 1.0  # seconds between attempts to listen again

log = structlog.get_logger(__name__)


class Wake:
    """Listens until cancelled; `on_epoch` is told of a new epoch, and after every break in listening."""

    def __init__(self, database: str, on_epoch: Callable[[str | None], None]) -> None:
        self._database = database
        self._on_epoch = on_epoch
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self.count = 0
        """How many wait."""
        self.listening = False
        self.stopping = False
        self.gifts = asyncio.Event()
        """Set whenever there may be something to rule about gifts."""
        self.containments = asyncio.Event()
        """Set whenever there may be a loss to stop."""
        self.cases = asyncio.Event()
        """Set whenever there may be a case to compare with others."""
        self.feeds = asyncio.Event()
        """Set whenever any branch's feed has grown, so that there may be something to count."""

    @contextmanager
    def waiting(self, branch: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever the branch's feed may have grown."""
        event = asyncio.Event()
        self._waiting[branch].add(event)
        self.count += 1
        try:
            yield event
        finally:
            self.count -= 1
            self._waiting[branch].discard(event)
            if not self._waiting[branch]:
                del self._waiting[branch]

    async def wait(self, event: asyncio.Event, until: float) -> bool:
        """Wait for the event at most until a moment of the monotonic clock; whether to look again."""
        if self.stopping:
            return False
        try:
            async with asyncio.timeout(max(0.0, until - time.monotonic())):
                await event.wait()
        except TimeoutError:
            return False
        return not self.stopping

    def stop(self) -> None:
        """Let everything that waits answer now, and nothing wait any more."""
        self.stopping = True
        self._wake_all()

    async def listen(self) -> None:
        """Hear notifications for ever. A lost connection is made anew, and then everything is woken."""
        while True:
            try:
                connection = await connect(self._database)
                async with connection:
                    await connection.execute("LISTEN feed")
                    await connection.execute("LISTEN epoch")
                    for channel in (*_FOR_GIFTS, CONTAINMENT, CASES):
                        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                    self.listening = True
                    self._on_epoch(None)
                    self._wake_all()
                    async for notice in connection.notifies():
                        self._hear(notice)
            except psycopg.OperationalError as error:
                log.warning("listening_broke", error=type(error).__name__)
            finally:
                self.listening = False
            await asyncio.sleep(_RETRY)

    def _hear(self, notice: psycopg.Notify) -> None:
        if notice.channel == "epoch":
            self._on_epoch(notice.payload)
            self._wake_all()
            return
        if notice.channel in _FOR_GIFTS:
            self.gifts.set()
            return
        if notice.channel == CONTAINMENT:
            self.containments.set()
            return
        if notice.channel == CASES:
            self.cases.set()
            return
        self.feeds.set()
        for event in self._waiting.get(notice.payload, ()):
            event.set()

    def _wake_all(self) -> None:
        self.gifts.set()
        self.containments.set()
        self.cases.set()
        self.feeds.set()
        for events in self._waiting.values():
            for event in events:
                event.set()
