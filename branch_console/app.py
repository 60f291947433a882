"""The console: which screen is shown, the keys that work everywhere, and how a session begins and ends."""

import gc
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from branch_console.hangup import terminal_gone
from branch_console.leading import Leading
from branch_console.locale import Language, language, t
from branch_console.session_views import SessionFacts
from screens.cases.alarm_watch import AlarmWatch
from screens.enrol import Enrol
from screens.lockable import elapsed, now
from screens.login import Login
from screens.port import ConsoleServices
from screens.status import status_of
from screens.widgets.confirm import Confirm
from screens.widgets.error_box import ErrorBox

if TYPE_CHECKING:
    from branch_console.rules.staff import Role

LOGIN = "login"
"""The mode at start and between sessions."""


class BranchConsole(Leading):
    """Thin: screens draw, services work."""

    DEFAULT_MODE = LOGIN

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "key.help", id="help"),
        Binding("f2", "go('onboarding')", "key.onboarding", id="onboarding"),
        Binding("f3", "go('gifts')", "key.gifts", id="gifts"),
        Binding("f4", "go('register')", "key.register", id="register"),
        Binding("f5", "go('feedback')", "key.feedback", id="feedback"),
        Binding("f6", "go('cases')", "key.cases", id="cases"),
        # Before the others: on a narrow console the last ones have no room.
        Binding("f9", "go('deduction')", "key.deduction", id="deduction"),
        Binding("f7", "go('board')", "key.board", id="board"),
        Binding("f8", "go('sync')", "key.sync", id="sync"),
        Binding("ctrl+p", "palette", "key.palette", id="palette"),
        # Also over a dialog: whoever is called away locks at once.
        Binding("ctrl+l", "lock", "key.lock", id="lock", priority=True),
        Binding("ctrl+t", "language", "key.language", id="language", priority=True),
        Binding("ctrl+n,f12", "network", "key.network", id="network"),
        Binding("ctrl+q", "leave", "key.leave", id="leave", show=False),
        Binding("escape", "go('today')", "key.today", id="today", show=False),
    ]

    class Heard(Message):
        """A subject, or the sync, has changed. Posted from other threads."""

        def __init__(self, subject: str) -> None:
            super().__init__()
            self.subject = subject

    def __init__(self, services: ConsoleServices) -> None:
        settings = services.settings
        super().__init__(
            services, language=cast(Language, settings.language), colours=settings.theme, borders=settings.borders
        )
        self._areas: dict[str, Callable[[], Screen[Any]]] = {}
        self._begun = now()
        self._changed = False
        self._urgent = AlarmWatch(self, self.refresh_status)
        self.add_mode(LOGIN, lambda: Login(services))

    # --- start ---

    def on_mount(self) -> None:
        """Paint first; everything heavy is loaded afterwards, in a thread."""
        self.title = t("app.title")
        self.refresh_status()
        if self.services.terminal is None:
            self.push_screen(Enrol(self.services))
        self.services.subscribe(self._hear)
        self.set_interval(1, self._watch)
        self.call_after_refresh(self.run_worker, self._warm_up, name="warm-up", thread=True, exit_on_error=False)

    def _warm_up(self) -> None:
        from screens.warm import warm_up  # noqa: PLC0415  loads what is only needed after the first paint

        gc.freeze()
        gc.enable()  # switched off at the start; what is loaded now leaves much behind
        self.services.warm_up()
        warm_up()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What was loaded stays for ever: the garbage collector need not look at it again."""
        if event.state is WorkerState.ERROR and isinstance(event.worker.error, Exception):
            self.show_error(event.worker.error)
        elif event.worker.name == "warm-up" and event.state is WorkerState.SUCCESS:
            gc.freeze()

    def log_crash(self, error_id: str, error: BaseException | None) -> None:
        """Types and lines of code go to the log, no messages and no values of variables."""
        import structlog  # noqa: PLC0415  needed only now

        from branch_console.security.logs import set_up_logs  # noqa: PLC0415

        set_up_logs(self.services.settings.home, "console")
        structlog.get_logger(__name__).error("crash", error_id=error_id, exc_info=error)

    # --- session ---

    async def on_enrol_enrolled(self) -> None:
        """This machine is a terminal now."""
        await self._enter_anew()

    async def on_login_opened(self, message: Login.Opened) -> None:
        """A session begins."""
        self._begun = now()
        self.speak(language())  # this member of staff may have chosen the other one
        await self._begin(message.session)

    async def _begin(self, session: SessionFacts) -> None:
        from screens import areas  # noqa: PLC0415  loads the screens that only a session needs

        self.refresh_status()
        if session.must_change_password:
            await self.push_screen(areas.new_password(self.services, required=True))
            return
        self._areas = areas.areas(self.services)
        for name, factory in self._areas.items():
            self.add_mode(name, factory)
        self._urgent.begin()
        await self.switch_mode("today")

    async def on_new_password_changed(self) -> None:
        """Back to where the new password was asked for, or on to work."""
        await self.pop_screen()
        if self.services.session is not None and not self._areas:
            await self._begin(self.services.session)
        self.notify(t("password.changed"))

    async def end_session(self, why: str) -> None:
        """Back to the login; what was on the screens is gone, what was saved stays."""
        self.services.lock()
        self.clear_notifications()
        await self.leave_lock(LOGIN)
        for name in self._areas:
            self.remove_mode(name)
        self._areas = {}
        self.run_worker(lambda: self._log_out(why), name="logout", thread=True, exit_on_error=False)
        await self._enter_anew()

    async def _enter_anew(self) -> None:
        """The login as if the console had just been started."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if isinstance(self.screen, Login):
            self.screen.reset()
        self.refresh_status()

    def _log_out(self, why: str) -> None:
        self.services.logout(why)
        self.call_from_thread(self.refresh_status)

    async def _revoked(self) -> None:
        """Central does not trust this terminal any more."""
        await self.end_session("revoked")
        self.push_screen(ErrorBox(t("revoked.title"), t("revoked.message")))

    async def _removed(self) -> None:
        """Central has taken whoever works here out of service."""
        await self.end_session("removed")
        self.push_screen(ErrorBox(t("removed.title"), t("error.staff_inactive")))

    async def on_lock_other_staff(self) -> None:
        """Somebody else wants to work here."""
        await self.end_session("other_staff")

    # --- what the services say ---

    def _hear(self, subject: str) -> None:
        """Called from other threads."""
        self.post_message(self.Heard(subject))

    def on_branch_console_heard(self, message: Heard) -> None:
        """The status line follows at once, the screen within a second, however much arrives."""
        if message.subject == "revoked":
            self.call_later(self._revoked)
        elif message.subject == "removed":
            self.call_later(self._removed)
        elif message.subject == "sync":
            self.refresh_status()
        self._changed = True
        self._urgent.heard(message.subject)

    def _watch(self) -> None:
        """Once a second: is anybody there, has the session lasted too long, has anything changed?"""
        if not self.is_headless and terminal_gone():
            self.exit()
            return
        if self.services.session is not None and elapsed(self._begun) >= self.services.settings.session_hours * 3600:
            self.call_later(self.end_session, "expired")
        if not self.screen_stack:  # the console is just being left
            return
        if self._areas and not self.locked:
            self._urgent.look()
        reload = getattr(self.screen, "heard", None)
        if self._changed and reload is not None and self.screen.is_mounted:  # before that it cannot read anything
            self._changed = False
            reload()

    def refresh_status(self) -> None:
        """Ask the services what the status line says."""
        urgent = self._urgent.waiting if self.services.session is not None else 0
        self.show_status(replace(status_of(self.services), urgent=urgent))

    # --- keys ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Areas and the lock need a session; the network can be cut in the demo only."""
        if self.locked:
            return super().check_action(action, parameters)
        if action in {"go", "password"}:
            shown = bool(self._areas) and parameters != (self.current_mode,)
            return None if shown and self.why_not(action, parameters) else shown
        if action in {"reach", "part"}:
            return bool(self._areas) and not self.why_not(action, parameters)
        if action in {"lock", "log_out"}:
            return self.services.session is not None
        if action == "network":
            return self.services.demo
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """In words, why somebody with this role cannot go there; empty when they can."""
        session = self.services.session
        to_board = action in {"go", "reach", "part"} and ("board" in parameters or parameters == ("area",))
        if session is None or not to_board:
            return ""
        from branch_console.rules.roles import allowed  # noqa: PLC0415  nobody waits for it at login

        return "" if allowed(cast("Role", session.role), "figures.branch") else t("error.role_may_not")

    async def action_go(self, area: str) -> None:
        """Show another area as it was left; from a journey, a new case is its customer's."""
        journey = getattr(self.screen, "customer_of", "")
        await self.switch_mode(area)
        come_from = getattr(self.screen, "come_from", None)
        if journey and come_from is not None:
            come_from(journey)

    def action_help(self) -> None:
        """Explain the screen and its keys."""
        from screens.help import Help  # noqa: PLC0415

        self.push_screen(Help(self.screen))

    def action_palette(self) -> None:
        """Find a command by typing."""
        from screens.palette import open_palette  # noqa: PLC0415

        open_palette(self)

    def action_language(self) -> None:
        """Chinese or English, at once."""
        chosen: Language = "en" if language() == "zh" else "zh"
        self.speak(chosen)
        self.refresh_status()
        if self.services.session is not None:
            self.run_worker(lambda: self.services.set_language(chosen), thread=True, exit_on_error=False)

    def action_looks(self, what: str) -> None:
        """Dark or light; lines of box characters or of ASCII."""
        colours = {"dark": "light", "light": "dark"}[self.colours] if what == "colours" else self.colours
        borders = {"round": "ascii", "ascii": "round"}[self.borders] if what == "borders" else self.borders
        self.set_looks(colours, borders)

    def action_password(self) -> None:
        """Choose another password."""
        from screens import areas  # noqa: PLC0415

        self.push_screen(areas.new_password(self.services, required=False))

    def action_network(self) -> None:
        """Demo: take the network away, or give it back."""
        cut = not self.services.sync_view().network_cut
        self.services.cut_network(cut)
        self.notify(t("network.cut" if cut else "network.restored"))

    async def action_log_out(self) -> None:
        """End the session."""
        await self.end_session("logout")

    def action_leave(self) -> None:
        """Leave the console; asks first when somebody is logged in."""
        if self.services.session is None:
            self.exit()
        else:
            question = Confirm(t("leave.title"), t("leave.message"), yes=t("leave.yes"))
            self.push_screen(question, lambda yes: self.exit() if yes else None)
