"""A branch at a real central, its staff, and the services of consoles on terminals of their own: all but the screen."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from branch_console.central import staffing
from branch_console.rules.staff import Role
from branch_console.services import Services
from branch_console.services.terminal import OpenTerminal
from branch_console.settings import Settings
from branch_console.sync.device import read_device
from data.store import Store
from tests.fixtures.central import CentralProcess

PASSWORD = "quiet-harbor-lamp-42"
NEW_PASSWORD = "seven-green-kites-19"
PATIENCE = 90.0
UNTOLD = 0.1
"""Seconds after which it is asked again though nothing was told: not all that a desk says is told of."""


@dataclass(frozen=True)
class Branch:
    """A branch at a central that serves."""

    central: CentralProcess
    code: str

    def new_code(self) -> str:
        """An enrolment code."""
        return self.central.code(self.code)

    def add(self, staff: str, role: Role, password: str | None = PASSWORD) -> str:
        """A member of staff; None: with a random first password, which is returned."""
        return self.central.office(
            lambda at: staffing.add_staff(at, self.code, staff, f"员工{staff}", role, password=password)
        )

    def remove(self, staff: str) -> None:
        """Out of service."""
        self.central.office(lambda at: staffing.remove_staff(at, self.code, staff))

    def change_role(self, staff: str, role: Role) -> None:
        """Another task."""
        self.central.office(lambda at: staffing.change_role(at, self.code, staff, role))


class Terminal:
    """One machine: the services of its console, and what they have told."""

    def __init__(self, home: Path, branch: "Branch", name: str) -> None:
        self.name = name
        self.branch = branch
        self.settings = Settings(home=home, sync_spread_seconds=0, network_timeout_seconds=3)
        self.services = Services(self.settings)
        self.told: list[str] = []
        self._news = threading.Condition()
        self.services.subscribe(self._hear)

    def _hear(self, what: str) -> None:
        with self._news:
            self.told.append(what)
            self._news.notify_all()

    def again(self) -> None:
        """The console is left and started anew."""
        self.services.stop()
        self.services = Services(self.settings)
        self.services.subscribe(self._hear)

    def enrol(self) -> "Terminal":
        """Make the machine a terminal of the branch."""
        self.services.enrol(self.branch.central.url, self.branch.new_code(), self.name)
        return self

    def login(self, staff: str, password: str = PASSWORD) -> "Terminal":
        """Begin a session."""
        self.services.login(staff, password)
        return self

    @property
    def opened(self) -> OpenTerminal:
        """What the services have open."""
        assert self.services._terminal is not None
        return self.services._terminal

    @property
    def store(self) -> Store:
        """The open store."""
        return self.opened.store

    @property
    def home(self) -> Path:
        """Where all its state is."""
        return self.settings.home

    @property
    def id(self) -> str:
        """Under which central knows it."""
        return read_device(self.home).terminal

    def wait(self, holds: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait until it holds; it is asked again whenever the services tell something, and of what they do not tell.

        It is asked without the lock: its answer may need the thread that tells.
        """
        end = monotonic() + patience
        while not holds():
            assert monotonic() < end, f"{self.services.sync_view()}, told: {self.told[-10:]}"
            with self._news:
                self._news.wait(UNTOLD)

    def wait_drained(self) -> None:
        """Wait until central has everything that is in the store now, and the branch's entries are here."""
        seq = self.store.head().seq

        def drained() -> bool:
            view = self.services.sync_view()
            return view.drained and view.own_seq >= seq and view.state == "online"

        self.wait(drained)

    def wait_offline(self) -> None:
        """Wait until the sync has noticed that central is gone."""
        self.wait(lambda: self.services.sync_view().state == "offline")

    def wait_told(self, what: str) -> None:
        """Wait until that has been told."""
        self.wait(lambda: what in self.told)
