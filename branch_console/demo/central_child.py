"""Central as a child of the demo: it serves until its standard input closes, so that it never outlives the demo."""

import os
import signal
import sys
import threading
from pathlib import Path

from branch_console.central.serve import serve
from branch_console.central.settings import CentralSettings


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    settings = CentralSettings(home=Path(sys.argv[1]), wallet_core="sandbox")
    serve(settings, "127.0.0.1", int(sys.argv[2]), certificate=None, announce=True)
