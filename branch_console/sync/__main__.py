"""Starts the sync process: `python -m branch_console.sync`. What it needs is in `process`; this file keeps it light.

The process writes to no terminal. Its libraries load a command line of their own, colours and tables whenever they find
the packages for them: a quarter of a second at every login, and ten megabytes. Here they find none.
"""

import gc
import os
import sys

TERMINAL_ONLY = ("click", "pygments", "rich")


def run() -> int:
    """Sync until the commands on standard input end."""
    gc.disable()  # almost everything that an import makes stays
    for name in TERMINAL_ONLY:
        sys.modules[name] = None  # type: ignore[assignment]  # it is not to be found
    from branch_console.sync.process import main  # noqa: PLC0415  after what it must not find

    gc.freeze()
    gc.enable()
    return main(sys.stdin, sys.stdout)


if __name__ == "__main__":
    status = run()
    sys.stdout.flush()
    os._exit(status)  # the reader may still wait for a line that never comes
