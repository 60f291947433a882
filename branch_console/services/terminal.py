"""An unlocked terminal: its store, who works at it, and what runs beside it. The heavy half of the services."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from branch_console.desk.desk import Desk
from branch_console.figure_views.today import TodayRest
from branch_console.locale import LANGUAGES, Language, set_language
from branch_console.rules.errors import RuleError
from branch_console.rules.roles import require
from branch_console.rules.staff import Role, subject_for
from branch_console.security.credential import new_credential
from branch_console.security.passwords import password_problem
from branch_console.security.unlock import Unlocked
from branch_console.services.housekeeping import Housekeeping
from branch_console.services.onboarding import OnboardingDesk
from branch_console.services.opening import Opened, member_of, members, open_store, role_named
from branch_console.services.slips.files import SLIPS
from branch_console.services.sync_watch import SyncWatch
from branch_console.services.today import Today
from branch_console.settings import Settings
from branch_console.sync.link import SyncLink
from branch_console.views import SessionFacts, SyncView, TodayView
from data import queries
from data.store import Head

if TYPE_CHECKING:
    from branch_console.services.cases.board import CaseBoard
    from branch_console.services.figures.board import FigureBoard
    from branch_console.services.gifts.board import GiftBoard

LAST_PUSH_SECONDS = 2.0
"""How long leaving may wait for the end of the session to reach central."""


class OpenTerminal:
    """One session: from a password to the moment when the key is forgotten."""

    def __init__(self, settings: Settings, opened: Opened, session: SessionFacts, tell: Callable[[str], None]) -> None:
        """Use `unlock`."""
        self.store = opened.store
        self.session = session
        self.locked = False
        """Nothing but the sync until whoever works here has come back."""
        self.removed = False
        """Central has taken the person who works here out of service."""
        self.onboarding = OnboardingDesk(self.desk)
        self._today = Today()
        self._tell = tell
        self._unlock_file = opened.unlock_file
        self.sync = SyncWatch(self.store, tell, self._staff_changed, self._unlock_file.heard)
        self._dek = opened.unlocked.dek
        self._closing = threading.Lock()
        self._closed = False
        self._housekeeping = Housekeeping(self.store, self._now, settings.retention_days, settings.home / SLIPS)
        self._link = SyncLink(
            settings.home,
            self._dek,
            self.sync.take,
            spread_seconds=settings.sync_spread_seconds,
            timeout_seconds=settings.network_timeout_seconds,
        )
        self._home = settings.home
        self._gifts: GiftBoard | None = None
        self._opening_gifts = threading.Lock()
        self._cases: CaseBoard | None = None
        self._opening_cases = threading.Lock()
        self._figures: FigureBoard | None = None
        self._opening_figures = threading.Lock()

    @classmethod
    def unlock(
        cls, settings: Settings, staff: str, password: str, tell: Callable[[str], None], *, sync: bool = True
    ) -> Self:
        """Open the store with this person's password. `tell` hears from another thread what has changed.

        `sync`: it and retention run beside the session. Raises UnlockError, StoreError, RuleError, SyncError.
        """
        opened = open_store(settings, staff, password)
        try:
            member = member_of(opened.store, staff)
            session = SessionFacts(staff, member.name, member.role, opened.unlocked.must_change)
            terminal = cls(settings, opened, session, tell)
            terminal._begin(sync=sync)
        except BaseException:
            opened.store.close()
            raise
        return terminal

    def _begin(self, *, sync: bool) -> None:
        with self.store.act(self.session.staff, self._now()) as act:
            act.append("session.opened", f"terminal/{self.store.identity.terminal}", {"method": "password"})
        self._seal_for_staff()
        remembered = self.store.meta(f"language.{self.session.staff}")
        for each in LANGUAGES:
            if each == remembered:
                set_language(each)
        keep_anchor = self.store.on_head
        self.store.on_head = lambda terminal, head: self._wrote(keep_anchor, terminal, head)
        if sync:
            self._link.start()
            self._housekeeping.start()

    def close(self, why: str) -> None:
        """End the session: the sync ends, the store is closed, the key is forgotten, whatever goes wrong."""
        with self._closing, ExitStack() as ending:
            if self._closed:
                return
            self._closed = True
            ending.callback(self._forget)
            ending.callback(self._link.stop)
            self._housekeeping.stop()
            with self.store.act(self.session.staff, self._now()) as act:
                act.append("session.closed", f"terminal/{self.store.identity.terminal}", {"why": why})
            self.sync.wait_until_drained(LAST_PUSH_SECONDS)

    def _forget(self) -> None:
        self.store.close()
        self._dek = b""

    def check_present(self) -> None:
        """Raises RuleError `locked`, or `staff_inactive` for somebody who was taken out of service."""
        if self.locked or self._closed:
            raise RuleError("locked")
        if self.removed:
            raise RuleError("staff_inactive")

    def check_working(self) -> None:
        """The same, and no act before a first password has been changed. Raises RuleError."""
        self.check_present()
        if self.session.must_change_password:
            raise RuleError("password_must_change")

    def come_back(self, password: str) -> None:
        """Whoever works here unlocks the session again. Raises UnlockError, RuleError."""
        if self.removed:
            raise RuleError("staff_inactive")
        self.prove(self.session.staff, password)
        self.locked = False

    def desk(self) -> Desk:
        """The person at the desk. Raises RuleError when nobody may work now."""
        self.check_working()
        return Desk(self.store, self.session.staff, role_named(self.session.role), self._now, self.second_person)

    @property
    def gifts(self) -> "GiftBoard":
        """The gift desk; made when it is asked for, so that a login does not wait for it.

        Made once, whichever thread asks first: it knows the customers of the session.
        """
        from branch_console.services.gifts.opening import open_gifts  # noqa: PLC0415  see above

        with self._opening_gifts:
            if self._gifts is None:
                self._gifts = open_gifts(self.desk, self.sync, self._link, self._home)
            return self._gifts

    @property
    def cases(self) -> "CaseBoard":
        """The case desk; made once, when it is asked for."""
        from branch_console.services.cases.opening import open_cases  # noqa: PLC0415  as for gifts

        with self._opening_cases:
            if self._cases is None:
                self._cases = open_cases(self.desk, lambda: self.gifts, self.sync, self._link, self._home)
            return self._cases

    def figures(self, *, demo: bool) -> "FigureBoard":
        """The Day board; made once, when it is asked for. `demo`: everything here is invented."""
        from branch_console.services.figures.opening import open_figures  # noqa: PLC0415  as for gifts

        with self._opening_figures:
            if self._figures is None:
                self._figures = open_figures(self.desk, self.sync, self._link, self._home, demo=demo)
            return self._figures

    def prove(self, staff: str, password: str) -> Unlocked:
        """Check a password of somebody of this terminal. Raises UnlockError."""
        return self._unlock_file.unlock(staff, password, datetime.now(UTC))

    def second_person(self, staff: str, password: str) -> Role:
        """The role of somebody else who proves their presence by a password of their own choice.

        Raises UnlockError, RuleError.
        """
        if self.prove(staff, password).must_change:
            raise RuleError("second_person_password")
        return role_named(member_of(self.store, staff).role)

    def change_password(self, old: str, new: str) -> SessionFacts:
        """A new password; it reaches the branch's other terminals as a journal entry. Raises UnlockError, RuleError."""
        self.check_present()
        staff = self.session.staff
        self.prove(staff, old)
        problem = "password_same" if old == new else password_problem(new, (staff, self.session.name))
        if problem is not None:
            raise RuleError(problem)
        credential = new_credential(staff, new, must_change=False)
        with self.store.act(staff, self._now()) as act:
            act.append(
                "staff.credential_changed",
                subject_for("staff", staff),
                {"staff_id": staff, "credential": dict(credential)},
            )
        self._unlock_file.rewrap(staff, new, self._dek, credential)
        self.session = replace(self.session, must_change_password=False)
        return self.session

    def today(self) -> TodayView:
        """The start screen as it is painted first."""
        return self._today.view(self.desk(), self.sync.view)

    def today_rest(self) -> TodayRest:
        """What the start screen learns afterwards."""
        return self._today.rest(self.desk(), self.sync.view, self._home)

    def sync_details(self) -> SyncView:
        """The sync with what waits and what is quarantined. Raises RuleError."""
        self.check_working()
        require(role_named(self.session.role), "sync.see")
        return self.sync.details()

    def send(self, command: str) -> None:
        """Tell the sync process something: try_now, cut, restore."""
        self._link.send(command)

    def remember_language(self, chosen: Language) -> None:
        """The language in which this person is greeted from now on."""
        self.store.set_meta(f"language.{self.session.staff}", chosen)

    def _wrote(self, keep_anchor: Callable[[str, Head], None] | None, terminal: str, head: Head) -> None:
        """An act is durable: the anchor moves on, and the sync need not wait to find out."""
        if keep_anchor is not None:
            keep_anchor(terminal, head)
        self.sync.wrote(head)
        self.send("push_now")

    def _staff_changed(self) -> None:
        """The staff of the branch are not what they were; whoever was taken out of service works here no longer."""
        self._seal_for_staff()
        active = {each.staff_id for each in queries.staff_list(self.store) if each.active}
        if self.session.staff not in active and not self.removed:
            self.removed = True
            self._tell("removed")

    def _seal_for_staff(self) -> None:
        """Let exactly the active staff of the branch unlock this terminal."""
        self._unlock_file.seal_for(self._dek, members(self.store))

    def _now(self) -> datetime:
        return datetime.now(self.store.identity.zone)
