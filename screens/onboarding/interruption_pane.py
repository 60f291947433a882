"""The page that stops a journey: what was found, whom to call, and who alone may let it go on. Calm, and complete."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Digits, Input, Static

from branch_console.locale import t
from branch_console.views import InterruptionView
from screens.onboarding.proceed import Proceed
from screens.onboarding.prose import Prose
from screens.signs import sign
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.field import Field
from screens.widgets.password_field import PasswordField
from screens.widgets.text_field import TextField


class InterruptionPane(VerticalScroll, can_focus=False):
    """Going on needs a supervisor's own password when the rule says so; stopping needs nobody."""

    DEFAULT_CSS = css_beside(__file__)

    @dataclass
    class Resolved(Message):
        """Decided: `outcome` is continue or stop."""

        outcome: str
        note: str
        supervisor: str
        password: str

    def __init__(self, interruption: InterruptionView) -> None:
        super().__init__()
        self._interruption = interruption

    def compose(self) -> ComposeResult:
        """Finding, sentence to say, hotline, decision."""
        interruption = self._interruption
        yield Static(plain(f"{sign('warning')} {interruption.title}"), classes="heading")
        yield Prose(interruption.text, classes="paragraph")
        if interruption.hotline:
            number, _, name = interruption.hotline.partition(" ")
            with Horizontal(classes="call"):
                yield Digits(plain(number).plain, classes="hotline")
                yield Static(plain(f"{t('onboarding.interruption.hotline')}\n{name}"), classes="quiet")
        with Vertical(classes="decision"):
            yield Field(t("onboarding.note"), TextField(max_length=500, id="note"), id="note-field")
            if interruption.needs_supervisor:
                yield Static(plain(t("onboarding.interruption.supervisor")), classes="quiet")
                yield Field(
                    t("onboarding.supervisor"), TextField(max_length=40, id="supervisor"), id="supervisor-field"
                )
                yield Field(t("onboarding.password"), PasswordField(id="password"), id="password-field")
        with Horizontal(classes="outcome"):
            yield Proceed(t("onboarding.interruption.continue"), id="continue")
            yield Proceed(t("onboarding.interruption.stop"), id="stop")

    def focus_first(self) -> None:
        """Nothing happens on an Enter that was meant for the question before."""
        self.query_one("#note", TextField).focus()

    def refused(self) -> None:
        """The password was not right: it is typed anew."""
        if self._interruption.needs_supervisor:
            field = self.query_one("#password", PasswordField)
            field.wipe()
            field.focus()

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "password":
            self._go_on()
        else:
            self.screen.focus_next()

    @on(Proceed.Pressed, "#continue")
    def _continue(self, event: Proceed.Pressed) -> None:
        event.stop()
        self._go_on()

    @on(Proceed.Pressed, "#stop")
    def _stop(self, event: Proceed.Pressed) -> None:
        event.stop()
        self.post_message(self.Resolved("stop", self._text("note"), "", ""))

    def _go_on(self) -> None:
        supervisor = password = ""
        if self._interruption.needs_supervisor:
            supervisor = self._text("supervisor")
            password = self.query_one("#password", PasswordField).text
            self._say("supervisor", "" if supervisor else t("onboarding.required"))
            self._say("password", "" if password else t("onboarding.required"))
            if not supervisor or not password:
                self.query_one("#password" if supervisor else "#supervisor", TextField).focus()
                return
        self.post_message(self.Resolved("continue", self._text("note"), supervisor, password))

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", TextField).text

    def _say(self, name: str, error: str) -> None:
        self.query_one(f"#{name}-field", Field).error = error
