"""The console's handle on the sync process: start, command, listen, start anew when it dies."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from branch_console.sync.calls import Body, Called, CallFailed
from branch_console.sync.waiting import Waiting

Event = dict[str, Any]

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds between the end of a process and the start of the next; doubled each time it dies young."""
YOUNG = 60.0
END_SECONDS = 5.0
ANSWER_SLACK = 0.5
"""Seconds that the process may take beyond a call's own time to say that it timed out."""


class SyncLink:
    """One sync process at a time, as long as the session lasts. Safe to use from any thread."""

    def __init__(
        self,
        home: Path,
        dek: bytes,
        on_event: Callable[[Event], None],
        *,
        spread_seconds: float = 60.0,
        timeout_seconds: float = 15.0,
    ) -> None:
        """`on_event` is called from a thread of the link's own."""
        self._home = home
        self._dek = dek
        self._on_event = on_event
        self._spread = spread_seconds
        self._timeout = timeout_seconds
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._cut = False
        self._status: Event = {}
        self._waiting = Waiting()
        self._thread = threading.Thread(target=self._keep, name="sync-link", daemon=True)

    @property
    def pid(self) -> int | None:
        """The process that runs now."""
        process = self._process
        return None if process is None else process.pid

    def start(self) -> None:
        """Start the process, and whoever looks after it."""
        self._thread.start()

    def send(self, command: str) -> None:
        """push_now, try_now, cut, restore or stop. A process that is just dying gets it from the next one's start."""
        with self._lock:
            if command in ("cut", "restore"):
                self._cut = command == "cut"
            self._write({"do": command})

    def call(self, method: str, path: str, body: Body | None, timeout: float) -> Called:
        """Ask central one thing and wait for the answer, at most `timeout` seconds; at once without a network.

        Never from the thread that `on_event` is called from.
        """
        call, answer = self._waiting.begin()
        line = {"do": "call", "id": call, "method": method, "path": path, "body": body, "timeout": timeout}
        with self._lock:
            sent = not self._cut and not self._ended.is_set() and self._write(line)
        if not sent:
            self._waiting.forget(call)
            return CallFailed("network-cut" if self._cut else "no-process")
        return self._waiting.answer(call, answer, timeout + ANSWER_SLACK)

    def stop(self) -> None:
        """End the process and wait for it; no event comes afterwards."""
        self._ended.set()
        with self._lock:
            process = self._process
            if process is not None and process.stdin is not None:
                self._write({"do": "stop"})
        if process is not None:
            try:
                process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join(END_SECONDS)

    def _keep(self) -> None:
        """Have a process as long as nobody says stop."""
        pause = FIRST_PAUSE
        while not self._ended.is_set():
            born = time.monotonic()
            revoked = self._run()
            if revoked or self._ended.is_set():
                return
            pause = FIRST_PAUSE if time.monotonic() - born > YOUNG else min(pause * 2, LONGEST_PAUSE)
            if self._status:
                self._on_event({**self._status, "state": "connecting", "problem": "restarting", "drained": False})
            self._ended.wait(pause)

    def _run(self) -> bool:
        """One process from start to end; whether it said that this terminal is revoked."""
        process = subprocess.Popen(
            [sys.executable, "-m", "branch_console.sync"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
            start_new_session=True,  # Ctrl+C in the console is not meant for it
        )
        first = {
            "home": str(self._home),
            "dek": self._dek.hex(),
            "spread_seconds": self._spread,
            "timeout_seconds": self._timeout,
        }
        with self._lock:
            self._process = process
            self._write(first)
            if self._cut:
                self._write({"do": "cut"})
        revoked = False
        assert process.stdout is not None  # noqa: S101  asked for above
        for line in process.stdout:
            if self._ended.is_set():
                break
            event = json.loads(line)
            if event["event"] == "answer":
                self._waiting.came(event)
                continue
            revoked = revoked or event["event"] == "revoked"
            if event["event"] == "status":
                self._status = event
            self._on_event(event)
        process.stdout.close()
        with self._lock:
            self._process = None
            assert process.stdin is not None  # noqa: S101  asked for above
            with suppress(BrokenPipeError):
                process.stdin.close()
        self._waiting.fail_all("broken")
        process.wait()
        return revoked

    def _write(self, line: Mapping[str, object]) -> bool:
        """One line to the process, if there is one that listens; whether there is."""
        process = self._process
        if process is None or process.stdin is None:
            return False
        try:
            process.stdin.write(json.dumps(line) + "\n")
            process.stdin.flush()
        except (BrokenPipeError, ValueError):  # it has died; the next one begins by looking at the store
            return False
        return True
