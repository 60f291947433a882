"""The past of all branches, written by a process of its own while the console comes up and is used already.

`python -m branch_console.demo.past.child HOME WEEKS`: the home folder of a demo whose central serves, and how many
weeks at most. It does nothing for a branch that has its past, so that it may be started again after it was cut off.
Exit code 0: all of it is there.
"""

import os
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from branch_console.central import administration
from branch_console.central.clocks import now
from branch_console.central.loop import run
from branch_console.central.settings import CentralSettings
from branch_console.demo.past.background import DONE
from branch_console.demo.past.writing import write_past
from branch_console.demo.people import load_people

ZONE = "Asia/Shanghai"


async def write_all(home: Path, weeks: int) -> None:
    """Branch after branch, the one that is watched first. Raises psycopg.OperationalError when the demo ends."""
    async with administration.office(CentralSettings(home=home)) as office:
        for branch in load_people().branches:
            past = branch.past and branch.past.model_copy(update={"weeks": min(branch.past.weeks, weeks)})
            shortened = branch.model_copy(update={"past": past})
            await write_past(office, shortened, now().astimezone(ZoneInfo(ZONE)))


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # the console comes first
    home = Path(sys.argv[1])
    try:
        run(write_all(home, int(sys.argv[2])))
    except (psycopg.OperationalError, administration.AdministrationError):
        sys.exit(1)  # the demo was left meanwhile; the next start goes on
    (home / DONE).write_text('{"everything here is invented": true}', encoding="utf-8")
