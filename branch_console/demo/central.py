"""The demo's central: one process for all terminals of the demo on this machine."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx

START_SECONDS = 60


class DemoError(RuntimeError):
    """The demo cannot go on; the message says why and what to do."""


@dataclass
class DemoCentral:
    """Central as this demo found or started it. `child` is None when another demo runs it."""

    url: str
    child: subprocess.Popen[bytes] | None

    @classmethod
    def find_or_start(cls, home: Path, port: int) -> "DemoCentral":
        """Central of this home folder; started when none serves, on `port` if it is free. Raises DemoError."""
        url = serving_url(home)
        if url is not None:
            return cls(url, None)
        child = subprocess.Popen(  # noqa: S603  our own interpreter, our own module
            [sys.executable, "-m", "branch_console.demo.central_child", str(home), str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        assert child.stdout is not None and child.stderr is not None  # noqa: S101  both are pipes, see above
        line = child.stdout.readline()
        if not line:
            raise DemoError(child.stderr.read().decode(errors="replace").strip() or "central did not start")
        return cls(json.loads(line)["url"], child)

    def stop(self) -> None:
        """End central if this demo started it; PostgreSQL ends with it."""
        if self.child is None or self.child.stdin is None:
            return
        self.child.stdin.close()
        self.child.wait(timeout=START_SECONDS)


def serving_url(home: Path) -> str | None:
    """Where a central serves from this home folder, None when none does."""
    try:
        url = str(json.loads((home / "central" / "central.json").read_text())["url"])
        httpx.get(f"{url}/healthz", timeout=2).raise_for_status()
    except (FileNotFoundError, httpx.HTTPError):
        return None
    return url
