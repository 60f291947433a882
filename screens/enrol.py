"""This machine is not yet a terminal of any branch: make it one."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from branch_console.errors import sentence
from branch_console.locale import t
from branch_console.rules.errors import CodedError
from branch_console.session_views import TerminalFacts
from screens.form import FormScreen
from screens.port import ConsoleServices
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.field import Field
from screens.widgets.text_field import TextField

NAMES = ("url", "code", "name")


class Enrol(FormScreen[None]):
    """Address of central, a code that works once, and a name for this machine."""

    HELP = "enrol.help"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#url-input"
    FIELDS = ("url-input", "code-input", "name-input")

    class Enrolled(Message):
        """This machine is a terminal now."""

    def __init__(self, services: ConsoleServices) -> None:
        super().__init__()
        self._services = services
        self._busy = False

    def body(self) -> ComposeResult:
        """What to do, and a card with three fields."""
        with VerticalScroll(id="stage"), Vertical(id="card"):
            yield Static(plain(t("enrol.title")), id="brand")
            yield Static(plain(t("enrol.what")), id="what")
            yield Field(t("enrol.url"), TextField(id="url-input"), hint=t("enrol.url.hint"), id="url")
            yield Field(
                t("enrol.code"), TextField(id="code-input", max_length=80), hint=t("enrol.code.hint"), id="code"
            )
            yield Field(
                t("enrol.name"), TextField(id="name-input", max_length=40), hint=t("enrol.name.hint"), id="name"
            )

    def submit(self) -> None:
        """All three are needed; then ask central in a thread."""
        texts = {name: self.query_one(f"#{name}-input", TextField).text for name in NAMES}
        for name in NAMES:
            self.query_one(f"#{name}", Field).error = "" if texts[name] else t("enrol.missing")
        empty = next((name for name in NAMES if not texts[name]), None)
        if empty:
            self.query_one(f"#{empty}-input").focus()
        elif not self._busy:
            self._busy = True
            self.query_one("#name", Field).hint = t("enrol.asking")
            self.ask(
                lambda: self._services.enrol(texts["url"], texts["code"], texts["name"]), self._done, self._refused
            )

    def _done(self, terminal: TerminalFacts) -> None:  # noqa: ARG002
        self._busy = False
        self.post_message(self.Enrolled())

    def _refused(self, error: Exception) -> None:
        """Say why beside the address or the code; what was typed stays."""
        self._busy = False
        self.query_one("#name", Field).hint = t("enrol.name.hint")
        if not isinstance(error, CodedError):
            self.shell.show_error(error)
            return
        name = "code" if "code" in error.code else "url"
        self.query_one(f"#{name}", Field).error = sentence(error)
        self.query_one(f"#{name}-input").focus()
