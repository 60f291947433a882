"""A branch of invented staff with terminals that were enrolled by the real command."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from branch_console.central import staffing
from branch_console.security.unlock import UnlockFile
from data.store import Store
from tests.fixtures.central import CentralProcess
from tests.fixtures.forked import run
from tests.terminal.console import Console

BRANCH = "SZ01"
PASSWORD = "tea-lobby-26"


def open_branch(central: CentralProcess, staff: Mapping[str, str]) -> None:
    """Make the branch and its staff (id → role), all with the same invented password."""
    central.branch(BRANCH, "深圳福田支行")
    for staff_id, role in staff.items():
        central.office(
            lambda at, staff_id=staff_id, role=role: staffing.add_staff(  # type: ignore[misc]
                at, BRANCH, staff_id, staff_id.title(), role, password=PASSWORD
            )
        )


def environment(home: Path, **more: str) -> dict[str, str]:
    """What makes a process work on the terminal in `home`, without waits that are only for crowds."""
    return {
        "BRANCH_CONSOLE_HOME": str(home),
        "BRANCH_CONSOLE_SYNC_SPREAD_SECONDS": "0",
        "BRANCH_CONSOLE_PASSWORD": PASSWORD,
        **more,
    }


def command(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a `branch-console` command to its end."""
    return run([sys.executable, "-m", "branch_console", *arguments], env={**os.environ, **environment(home)})


def enrol(central: CentralProcess, home: Path, name: str) -> str:
    """Enrol a terminal by its command; returns its id."""
    done = command(home, "enrol", central.url, central.code(BRANCH), "--name", name, "--json")
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["terminal"])


@contextmanager
def store_of(home: Path, staff: str) -> Iterator[Store]:
    """The terminal's store, opened by that member of staff; a console may work on it meanwhile."""
    store = Store.open(home / "store.db", UnlockFile(home).unlock(staff, PASSWORD, datetime.now(UTC)).dek)
    try:
        yield store
    finally:
        store.close()


def console(home: Path, columns: int = 80, lines: int = 24) -> Console:
    """The real console of that terminal, in a real pseudo-terminal."""
    return Console(["run"], environ=environment(home), columns=columns, lines=lines)


def log_in(shown: Console, staff: str) -> None:
    """From the login to Today."""
    shown.wait_for("本终端的员工")
    shown.type(staff)
    shown.press("tab")
    shown.press(PASSWORD)
    shown.press("enter")
    shown.wait_for("继续办理")


def leave(shown: Console) -> None:
    """Ctrl+Q, and yes to the question; Cancel stands first."""
    shown.press("ctrl+q")
    shown.wait_for("退出网点工作台")
    shown.settle()
    shown.press("right", "enter")
    assert shown.wait_for_end() == 0
