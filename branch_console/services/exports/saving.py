"""Saving a report: into the terminal's own folder, noted in its journal, and in plain words where that fails."""

import errno
from collections.abc import Callable
from pathlib import Path

from branch_console.desk.desk import Desk
from branch_console.desk.exporting import Exported, exported
from branch_console.locale import t
from branch_console.rules.errors import RuleError
from branch_console.services.slips.files import own_folder
from data import queries

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def saved(desk: Desk, about: Exported, make: Callable[[Path], object], folder: Path, name: str) -> Path:
    """Let `make` write the file, note it, give it its name; where it stands.

    Raises RuleError `report_disk_full`, `report_not_saved`, StoreError; then there is no new file.
    """
    try:
        return exported(desk, about, make, own_folder(folder) / name)
    except OSError as error:
        raise RuleError("report_disk_full" if error.errno in _FULL else "report_not_saved") from error


def by_whom(desk: Desk) -> str:
    """Who exports, as every file says it."""
    name = next((each.name for each in queries.staff_list(desk.store) if each.staff_id == desk.staff), "")
    return t("report.by", name=name, staff=desk.staff)
