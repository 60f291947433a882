"""The lock: nothing of what lies behind it can be seen, reached or overheard."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static
from textual.worker import Worker, WorkerState

from branch_console.locale import t
from branch_console.rules.errors import CodedError
from screens.login import refusal
from screens.port import ConsoleServices
from screens.shell import Shell
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.field import Field
from screens.widgets.password_field import PasswordField
from screens.widgets.status_line import Status, StatusLine


class Lock(ModalScreen[None]):
    """Opaque. The password of the same member of staff opens it; somebody else ends the session."""

    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#unlock-password"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("down,up", "app.focus_next", show=False)]

    shell = getters.app(Shell)

    class Opened(Message):
        """The password was right."""

    class OtherStaff(Message):
        """Somebody else wants to work here."""

    def __init__(self, services: ConsoleServices) -> None:
        super().__init__()
        self._services = services

    def compose(self) -> ComposeResult:
        """Who locked it, the password, and the way out."""
        session = self._services.session
        who = f"{session.name}  {t('role.' + session.role)}" if session else ""
        yield StatusLine()
        with Vertical(id="lock-stage"), Vertical(id="lock-card"):
            yield Static(plain(t("lock.title")), id="lock-title")
            yield Static(plain(who), id="lock-who")
            yield Field(t("login.password"), PasswordField(id="unlock-password"), hint=t("lock.hint"), id="lock-field")
            yield Button(plain(t("lock.other")), id="other-staff", compact=True)

    def on_mount(self) -> None:
        """The sync goes on and is shown; words follow the language."""
        self.shell.status_signal.subscribe(self, self._show_status)
        self._show_status(self.shell.status)

    def _show_status(self, status: Status) -> None:
        self.query_one(StatusLine).status = status

    @on(Input.Submitted)
    def unlock(self, event: Input.Submitted) -> None:
        """Ask the services in a thread."""
        event.stop()
        password = event.value
        field = self.query_one("#lock-field", Field)
        if not password:
            field.error = t("login.password.missing")
            return
        field.error, field.hint = "", t("login.checking")
        self.run_worker(
            lambda: self._services.unlock(password), name="unlock", thread=True, group="unlock", exit_on_error=False
        )

    @on(Button.Pressed, "#other-staff")
    def leave(self, event: Button.Pressed) -> None:
        """End the session; what was saved stays saved."""
        event.stop()
        self.post_message(self.OtherStaff())

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Open, or say why not."""
        if event.worker.name != "unlock":
            return
        event.stop()
        if event.state is WorkerState.SUCCESS:
            self.post_message(self.Opened())
        elif event.state is WorkerState.ERROR and event.worker.error is not None:
            self._refused(event.worker.error)

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, CodedError):
            raise error
        field = self.query_one("#lock-field", Field)
        field.hint = t("lock.hint")
        field.error = refusal(error, int(error.params.get("seconds", 0)))
        password = self.query_one("#unlock-password", PasswordField)
        password.wipe()
        password.focus()
