"""An unlocked terminal: its store, who works at it, and the sync beside it. The heavy half of the services."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Self

from branch_console.desk.desk import Desk
from branch_console.locale import LANGUAGES, Language, set_language
from branch_console.rules.errors import RuleError
from branch_console.rules.roles import allowed, require
from branch_console.rules.staff import ROLES, Role, StaffState, subject_for
from branch_console.security.credential import new_credential
from branch_console.security.keys import read_device_key
from branch_console.security.passwords import password_problem
from branch_console.security.unlock import Member, UnlockFile
from branch_console.services.lines import journey_lines
from branch_console.services.onboarding import OnboardingDesk
from branch_console.services.sync_watch import SyncWatch
from branch_console.settings import Settings
from branch_console.sync.device import read_device
from branch_console.sync.enrol import sync_once
from branch_console.sync.link import SyncLink
from branch_console.views import DayCount, SessionFacts, StaffChoice, SyncView, TodayView
from data import queries
from data.anchor import Anchor
from data.store import Head, Store

STORE = "store.db"
ANCHOR = "anchor.json"
TODAY_LINES = 50


class OpenTerminal:
    """One session: from a password to the moment when the key is forgotten."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        unlock_file: UnlockFile,
        dek: bytes,
        session: SessionFacts,
        tell: Callable[[str], None],
    ) -> None:
        """Use `unlock`."""
        self.store = store
        self.session = session
        self.onboarding = OnboardingDesk(self.desk)
        self.sync = SyncWatch(store, tell, self._seal_for_staff, unlock_file.heard)
        self._settings = settings
        self._unlock_file = unlock_file
        self._dek = dek
        self._link: SyncLink | None = None
        self._closing = threading.Lock()

    @classmethod
    def unlock(
        cls, settings: Settings, staff: str, password: str, tell: Callable[[str], None], *, sync: bool = True
    ) -> Self:
        """Open the store with this person's password. `tell` hears from another thread what has changed.

        Raises UnlockError, StoreError, RuleError, SyncError.
        """
        unlock_file = UnlockFile(settings.home, grant=timedelta(days=settings.grant_days))
        unlocked = unlock_file.unlock(staff, password, datetime.now(UTC))
        store = Store.open(settings.home / STORE, unlocked.dek)
        try:
            Anchor(settings.home / ANCHOR, read_device_key(settings.home / "device.key")).attach(store)
            if unlocked.expired:
                _contact_central(settings, store, unlock_file, unlocked.dek)
            member = _member(store, staff)
            session = SessionFacts(staff, member.name, member.role, unlocked.must_change)
            opened = cls(settings, store, unlock_file, unlocked.dek, session, tell)
            opened._begin(sync=sync)
        except BaseException:
            store.close()
            raise
        return opened

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
            self._link = SyncLink(
                self._settings.home,
                self._dek,
                self.sync.take,
                spread_seconds=self._settings.sync_spread_seconds,
                timeout_seconds=self._settings.network_timeout_seconds,
            )
            self._link.start()

    def close(self, why: str) -> None:
        """End the session: the sync ends, the store is closed, the key is forgotten."""
        with self._closing:
            if self._link is not None:
                self._link.stop()
                self._link = None
            with self.store.act(self.session.staff, self._now()) as act:
                act.append("session.closed", f"terminal/{self.store.identity.terminal}", {"why": why})
            self.store.close()
            self._dek = b""

    def desk(self) -> Desk:
        """The person at the desk."""
        return Desk(self.store, self.session.staff, _role(self.session.role), self._now, self.second_person)

    def prove(self, staff: str, password: str) -> None:
        """Check a password of somebody of this terminal. Raises UnlockError."""
        self._unlock_file.unlock(staff, password, datetime.now(UTC))

    def second_person(self, staff: str, password: str) -> Role:
        """The role of somebody else who proves their presence by password. Raises UnlockError, RuleError."""
        self.prove(staff, password)
        return _role(_member(self.store, staff).role)

    def change_password(self, old: str, new: str) -> None:
        """A new password; it reaches the branch's other terminals as a journal entry. Raises UnlockError, RuleError."""
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

    def today(self) -> TodayView:
        """The start screen, without the sync."""
        desk = self.desk()
        day = desk.today()
        lines = []
        total = 0
        if allowed(desk.role, "journey.read"):
            rows = queries.journeys(self.store, tab="open", staff=desk.staff, limit=TODAY_LINES)
            lines = journey_lines(rows, self.store, desk.staff, desk.now())
            total = queries.count_journeys(self.store, tab="open", staff=desk.staff)
        lines.sort(key=lambda line: not line.mine)
        return TodayView(
            lines=tuple(lines),
            total_lines=total,
            mine=_count(queries.day_figures(self.store, day, desk.staff)),
            branch=_count(queries.day_figures(self.store, day)),
            sync=self.sync.view,
        )

    def sync_details(self) -> SyncView:
        """The sync with what waits and what is quarantined. Raises RuleError."""
        require(_role(self.session.role), "sync.see")
        return self.sync.details()

    def send(self, command: str) -> None:
        """Tell the sync process something: try_now, cut, restore."""
        if self._link is not None:
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

    def _seal_for_staff(self) -> None:
        """Let exactly the active staff of the branch unlock this terminal."""
        self._unlock_file.seal_for(self._dek, members(self.store))

    def _now(self) -> datetime:
        return datetime.now(self.store.identity.zone)


def staff_choices(settings: Settings) -> tuple[StaffChoice, ...]:
    """Who can log in on this terminal. Raises UnlockError."""
    return tuple(StaffChoice(each.staff_id, each.name, each.role) for each in UnlockFile(settings.home).staff())


def members(store: Store) -> list[Member]:
    """The active staff of the branch who have a credential."""
    return [
        Member(each.staff_id, each.name, each.role, each.credential.model_dump())
        for each in queries.staff_list(store)
        if each.active and each.credential is not None
    ]


def _contact_central(settings: Settings, store: Store, unlock_file: UnlockFile, dek: bytes) -> None:
    """Nobody may work before central has been reached and the staff are up to date. Raises SyncError."""
    device = read_device(settings.home)
    status = sync_once(store, settings.home, device, timeout=settings.network_timeout_seconds)
    unlock_file.heard(datetime.fromisoformat(str(status["last_contact"])))
    unlock_file.seal_for(dek, members(store))


def _member(store: Store, staff: str) -> StaffState:
    """A member of staff as central last wrote them. Raises RuleError `staff_inactive`."""
    state = store.state(subject_for("staff", staff))
    if not isinstance(state, StaffState) or not state.active:
        raise RuleError("staff_inactive")
    return state


def _role(name: str) -> Role:
    """The role of that name. Raises RuleError `role_unknown` for one of a newer version."""
    for role in ROLES:
        if role == name:
            return role
    raise RuleError("role_unknown", role=name)


def _count(figures: queries.DayFigures) -> DayCount:
    return DayCount(figures.received, figures.onboarded, figures.first_use, figures.by_hour)
