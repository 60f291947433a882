"""Files that leave the console: whole or not at all, readable by this user only."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp


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


def own_folder(folder: Path) -> Path:
    """The folder, made when it is not there, open to this user only. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
