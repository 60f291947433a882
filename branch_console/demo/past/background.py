"""The past is written beside the console, by a process that never outlives the demo."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

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
        [sys.executable, "-m", "branch_console.demo.past.child", str(home), str(weeks)],
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
