"""A real terminal without a screen: its store, its sync process, and what that says."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from branch_console.rules.canonical import Json
from branch_console.security.keys import create_device_key, random_key, write_private
from branch_console.sync.device import write_device
from branch_console.sync.enrol import enrol
from branch_console.sync.link import Event, SyncLink
from data.identity import new_id
from data.store import Store
from tests.fixtures.central import CentralProcess
from tests.fixtures.stores import fresh_store

PATIENCE = 90.0
DEK = random_key()


class RealTerminal:
    """Enrolled at a real central; `start` and `stop` its sync process, `write` entries."""

    def __init__(self, home: Path, central: CentralProcess, url: str = "", branch: str = "B1") -> None:
        """`url`: where to reach central when that is through a proxy."""
        home.mkdir(parents=True)
        self.home = home
        self.dek = DEK
        enrolled = enrol(url or central.url, central.code(branch), home.name)
        self.identity = enrolled.identity
        create_device_key(home / "device.key")
        write_private(home / "unlock.json", b"{}")
        fresh_store(home / "store.db", self.dek, self.identity).close()
        self.store = Store.open(home / "store.db", self.dek)
        write_device(home, enrolled.device)
        self.device = enrolled.device
        self.events: list[Event] = []
        self.status: Event = {}
        self._news = threading.Condition()
        self.link: SyncLink | None = None

    def start(self, timeout: float = 3.0) -> None:
        """Start the sync process."""
        link = SyncLink(self.home, self.dek, self._hear, spread_seconds=0, timeout_seconds=timeout)
        self.link = link
        link.start()

    def stop(self) -> None:
        """End it."""
        if self.link is not None:
            self.link.stop()
            self.link = None

    def close(self) -> None:
        """End everything."""
        self.stop()
        self.store.close()

    def put_back(self, image: bytes) -> None:
        """Somebody puts an old copy of the store's file in its place."""
        path = self.home / "store.db"
        self.store.close()
        for rest in ("store.db-wal", "store.db-shm"):
            (self.home / rest).unlink(missing_ok=True)
        path.write_bytes(image)
        self.store = Store.open(path, self.dek)

    def send(self, command: str) -> None:
        """A command for the sync process."""
        assert self.link is not None
        self.link.send(command)

    def write(self, count: int, to_a_journey: int = 1) -> list[str]:
        """Write so many entries, up to a hundred in an act, so many of them about each journey; returns their ids."""
        ids: list[str] = []
        subject = ""
        for first in range(0, count, 100):
            with self.store.act("g01", datetime.now(UTC)) as act:
                for number in range(first, min(first + 100, count)):
                    if number % to_a_journey == 0:
                        subject = f"journey/{UUID(new_id(int(time.time() * 1000)))}"
                        flow: dict[str, Json] = {"id": "ecny_personal", "version": 1}
                        made = act.append("journey.started", subject, {"flow": flow, "target": "IV", "name": None})
                    else:
                        made = act.append("journey.step_started", subject, {"step": f"s{number % to_a_journey}"})
                    ids.append(made.id)
        return ids

    def wait(self, holds: Callable[[Event], bool], patience: float = PATIENCE) -> Event:
        """The first status, from the newest on, of which this holds."""
        with self._news:
            if not self._news.wait_for(lambda: bool(self.status) and holds(self.status), patience):
                raise AssertionError(f"still {self.status}")
            return self.status

    def wait_drained(self, patience: float = PATIENCE) -> Event:
        """Wait until central has everything that is in the store now."""
        seq = self.store.head().seq
        return self.wait(
            lambda status: bool(status["drained"]) and status["own_head"]["seq"] >= seq and status["state"] == "online",
            patience,
        )

    def wait_event(self, kind: str, patience: float = PATIENCE) -> Event:
        """Wait for an event of this kind."""
        with self._news:
            found: list[Event] = []

            def came() -> bool:
                found[:] = [event for event in self.events if event["event"] == kind]
                return bool(found)

            assert self._news.wait_for(came, patience), f"no {kind} among {self.events[-5:]}"
            return found[-1]

    def _hear(self, event: Event) -> None:
        with self._news:
            self.events.append(event)
            if event["event"] == "status":
                self.status = event
            self._news.notify_all()


def port_of(url: str) -> int:
    """The port in a URL."""
    port = urlsplit(url).port
    assert port is not None
    return port


def held(central: CentralProcess, terminal: str) -> list[tuple[int, str]]:
    """(seq, hash) of what central holds of a terminal, in order."""
    rows = central.sql("SELECT seq, encode(hash, 'hex') FROM entry WHERE writer = %s ORDER BY seq", terminal)
    return [(int(str(seq)), str(digest)) for seq, digest in rows]


def own(store: Store) -> list[tuple[int, str]]:
    """(seq, hash) of a terminal's own journal, in order."""
    return [(seq, str(store.hash_at(seq))) for seq in range(1, store.head().seq + 1)]
