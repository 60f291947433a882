"""A real console in a real pseudo-terminal, read through a terminal emulator."""

import codecs
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f12": "\x1b[24~",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}


class Console:
    """One child process on a pseudo-terminal of its own. Use it as a context manager: it is killed at the end."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        environ: Mapping[str, str],
        columns: int = 80,
        lines: int = 24,
        cwd: Path | None = None,
    ) -> None:
        self.raw = bytearray()
        self._home = Path(environ["BRANCH_CONSOLE_HOME"])
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace")
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "branch_console", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**_sizeless(), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **environ},
            cwd=cwd,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.kill()
        self.close()

    def close(self) -> None:
        """Close the window: the process has nobody at the other side any more."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    @property
    def text(self) -> str:
        """What stands on the screen now."""
        rows = (self._screen.buffer[row] for row in range(self._screen.lines))
        lines = ("".join(row[column].data for column in range(self._screen.columns)) for row in rows)
        return "\n".join(line.rstrip() for line in lines)

    def press(self, *keys: str) -> None:
        """Press keys by name, or type text that is no key's name."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode())

    def type(self, text: str) -> None:
        """Type text and wait until all of it stands on the screen."""
        self.press(text)
        self.wait_for(text)

    def wait_for(self, wanted: str | Callable[[str], bool], seconds: float = 90) -> str:
        """Read until the screen shows `wanted`; return the screen. Fails with the last screen and the logs."""
        shown = wanted if callable(wanted) else lambda text: wanted in text
        end = time.monotonic() + seconds
        while not shown(self.text):
            left = end - time.monotonic()
            if left <= 0 or not self._read(left):
                raise AssertionError(
                    f"waited {seconds} s for {wanted!r}; the screen shows:\n{self.text}\n{self._logs()}"
                )
        return self.text

    def settle(self, quiet: float = 0.15, seconds: float = 30) -> str:
        """Read until the program has drawn nothing for `quiet` seconds and waits for keys; return the screen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            ready, _, _ = select.select([self._master], [], [], quiet)
            if ready:
                self._read(0)
            elif not self._working():
                break
        return self.text

    def _working(self) -> bool:
        """Whether any of its threads runs, or would if the machine let it: then it is slow, not quiet."""
        for thread in Path(f"/proc/{self.process.pid}/task").glob("*/stat"):
            with suppress(OSError):
                if thread.read_text().rpartition(") ")[2][:1] in {"R", "D"}:
                    return True
        return False

    def _logs(self) -> str:
        """The last lines of what it has logged."""
        return "\n".join(
            "\n".join([str(path), *path.read_text().splitlines()[-5:]]) for path in self._home.rglob("logs/*.log")
        )

    def kill(self, signal_number: int = signal.SIGKILL) -> None:
        """End the process (by default as a power cut would)."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal_number)
        self.process.wait(timeout=20)

    def wait_for_end(self, seconds: float = 90) -> int:
        """Read until the process has ended; return its exit code."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self._read(0.2)
        return self.process.wait(timeout=1)

    def _read(self, seconds: float) -> bool:
        """Take in what the process has written; False when it has ended and nothing more will come."""
        ready, _, _ = select.select([self._master], [], [], min(seconds, 0.5))
        if not ready:
            return True
        try:
            chunk = os.read(self._master, 65536)
        except OSError:  # Linux reports the end of a pseudo-terminal as an input/output error
            return False
        self.raw += chunk
        self._stream.feed(self._decode.decode(chunk))
        return bool(chunk)


def _sizeless() -> dict[str, str]:
    """This process's environment without the size of its own terminal, which would be taken for the child's."""
    return {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
