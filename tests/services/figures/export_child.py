"""A console that is killed while it exports: at the write of the file, or between its journal entry and its name."""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from branch_console.desk.desk import Desk
from data.store import Store
from tests.desk.conftest import KEY
from tests.services.figures.export_office import exported
from tests.services.figures.export_sample import view


def dies(*_: object) -> Any:
    """As a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path, when: str) -> None:
    """Export, and die on the way."""
    now = datetime(2026, 11, 22, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    store = Store.open(folder / "store.db", KEY)
    desk = Desk(store, "liu", "supervisor", lambda: now, dies)
    if when == "written":
        os.fsync = dies  # type: ignore[assignment]
    else:
        named = Path.replace

        def replace(self: Path, target: Path) -> Path:
            return dies() if target.name.startswith("SZFT") else named(self, target)

        Path.replace = replace  # type: ignore[method-assign, assignment]
    exported(desk, folder, view("overview"), "csv")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
