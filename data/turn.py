"""Taking turns at writing between processes: the console must not starve while the sync catches up.

SQLite makes a second writer poll at intervals of up to 100 ms, so a process that writes page after page wins nearly
every time (measured: acts waited until their 5 s were over). A lock beside the file is polled every 0.3 ms instead.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import DiskFailedError, LockedError

_POLL_S = 0.0003


class Turn:
    """One process's place in the queue for a store. Only one thread of the process may wait at a time."""

    def __init__(self, path: Path) -> None:
        """`path`: of the store."""
        self._path = path.with_name(f"{path.name}-turn")
        self._handle: int | None = None

    @contextmanager
    def taken(self, wait_ms: int) -> Iterator[None]:
        """Hold the turn. Raises LockedError when it does not come within `wait_ms`."""
        handle = self._open()
        deadline = time.monotonic() + wait_ms / 1000
        while not _try_lock(handle):
            if time.monotonic() > deadline:
                raise LockedError
            time.sleep(_POLL_S)
        try:
            yield
        finally:
            _unlock(handle)

    def close(self) -> None:
        """Leave the queue."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _open(self) -> int:
        if self._handle is None:
            try:
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError as error:
                raise DiskFailedError from error
        return self._handle


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        """Lock now or not at all."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        """Lock now or not at all."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
