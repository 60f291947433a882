"""Files that leave the console: whole or not at all, readable by this user only."""

import os
import stat
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkstemp
from typing import Final

SLIPS: Final = "slips"
"""The folder in the terminal's home in which they are saved."""
LEFT_AFTER: Final = timedelta(hours=1)
"""Nobody writes a file for so long: what is still unfinished then is left of somebody who was killed."""
_UNFINISHED: Final = (".slip-*", ".*.csv", ".*.xlsx", ".*.pdf")
"""A file being written; one that is whole and waits for its entry in the journal (desk/exporting.py)."""


def write_private(path: Path, content: bytes) -> Path:
    """Write a file to `path`; an older one of that name is replaced only when the new one is whole on the disk.

    Returns the path. Raises OSError when the folder cannot be written.
    """
    handle, name = mkstemp(dir=path.parent, prefix=".slip-")  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return path


def sweep(folder: Path, now: datetime) -> int:
    """Remove what was left unfinished in the folder more than an hour ago; how many files.

    Raises OSError where one cannot be removed; that there is no folder is no error.
    """
    count, before = 0, (now - LEFT_AFTER).timestamp()
    for each in sorted({path for pattern in _UNFINISHED for path in folder.glob(pattern)}):
        with suppress(FileNotFoundError):  # whoever wrote it has just ended
            found = each.lstat()
            if stat.S_ISREG(found.st_mode) and found.st_mtime < before:
                each.unlink()
                count += 1
    return count


def own_folder(folder: Path) -> Path:
    """The folder, made when it is not there, open to this user only. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
