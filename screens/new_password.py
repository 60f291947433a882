"""A new password: asked for after the first login, or wished for."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from branch_console.errors import sentence
from branch_console.locale import t
from branch_console.rules.errors import CodedError
from branch_console.views import SessionFacts
from screens.form import FormScreen
from screens.port import ConsoleServices
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.field import Field
from screens.widgets.password_field import PasswordField


class NewPassword(FormScreen[None]):
    """The old one, the new one twice. When it must be changed there is no other way on."""

    HELP = "password.help"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#old-password"
    FIELDS = ("old-password", "new-password", "again-password")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "common.back"),
    ]

    class Changed(Message):
        """The new password holds."""

        def __init__(self, session: SessionFacts) -> None:
            super().__init__()
            self.session = session

    def __init__(self, services: ConsoleServices, *, required: bool) -> None:
        super().__init__()
        self._services = services
        self._required = required
        self._busy = False

    def body(self) -> ComposeResult:
        """A card in the middle."""
        why = t("password.required") if self._required else t("password.wished")
        with VerticalScroll(id="stage"), Vertical(id="card"):
            yield Static(plain(t("password.title")), id="brand")
            yield Static(plain(why), id="why")
            yield Field(t("password.old"), PasswordField(id="old-password"), id="old")
            yield Field(t("password.new"), PasswordField(id="new-password"), hint=t("password.hint"), id="new")
            yield Field(t("password.again"), PasswordField(id="again-password"), id="again")

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002
        """A required change cannot be left."""
        return t("password.required") if action == "leave" and self._required else ""

    def action_leave(self) -> None:
        """Back, nothing changed."""
        self.dismiss()

    def submit(self) -> None:
        """Check what can be checked here, then ask the services in a thread."""
        old, new, again = (self.query_one(f"#{name}-password", PasswordField) for name in ("old", "new", "again"))
        self._say("old", "" if old.text else t("login.password.missing"))
        self._say("new", "" if new.text else t("password.new.missing"))
        self._say("again", "" if new.text == again.text else t("password.differs"))
        for field in (old, new, again):
            if field.has_class("-invalid"):
                field.focus()
                return
        if not self._busy:
            self._busy = True
            before, after = old.text, new.text
            self.ask(lambda: self._services.change_password(before, after), self._changed, self._refused)

    def _changed(self, session: SessionFacts) -> None:
        self._busy = False
        for field in self.query(PasswordField):
            field.wipe()
        self.post_message(self.Changed(session))

    def _refused(self, error: Exception) -> None:
        """The old one is wrong, or the new one breaks the policy."""
        self._busy = False
        if not isinstance(error, CodedError):
            self.shell.show_error(error)
            return
        name = "new" if error.code.startswith("password_") else "old"
        self._say(name, sentence(error))
        self.query_one(f"#{name}-password").focus()

    def _say(self, name: str, error: str) -> None:
        self.query_one(f"#{name}", Field).error = error
