"""The console's services: who is logged in, the onboarding desk, today, the sync.

This module is imported before the login is painted, so everything heavy (store, ORM, HTTP) stays behind
`branch_console.services.terminal`, which `warm_up` loads in a thread.
"""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from branch_console.locale import Language, set_language
from branch_console.rules.errors import RuleError
from branch_console.session_views import DEFAULT_ZONE, DemoAccount, SessionFacts, StaffChoice, SyncView, TerminalFacts
from branch_console.settings import Settings

if TYPE_CHECKING:
    from branch_console.figure_views.today import TodayRest
    from branch_console.services.cases.board import CaseBoard
    from branch_console.services.figures.board import FigureBoard
    from branch_console.services.gifts.board import GiftBoard
    from branch_console.services.onboarding import OnboardingDesk
    from branch_console.services.terminal import OpenTerminal
    from branch_console.views import TodayView

Listener = Callable[[str], None]

NO_SYNC = SyncView(
    state="offline",
    pending=0,
    quarantined=(),
    own_seq=0,
    own_hash="",
    central_seq=None,
    central_hash="",
    epoch="",
    clock_offset_ms=None,
    last_contact="",
    problem="",
    drained=False,
    network_cut=False,
    waiting=(),
)


class Services:
    """One per console. Calls that touch the store or the network block: use a thread worker."""

    def __init__(self, settings: Settings, demo_accounts: tuple[DemoAccount, ...] = ()) -> None:
        """`demo_accounts` are given by the demo alone; with them a key may cut the network."""
        self.settings = settings
        self.demo_accounts = demo_accounts
        self._terminal: OpenTerminal | None = None
        self._listeners: list[Listener] = []
        self._cut = False
        self._entering = threading.Lock()
        self._logging = False

    @property
    def demo(self) -> bool:
        """Whether everything here is invented."""
        return bool(self.demo_accounts)

    @property
    def session(self) -> SessionFacts | None:
        """Who is logged in."""
        terminal = self._terminal
        return None if terminal is None else terminal.session

    @property
    def locked(self) -> bool:
        """Whether whoever is logged in has to come back first."""
        terminal = self._terminal
        return terminal is not None and terminal.locked

    @property
    def terminal(self) -> TerminalFacts | None:
        """This terminal; None when the machine is not enrolled."""
        try:
            facts = json.loads((self.settings.home / "device.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        zone = facts.get("timezone", DEFAULT_ZONE)
        return TerminalFacts(facts["terminal"], facts["name"], facts["branch"], facts["branch_name"], zone)

    def warm_up(self) -> None:
        """Load what a login needs, so that it need not be waited for after the password; from now on there is a log."""
        import branch_console.services.terminal  # noqa: F401, PLC0415  the heavy half, on purpose not before
        from branch_console.services.opening import read_ahead  # noqa: PLC0415

        self._keep_log()
        read_ahead(self.settings)

    def staff(self) -> tuple[StaffChoice, ...]:
        """Who can log in here."""
        from branch_console.services.opening import staff_choices  # noqa: PLC0415  see the module's docstring

        return staff_choices(self.settings)

    def enrol(self, url: str, code: str, name: str) -> TerminalFacts:
        """Make this machine a terminal of a branch. Raises errors with a code."""
        from branch_console.services.enrolling import enrol  # noqa: PLC0415  see the module's docstring

        return enrol(self.settings, url, code, name)

    def login(self, staff: str, password: str) -> SessionFacts:
        """Open the store with this person's password, and begin to sync. Raises errors with a code."""
        from branch_console.services.terminal import OpenTerminal  # noqa: PLC0415  see the module's docstring

        with self._entering:
            if self._terminal is not None:
                raise RuleError("session_open")
            self._keep_log()
            opened = OpenTerminal.unlock(self.settings, staff, password, self._tell)
            self._terminal = opened
            if self._cut:
                opened.send("cut")
        return opened.session

    def change_password(self, old: str, new: str) -> SessionFacts:
        """A new password for who is logged in. Raises errors with a code."""
        return self._opened().change_password(old, new)

    def lock(self) -> None:
        """Refuse everything but the sync until `unlock`."""
        terminal = self._terminal
        if terminal is not None:
            terminal.locked = True

    def unlock(self, password: str) -> None:
        """The same person is back. Raises errors with a code."""
        with self._entering:
            self._opened().come_back(password)

    def logout(self, why: str) -> None:
        """End the session (why: a code for the journal): the key is forgotten, the sync ends. Raises StoreError."""
        with self._entering:
            terminal, self._terminal = self._terminal, None
            if terminal is not None:
                terminal.close(why)

    def stop(self) -> None:
        """The console is left."""
        self.logout("left")

    @property
    def onboarding(self) -> "OnboardingDesk":
        """The onboarding desk. Raises RuleError `locked` when nobody may work now."""
        terminal = self._opened()
        terminal.check_working()
        return terminal.onboarding

    @property
    def gifts(self) -> "GiftBoard":
        """The gift desk. Raises RuleError `locked` when nobody may work now."""
        terminal = self._opened()
        terminal.check_working()
        return terminal.gifts

    @property
    def cases(self) -> "CaseBoard":
        """The case desk. Raises RuleError `locked` when nobody may work now."""
        terminal = self._opened()
        terminal.check_working()
        return terminal.cases

    @property
    def figures(self) -> "FigureBoard":
        """The Day board. Raises RuleError `locked` when nobody may work now."""
        terminal = self._opened()
        terminal.check_working()
        return terminal.figures(demo=self.demo)

    def today(self) -> "TodayView":
        """The start screen as it is painted first."""
        return replace(self._opened().today(), sync=self.sync_view())

    def today_rest(self) -> "TodayRest":
        """What the start screen learns afterwards."""
        return self._opened().today_rest()

    def sync_view(self) -> SyncView:
        """The sync as it stands, from memory."""
        terminal = self._terminal
        view = NO_SYNC if terminal is None else terminal.sync.view
        return replace(view, network_cut=self._cut)

    def sync_details(self) -> SyncView:
        """The same with what waits and what is quarantined, from the store."""
        return replace(self._opened().sync_details(), network_cut=self._cut)

    def try_now(self) -> None:
        """Contact central at once."""
        if self._terminal is not None:
            self._terminal.send("try_now")

    def cut_network(self, cut: bool) -> None:
        """Demo: take the network away, or give it back."""
        self._cut = cut
        if self._terminal is not None:
            self._terminal.send("cut" if cut else "restore")

    def set_language(self, language: Language) -> None:
        """The language of this member of staff from now on."""
        set_language(language)
        if self._terminal is not None:
            self._terminal.remember_language(language)

    def subscribe(self, listener: Listener) -> None:
        """Call `listener`, from any thread, with each subject that changed, or with what has happened.

        `sync`: its state changed; `revoked`: this terminal was; `removed`: who works here was taken out of service.
        """
        self._listeners.append(listener)

    def _tell(self, what: str) -> None:
        for listener in self._listeners:
            listener(what)

    def _opened(self) -> "OpenTerminal":
        if self._terminal is None:
            raise RuleError("locked")
        return self._terminal

    def _keep_log(self) -> None:
        """From now on what happens is logged to a file, and nothing to the screen."""
        from branch_console.security.logs import set_up_logs  # noqa: PLC0415  see the module's docstring

        if not self._logging:
            with suppress(OSError):  # whoever cannot write a log can still serve a customer
                set_up_logs(self.settings.home, "console")
            self._logging = True
