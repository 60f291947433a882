"""Running central: the database, the web server, and an orderly end of both."""

import contextlib
import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

import psycopg
import uvicorn
from uvicorn.config import STARTUP_FAILURE

from branch_console.central.app import make_app
from branch_console.central.embedded import EmbeddedPostgres
from branch_console.central.loop import run
from branch_console.central.service import Central
from branch_console.central.settings import CentralSettings
from branch_console.security.keys import write_private

_ONLY_ONE = 7_201_501_114
"""Advisory lock that the one central of an embedded database holds."""
_GARBAGE = 100_000
"""Objects between two collections: a batch makes tens of thousands, none of them in cycles."""
_GRACE = 10  # seconds that requests under way may take at the end


class AlreadyServingError(RuntimeError):
    """Another central serves from this home folder; it owns the embedded database."""


class NotStartedError(RuntimeError):
    """The database cannot be reached, or was changed by a newer program."""


class _Server(uvicorn.Server):
    """A web server that announces itself when it is ready and lets waiting feeds answer when it is told to end."""

    def __init__(self, config: uvicorn.Config, central: Central, url: str, *, announce: bool) -> None:
        super().__init__(config)
        self._central = central
        self._url = url
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        gc.collect()
        gc.freeze()
        gc.set_threshold(_GARBAGE, 50, 100)
        _write_facts(self._central, self._url)
        line = json.dumps({"url": self._url}) if self._announce else f"Central serves at {self._url}"
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._central.wake.stop()
        super().handle_exit(sig, frame)


def serve(
    settings: CentralSettings, host: str, port: int, *, certificate: tuple[Path, Path] | None, announce: bool
) -> None:
    """Serve until SIGTERM or SIGINT; port 0 takes a free one. `announce` prints one JSON line when ready.

    `certificate` is (certificate chain, key) in PEM for https. Raises AlreadyServingError, NotStartedError, OSError.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    with _database(settings) as database, socket.create_server((host, port)) as listening:
        scheme = "https" if certificate else "http"
        url = f"{scheme}://{host}:{listening.getsockname()[1]}"
        central = Central(settings, database)
        config = uvicorn.Config(
            make_app(central),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
            ssl_certfile=certificate[0] if certificate else None,
            ssl_keyfile=certificate[1] if certificate else None,
        )
        server = _Server(config, central, url, announce=announce)
        try:
            run(server.serve([listening]))
        except SystemExit as end:
            if end.code == STARTUP_FAILURE:
                raise NotStartedError("central could not start; the lines above say why") from end
            raise
        finally:
            settings.facts_path.unlink(missing_ok=True)


def _write_facts(central: Central, url: str) -> None:
    facts = {"url": url, "database": central.database, "pid": os.getpid()}
    write_private(central.settings.facts_path, json.dumps(facts).encode())


@contextlib.contextmanager
def _database(settings: CentralSettings) -> Iterator[str]:
    """The URL of the database; an embedded one is started and, at the end, stopped."""
    settings.central_dir.mkdir(parents=True, exist_ok=True)
    if settings.database is not None:
        yield settings.database
        return
    postgres = EmbeddedPostgres(settings.central_dir / "pg")
    try:
        with contextlib.closing(psycopg.connect(postgres.url, autocommit=True)) as owner:
            if owner.execute("SELECT pg_try_advisory_lock(%s)", (_ONLY_ONE,)).fetchone() != (True,):
                postgres.leave()
                raise AlreadyServingError(f"a central serves from {settings.home} already")
            yield postgres.url
    finally:
        postgres.stop()


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    """A signal before or after the web server runs: leave through the `finally` blocks."""
    raise SystemExit(0 if number == signal.SIGTERM else 130)
