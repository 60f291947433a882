"""What a session does by itself, in a thread: customers' data goes from the terminal when its time has come (S15)."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from data.errors import StoreError
from data.retention import purge
from data.store import Store

EVERY = timedelta(hours=3)
REST_SECONDS = 0.05
"""Pause after each journey, so that typing does not notice."""

log = structlog.get_logger(__name__)


class Housekeeping:
    """Purges once at the start, and every few hours as long as the session lasts."""

    def __init__(self, store: Store, now: Callable[[], datetime], days: int, every: timedelta = EVERY) -> None:
        """`days`: how long a finished journey's data stays after central has confirmed it."""
        self._store = store
        self._now = now
        self._days = days
        self._every = every
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
        while True:
            self._purge()
            if self._ended.wait(self._every.total_seconds()):
                return

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
                entries=purged.entries,
                drafts=purged.drafts,
            )
