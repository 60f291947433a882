"""Offer a journey to a colleague or to the counter."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from branch_console.locale import t
from branch_console.views import Choice, FieldView, JourneyView
from screens.onboarding.dialog import JourneyDialog
from screens.onboarding.proceed import Proceed
from screens.onboarding.question import Question
from screens.onboarding.step_clock import StepClock
from screens.text import plain
from screens.widgets import css_beside

ANYBODY = "*"


@dataclass(frozen=True, slots=True)
class Offered:
    """To whom, why, and what they should know."""

    to: str
    staff: str | None
    reason: str
    note: str
    queue_number: str


class OfferDialog(JourneyDialog[Offered]):
    """The journey stays where it is until the other side has accepted it."""

    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "OptionRow"

    def __init__(self, journey: JourneyView, clock: StepClock | None = None) -> None:
        super().__init__(t("onboarding.offer.title"), clock)
        self._journey = journey

    def inside(self) -> ComposeResult:
        """To whom, why, note, number."""
        with VerticalScroll(can_focus=False, classes="form"):
            yield Question(self._asked("to", "choice", self._sides()))
            colleagues = (Choice(ANYBODY, t("onboarding.anybody")), *self._journey.colleagues)
            yield Question(self._asked("staff", "choice", colleagues, ANYBODY))
            yield Question(self._asked("reason", "choice", self._journey.hand_over_reasons))
            yield Question(self._asked("note", "text"))
            yield Question(self._asked("queue_number", "text"))
            yield Proceed(t("onboarding.offer.do"))
        yield Static(plain(t("onboarding.offer.how")), classes="how")

    def _sides(self) -> tuple[Choice, ...]:
        return Choice("staff", t("onboarding.offer.staff")), Choice("counter", t("onboarding.offer.counter"))

    def _asked(self, field: str, kind: str, choices: tuple[Choice, ...] = (), value: str = "") -> FieldView:
        required = field in ("to", "reason")
        return FieldView(field, kind, t(f"onboarding.offer.ask.{field}"), "", required, choices, value)

    def _answer(self, field: str) -> str:
        return next((each.text for each in self.query(Question) if each.view.id == field), "").strip()

    def on_mount(self) -> None:
        """Nobody asks for a queue number before the counter has been chosen."""
        self._arrange()

    def _arrange(self) -> None:
        to_counter = self._answer("to") == "counter"
        for question in self.query(Question):
            if question.view.id in ("staff", "queue_number"):
                question.display = (question.view.id == "queue_number") == to_counter

    @on(Question.Confirmed)
    def _next(self, event: Question.Confirmed) -> None:
        event.stop()
        self._arrange()
        event.question.refuse("")
        self.focus_next()

    @on(Proceed.Pressed)
    def _offer(self, event: Proceed.Pressed) -> None:
        event.stop()
        missing = [each for each in self.query(Question) if each.view.required and not each.text]
        for question in missing:
            question.refuse(t("onboarding.required"))
        if missing:
            missing[0].editor.focus()
            return
        to, staff = self._answer("to"), self._answer("staff")
        colleague = staff if to == "staff" and staff != ANYBODY else None
        number = self._answer("queue_number") if to == "counter" else ""
        self.dismiss(Offered(to, colleague, self._answer("reason"), self._answer("note"), number))
