"""The past of all branches, written by a process of its own while the console comes up and is used already.

`python -m branch_console.demo.past.beside HOME WEEKS`: the home folder of a demo whose central serves, and how many
weeks at most. It does nothing for a branch that has its past, so that it may be started again after it was cut off.
Exit code 0: all of it is there.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import psycopg

from branch_console.central import administration
from branch_console.central.clocks import now
from branch_console.central.loop import run
from branch_console.central.settings import CentralSettings
from branch_console.demo.past.writing import write_past
from branch_console.demo.people import ZONE, load_people

DONE: Final = "past.json"
"""In the demo's home folder when the past of all branches is written."""
_SECONDS: Final = 20


@contextmanager
def writing_past(home: Path, weeks: int) -> Iterator[None]:
    """Write at most so many weeks of the past of a demo's home folder, once, while the block goes on.

    A next time goes on where it stopped.
    """
    if (home / DONE).exists():
        yield
        return
    child = subprocess.Popen(  # noqa: S603  our own interpreter, our own module
        [sys.executable, "-m", __name__, str(home), str(weeks)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait(timeout=_SECONDS)


async def _write_all(home: Path, weeks: int) -> None:
    """Branch after branch, the one that is watched first. Raises psycopg.OperationalError when the demo ends."""
    async with administration.office(CentralSettings(home=home)) as office:
        for branch in load_people().branches:
            past = branch.past.model_copy(update={"weeks": min(branch.past.weeks, weeks)})
            await write_past(office, branch.model_copy(update={"past": past}), now().astimezone(ZoneInfo(ZONE)))


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # the console comes first
    demo_home = Path(sys.argv[1])
    try:
        run(_write_all(demo_home, int(sys.argv[2])))
    except (psycopg.OperationalError, administration.AdministrationError):
        sys.exit(1)  # the demo was left meanwhile; the next start goes on
    (demo_home / DONE).write_text('{"everything here is invented": true}', encoding="utf-8")
