"""The first thing on the screen: who are you?"""

from time import monotonic

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from branch_console.errors import sentence
from branch_console.locale import t
from branch_console.rules.errors import CodedError
from branch_console.session_views import SessionFacts, StaffChoice
from screens.form import FormScreen
from screens.port import ConsoleServices
from screens.text import fit, plain
from screens.widgets import css_beside
from screens.widgets.choices import Choices, Option
from screens.widgets.field import Field
from screens.widgets.password_field import PasswordField
from screens.widgets.text_field import TextField


class Login(FormScreen[None]):
    """Staff number and password; the staff of this terminal to pick from."""

    HELP = "login.help"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#staff"
    FIELDS = ("staff", "password")

    class Opened(Message):
        """Somebody has logged in."""

        def __init__(self, session: SessionFacts) -> None:
            super().__init__()
            self.session = session

    def __init__(self, services: ConsoleServices) -> None:
        super().__init__()
        self._services = services
        self._busy = False
        self._until = 0.0
        self._refusal: CodedError | None = None
        self._staff: tuple[StaffChoice, ...] = ()

    def body(self) -> ComposeResult:
        """A card in the middle: form above, staff below."""
        terminal = self._services.terminal
        place = f"{terminal.branch_name}  {terminal.name}" if terminal else ""
        with VerticalScroll(id="stage"), Vertical(id="card"):
            yield Static(plain(t("app.title")), id="brand")
            yield Static(plain(place), id="place")
            yield Field(t("login.staff"), TextField(id="staff", max_length=40), id="staff-field")
            yield Field(t("login.password"), PasswordField(id="password"), id="password-field")
            yield Static(plain(t("login.choose")), id="choose")
            yield Choices((), id="who")

    def _options(self) -> list[Option]:
        demo = {account.id: account for account in self._services.demo_accounts}
        return [
            Option(
                person.id,
                f"{fit(person.name, 10)} {fit(t('role.' + person.role), 14)} {fit(person.id, 8)}",
                note=t("login.demo", password=demo[person.id].password) if person.id in demo else "",
            )
            for person in self._staff
        ]

    def on_mount(self) -> None:
        """Who works here is read after the first paint; the seconds of a throttle count down."""
        self.set_class(True, "-nobody")
        self.set_interval(1, self._count_down)
        # The application calls after the paint, the screen would before: a thread that imports takes its time from it.
        self.app.call_after_refresh(self.ask, self._services.staff, self._know)

    def reset(self) -> None:
        """For the next one: nothing typed, nothing said, the names as they are now."""
        self._refusal, self._busy, self._until = None, False, 0.0
        self.query_one("#staff", TextField).value = ""
        self.query_one("#password", PasswordField).wipe()
        for field in self.query(Field):
            field.error = field.hint = ""
        self.query_one("#staff").focus()
        self.ask(self._services.staff, self._know)

    def _know(self, staff: tuple[StaffChoice, ...]) -> None:
        self._staff = staff
        self.redrawn()

    def redrawn(self) -> None:
        """Names and roles in the language of the moment."""
        self.set_class(not self._staff, "-nobody")
        for choices in self.query("#who").results(Choices):  # none any more while the console is being left
            choices.options = tuple(self._options())

    @on(Choices.Chosen)
    def take(self, event: Choices.Chosen) -> None:
        """Fill in who was picked; in the demo the password too."""
        self.query_one("#staff", TextField).value = event.value
        demo = {account.id: account for account in self._services.demo_accounts}
        password = self.query_one("#password", PasswordField)
        if event.value in demo:
            password.value = demo[event.value].password
        password.focus()

    def following(self, field: str) -> str | None:
        """With the password already there, Enter logs in from either field."""
        return None if self.query_one("#password", PasswordField).value else super().following(field)

    def submit(self) -> None:
        """Check what was typed, then ask the services in a thread."""
        staff, password = self.query_one("#staff", TextField), self.query_one("#password", PasswordField)
        self.query_one("#staff-field", Field).error = "" if staff.text else t("login.staff.missing")
        self.query_one("#password-field", Field).error = "" if password.text else t("login.password.missing")
        if not staff.text:
            staff.focus()
        elif not password.text:
            password.focus()
        elif not self._busy and monotonic() >= self._until:
            self._busy = True
            self.query_one("#password-field", Field).hint = t("login.checking")
            name, secret = staff.text, password.text
            self.ask(lambda: self._services.login(name, secret), self._opened, self._refused)

    def _opened(self, session: SessionFacts) -> None:
        """Leave nothing behind for the next one."""
        self._busy = False
        self.query_one("#password", PasswordField).wipe()
        self.query_one("#password-field", Field).hint = ""
        self.post_message(self.Opened(session))

    def _refused(self, error: Exception) -> None:
        """Say why, beside the field, and how long to wait."""
        self._busy = False
        password = self.query_one("#password", PasswordField)
        password.wipe()
        password.focus()
        if not isinstance(error, CodedError):
            self.shell.show_error(error)
            return
        self._refusal = error
        self._until = monotonic() + int(error.params.get("seconds", 0))
        self._count_down()

    def _count_down(self) -> None:
        if self._refusal is None:
            return
        left = max(round(self._until - monotonic()), 0)
        field = self.query_one("#password-field", Field)
        field.hint = ""
        if "seconds" in self._refusal.params and not left:
            field.error, self._refusal = "", None
        else:
            field.error = refusal(self._refusal, left)
            if "seconds" not in self._refusal.params:
                self._refusal = None


def refusal(error: CodedError, seconds: int) -> str:
    """The error's sentence; a waiting time is said in minutes and seconds."""
    if "seconds" not in error.params:
        return sentence(error)
    return t("login.wait", time=f"{seconds // 60}:{seconds % 60:02}")
