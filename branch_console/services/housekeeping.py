"""What a session does by itself, in a thread.

Customers' data goes from the terminal when its time has come (S15); reservations that are over are given up; pieces of
files go that somebody left who was killed while writing them.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from branch_console.services.slips.files import sweep
from data.claim_expiry import release_expired
from data.errors import StoreError
from data.retention import purge
from data.store import Store

EVERY = timedelta(hours=3)
LOOK_EVERY = timedelta(minutes=1)
"""How often it looks for reservations that are over."""
REST_SECONDS = 0.05
"""Pause after each journey, so that typing does not notice."""

log = structlog.get_logger(__name__)


class Housekeeping:
    """Purges once at the start and every few hours, and looks every minute for what is over."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        days: int,
        slips: Path,
        every: timedelta = EVERY,
        look_every: timedelta = LOOK_EVERY,
    ) -> None:
        """`days`: how long a finished journey's data stays after central has confirmed it; `slips`: where files are."""
        self._store = store
        self._now = now
        self._days = days
        self._slips = slips
        self._every = every
        self._look_every = look_every
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for an act that is being written."""
        self._ended.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _keep(self) -> None:
        purge_at = self._now()
        while True:
            if self._now() >= purge_at:
                self._purge()
                self._sweep()
                purge_at = self._now() + self._every
            self._release()
            if self._ended.wait(self._look_every.total_seconds()):
                return

    def _release(self) -> None:
        """Give up what was kept too long. What cannot be written now is over at the next look as well."""
        try:
            release_expired(self._store, self._now())
        except StoreError as error:
            log.warning("release_failed", code=error.code)

    def _sweep(self) -> None:
        """Remove pieces of files. Those that cannot be removed now are there the next time as well."""
        try:
            count = sweep(self._slips, self._now())
        except OSError as error:
            log.warning("sweep_failed", errno=error.errno)
        else:
            if count:
                log.info("swept", files=count)

    def _purge(self) -> None:
        """Erase what is due. What cannot be erased now is due at the next time."""
        try:
            purged = purge(self._store, self._now(), days=self._days, rest=lambda: self._ended.wait(REST_SECONDS))
        except StoreError as error:
            log.warning("retention_failed", code=error.code)
        else:
            log.info(
                "retention",
                journeys=purged.journeys,
                gifts=purged.gifts,
                cases=purged.cases,
                entries=purged.entries,
                drafts=purged.drafts,
            )
