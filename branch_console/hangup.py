"""The terminal window may be closed with the console in it: then the session ends in order, and nothing goes on.

Whoever starts the console may have it ignore the system's signal (nohup does, and some terminal multiplexers); so the
console looks by itself, too. Without that it would read an empty input for ever.
"""

import os
import select
import sys

_GONE = ("POLLHUP", "POLLERR", "POLLNVAL")


def terminal_gone() -> bool:
    """Whether nobody is left at the other side of the standard input. Windows ends such programs by itself."""
    if os.name != "posix" or sys.__stdin__ is None:
        return False
    asked = select.poll()
    asked.register(sys.__stdin__.fileno(), 0)
    return any(flags & getattr(select, name) for _, flags in asked.poll(0) for name in _GONE)
