"""Central as a child of the demo: it serves until its standard input closes, so that it never outlives the demo."""

import errno
import os
import signal
import sys
import threading
from pathlib import Path

from branch_console.central.serve import serve
from branch_console.central.settings import CentralSettings


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):  # not through a buffer, on whose lock the end of the process would wait
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _serve(settings: CentralSettings, port: int) -> None:
    """On that port, or on any free one where somebody listens there."""
    try:
        serve(settings, "127.0.0.1", port, certificate=None, announce=True)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        serve(settings, "127.0.0.1", 0, certificate=None, announce=True)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _serve(CentralSettings(home=Path(sys.argv[1]), wallet_core="sandbox"), int(sys.argv[2]))
