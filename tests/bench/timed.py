"""A program in a pseudo-terminal, with the time at which each thing appeared."""

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil


class Timed:
    """A program on a terminal of 120×40; use it as a context manager."""

    def __init__(self, arguments: Sequence[str], environ: Mapping[str, str] | None = None) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "LANG": "C.UTF-8",
                **(environ or {}),
            },
            cwd=Path(__file__).parents[2],
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._master)

    def press(self, keys: str) -> None:
        """Send keys as their bytes."""
        os.write(self._master, keys.encode())

    def until(self, wanted: str, seconds: float = 60) -> float:
        """Milliseconds from now (from the start, the first time) until `wanted` has been written to the terminal."""
        begin = time.perf_counter()
        seen = b""
        needle = wanted.encode()
        while needle not in seen:
            chunk = self._read(seconds - (time.perf_counter() - begin))
            seen = seen[-len(needle) :] + chunk
        return (time.perf_counter() - begin) * 1000

    def drain(self, quiet: float = 0.15) -> None:
        """Read until nothing has been written for `quiet` seconds."""
        while select.select([self._master], [], [], quiet)[0]:
            os.read(self._master, 65536)

    def echo(self, keys: str) -> list[float]:
        """Milliseconds from each key to its character on the terminal, one key at a time."""
        times = []
        for key in keys:
            begin = time.perf_counter()
            self.press(key)
            self.until(key)
            times.append((time.perf_counter() - begin) * 1000)
            self.drain(0.03)
        return times

    def memory_mb(self) -> float:
        """Resident memory of the program itself, in MB."""
        return float(psutil.Process(self.process.pid).memory_info().rss) / 1e6

    def idle_cpu(self, seconds: float) -> float:
        """Percent of one processor that the program uses while nobody touches it."""
        watched = psutil.Process(self.process.pid)
        before = watched.cpu_times()
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self._master], [], [], left)[0]:
                os.read(self._master, 65536)
        after = watched.cpu_times()
        return float(100 * (after.user + after.system - before.user - before.system) / seconds)

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._master], [], [], max(seconds, 0))
        if not ready:
            raise TimeoutError("the program did not show what was waited for")
        return os.read(self._master, 65536)


def quantiles(times: Sequence[float]) -> tuple[float, float]:
    """p50 and p95."""
    ordered = sorted(times)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
