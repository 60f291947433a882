"""Keeping the list of who has claimed already: fetched when it is old, checked before it is kept, beside all else.

What came is checked and stored in a thread of its own, so that neither push nor feed waits for it. Without an answer,
or with one that is not right, the list that is there stays, and grows older.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import SystemRandom

import httpx
import structlog

from branch_console.security.claimed import ClaimedError
from branch_console.sync.client import CentralClient
from branch_console.sync.http import reason_of
from branch_console.sync.state import State, state_name
from branch_console.sync.wire import EPOCH_HEADER, NONCE_HEADER
from data.claimed_filter import ClaimedFilter
from data.errors import StoreError

PATH = "/v1/claimed-filter"
MOST = 512 * 1024 * 1024
"""Bytes; a list of ten million claims has a thirtieth of that."""
FETCH_SECONDS = 120.0
EVERY = timedelta(hours=1)
LOOK_SECONDS = 2.0
RETRY_SECONDS = (60.0, 600.0)

log = structlog.get_logger(__name__)


class ClaimsList:
    """The list of one terminal, kept as long as the sync runs."""

    def __init__(self, kept: ClaimedFilter) -> None:
        """`kept`: where it stands in the store."""
        self._kept = kept
        self._random = SystemRandom()
        self._due: datetime | None = None
        self._task: asyncio.Task[None] | None = None
        self._fetching: asyncio.Task[bool] | None = None

    def begin(self, client: CentralClient, state: Callable[[], State | None]) -> None:
        """Keep it from now on. `state` gives the core's."""
        self._task = asyncio.create_task(self._keep(client, state))

    def interrupt(self) -> None:
        """The network is gone: give up a fetch that is under way."""
        if self._fetching is not None:
            self._fetching.cancel()

    async def end(self) -> None:
        """Keep it no longer."""
        self.interrupt()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _keep(self, client: CentralClient, state: Callable[[], State | None]) -> None:
        while True:
            core = state()
            if core is not None and state_name(core) == "online":
                try:
                    await self._look(client, core.epoch)
                except StoreError as error:
                    log.warning("claims_list_not_kept", code=error.code)
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self, client: CentralClient, epoch: str) -> None:
        """Fetch it if it is old. Raises StoreError."""
        now = datetime.now(UTC)
        if not await self._is_due(now):
            return
        self._due = now + timedelta(seconds=self._random.uniform(*RETRY_SECONDS))
        self._fetching = asyncio.create_task(self._fetch(client, epoch))
        await asyncio.wait([self._fetching])
        fetching, self._fetching = self._fetching, None
        if not fetching.cancelled() and fetching.result():
            self._due = now + EVERY

    async def _is_due(self, now: datetime) -> bool:
        """Whether it is old, and was not just asked for. A clock that went back does not make it young for ever."""
        if self._due is not None:
            return now >= self._due or self._due - now > EVERY
        age = await asyncio.to_thread(self._kept.age, now)
        return age is None or not timedelta(0) <= age < EVERY

    async def _fetch(self, client: CentralClient, epoch: str) -> bool:
        """Ask for what is new; whether the list is as new as central has it."""
        place = await asyncio.to_thread(self._kept.place)
        goes_on = place is not None and place.epoch == epoch
        path = f"{PATH}?since={place.sequence}" if place is not None and goes_on else PATH
        nonce = f"{self._random.getrandbits(128):032x}"
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                response, content = await client.exchange(
                    "GET",
                    path,
                    nonce,
                    content=None,
                    most=MOST,
                    etag=place.etag if place is not None and goes_on else "",
                )
        except (httpx.HTTPError, TimeoutError) as error:
            log.info("claims_list_failed", why=reason_of(error) if isinstance(error, httpx.HTTPError) else "timeout")
            return False
        if response.headers.get(EPOCH_HEADER) != epoch or response.headers.get(NONCE_HEADER) != nonce:
            return False
        if response.status_code == 304:
            return True
        if response.status_code != 200:
            log.info("claims_list_refused", status=response.status_code)
            return False
        return await asyncio.to_thread(self._take, content, response.headers.get("ETag", ""))

    def _take(self, content: bytes, etag: str) -> bool:
        """Check and store what came. Raises StoreError."""
        try:
            self._kept.put(content, etag, datetime.now(UTC))
        except ClaimedError as error:
            log.warning("claims_list_wrong", why=str(error))
            return False
        log.info("claims_list", bytes=len(content))
        return True
