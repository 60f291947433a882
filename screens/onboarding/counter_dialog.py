"""The counter takes a journey over: two members of staff, the second with their own password."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from branch_console.locale import t
from screens.onboarding.dialog import JourneyDialog
from screens.onboarding.proceed import Proceed
from screens.onboarding.step_clock import StepClock
from screens.text import plain
from screens.widgets.field import Field
from screens.widgets.password_field import PasswordField
from screens.widgets.text_field import TextField


@dataclass(frozen=True, slots=True, repr=False)
class CounterAnswer:
    """Who the second member of staff is."""

    second_staff: str
    password: str


class CounterDialog(JourneyDialog[CounterAnswer]):
    """Class I is opened face to face under dual control."""

    AUTO_FOCUS = "#second"

    def __init__(self, clock: StepClock | None = None) -> None:
        super().__init__(t("onboarding.counter.title"), clock)

    def inside(self) -> ComposeResult:
        """Staff number and password of the second person."""
        yield Static(plain(t("onboarding.counter.text")), classes="lead")
        yield Field(t("onboarding.counter.second"), TextField(id="second", max_length=40), id="second-field")
        yield Field(t("onboarding.password"), PasswordField(id="password"), id="password-field")
        yield Proceed(t("onboarding.counter.accept"))

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "second":
            self.query_one("#password").focus()
        else:
            self._accept()

    @on(Proceed.Pressed)
    def _pressed(self, event: Proceed.Pressed) -> None:
        event.stop()
        self._accept()

    def _accept(self) -> None:
        second, password = self.query_one("#second", TextField), self.query_one("#password", PasswordField)
        self.query_one("#second-field", Field).error = "" if second.text else t("onboarding.required")
        self.query_one("#password-field", Field).error = "" if password.text else t("onboarding.required")
        if second.text and password.text:
            self.dismiss(CounterAnswer(second.text, password.text))
        else:
            (password if second.text else second).focus()
