"""The past is written beside the console, by a process that never outlives the demo."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_DONE: Final = "past.json"
_SECONDS: Final = 20


@contextmanager
def writing_past(home: Path) -> Iterator[None]:
    """Write the past of a demo's home folder, once, while the block goes on; a next time goes on where it stopped."""
    done = home / _DONE
    if done.exists():
        yield
        return
    child = subprocess.Popen(  # noqa: S603  our own interpreter, our own module
        [sys.executable, "-m", "branch_console.demo.past.child", str(home)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        code = child.poll()
        if code is None:
            child.terminate()
            child.wait(timeout=_SECONDS)
        elif code == 0:
            done.write_text('{"everything here is invented": true}', encoding="utf-8")
