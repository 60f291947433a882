"""One customer's onboarding: task list, one step, its outcome; or the page that its state calls for."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.events import DescendantFocus, Resize
from textual.message import Message
from textual.screen import ModalScreen

from branch_console.locale import t
from branch_console.views import JourneyView
from screens.base import BranchScreen
from screens.commands import Command
from screens.lock import Lock
from screens.onboarding.acting import Acting
from screens.onboarding.acts import belongs, bindings, commands, why_not
from screens.onboarding.drafts import Drafts
from screens.onboarding.errands import Errands
from screens.onboarding.journey_head import JourneyHead
from screens.onboarding.new_journey import NewJourney
from screens.onboarding.port import Desk, console_of
from screens.onboarding.spending import EVERY, Spending
from screens.onboarding.stage import Stage
from screens.onboarding.standing import STEPS, standing
from screens.onboarding.step_clock import StepClock
from screens.onboarding.task_rail import TaskRail
from screens.widgets import css_beside

WIDE = 100
BROAD = 116
"""From so many cells on there is room for whole titles in the task list."""


class JourneyScreen(BranchScreen[None]):
    """Every answer is written when it is confirmed; the screen itself holds nothing that could be lost."""

    HELP = "onboarding.help.journey"
    CSS = css_beside(__file__)
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]

    @dataclass
    class GiftsWanted(Message):
        """The journey is finished; what may its customer have?"""

        subject: str

    def __init__(self, subject: str, clock: StepClock | None = None) -> None:
        super().__init__()
        self.subject = self.customer_of = subject
        self.clock = clock or StepClock()
        self.errands = Errands(self)
        self.drafts = Drafts(self, self.errands, lambda field, text: self.desk.save_draft(subject, field, text))
        self.journey: JourneyView | None = None
        self.reviewing = False
        self.spending = Spending(self.clock, self.errands, lambda *spent: self.desk.spend(subject, *spent))
        self._acting = Acting(self)

    def body(self) -> ComposeResult:
        """Head, task list, and the stage for the page of the moment."""
        yield JourneyHead()
        with Horizontal(id="middle"):
            yield TaskRail()
            yield Stage(self)

    @property
    def desk(self) -> Desk:
        """The onboarding desk; also for what is still to be written when the screen has gone."""
        return self._around.services.onboarding

    def on_mount(self) -> None:
        """Read the journey; look at the step's time once a second."""
        self._around = console_of(self)
        self.set_interval(1, self._tick)
        self.set_interval(EVERY, self._keep_time)
        self.reload()

    def redrawn(self) -> None:
        """Another language: the desk says everything anew in it."""
        self._fit(self.size.width)
        self.reload()

    def reload(self) -> None:
        """Read the journey again, because of a language, or because another terminal changed it."""
        step = self.journey.step.id if self.journey is not None and self.journey.step is not None else None
        self.errands.ask("open", lambda: self.desk.open(self.subject, step), self.show)

    def heard(self) -> None:
        """Something has changed, here or on another terminal."""
        if not self.errands.busy:
            self.reload()

    def say(self, message: str) -> None:
        """A short message."""
        self.notify(message, severity="warning", markup=False)

    # --- showing ---

    def show(self, journey: JourneyView) -> None:
        """The journey as it is now. A paused one that is opened here goes on at once."""
        opened = self.journey is None
        self.journey = journey
        if opened and standing(journey) == "paused" and not journey.can.get("resume"):
            self.act("resume")
        if standing(journey) not in STEPS:
            self.reviewing = self.reviewing and standing(journey) == "complete"
        self._time(journey)
        self.call_later(self._redraw)

    def show_next(self, journey: JourneyView) -> None:
        """The journey after a step has been left; the step's time went with its outcome."""
        self.spending.left()
        self.show(journey)

    async def _redraw(self) -> None:
        journey = self.journey
        if journey is None or not self.is_attached or not self.query(Stage):
            return
        self.query_one(JourneyHead).journey = journey
        self.query_one(TaskRail).journey = journey
        self._tick()
        self.refresh_bindings()
        await self.query_one(Stage).show(journey, self.reviewing)

    def on_resize(self, event: Resize) -> None:
        """The task list stands beside the step where there is room, else in one line above it."""
        self._fit(event.size.width)

    def _fit(self, width: int) -> None:
        self.set_class(width >= BROAD, "-broad")
        for head in self.query(JourneyHead):
            head.narrow = width < WIDE

    # --- time ---

    def _time(self, journey: JourneyView) -> None:
        self.spending.said()
        if standing(journey) in STEPS:
            self.spending.turn(journey.step.id if journey.step is not None else "")
        else:
            self.spending.stand()

    def _tick(self) -> None:
        step = self.journey.step if self.journey is not None else None
        seconds = None
        if step is not None and step.target_seconds is not None:
            seconds = (step.active_ms + self.spending.active_ms()) // 1000
        for head in self.query(JourneyHead):
            head.seconds = seconds

    def _keep_time(self) -> None:
        """Now and then, so that a power cut costs seconds; while nobody works here there is nothing that could go."""
        if self.clock.present:
            self.spending.keep()

    def on_screen_suspend(self) -> None:
        """Locked or left: away. Under a dialog the customer is still being served."""
        if isinstance(self.app.screen, Lock) or not isinstance(self.app.screen, ModalScreen):
            self.clock.leave()
        self.drafts.flush()
        self.spending.keep()

    def on_screen_resume(self) -> None:
        """Back on top."""
        self.clock.come_back()
        self.drafts.flush()
        self.spending.keep()

    def on_descendant_focus(self, _event: DescendantFocus) -> None:
        """Somebody is working."""
        self.clock.touch()

    # --- acts ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Acts that have no meaning on this page are not there at all."""
        if action == "act" and (self.journey is None or not belongs(str(parameters[0]), self.journey)):
            return False
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why an act's key is greyed."""
        if action == "act" and self.journey is not None:
            return why_not(str(parameters[0]), self.journey)
        return ""

    def commands(self) -> list[Command]:
        """All acts for the palette."""
        return commands(self.journey) if self.journey is not None else []

    def touched(self) -> None:
        """A key or a click: somebody is working."""
        self.clock.touch()

    def act(self, name: str) -> None:
        """Do one of the acts, or say why not."""
        self.clock.touch()
        self._acting.act(name)

    def action_act(self, name: str) -> None:
        """A key of an act."""
        self.act(name)

    def action_menu(self) -> None:
        """All acts as a list."""
        self.clock.touch()
        self._acting.menu()

    def action_leave(self) -> None:
        """From checking back to the step; else back to where one came from. Everything is saved."""
        if self.reviewing:
            self.reviewing = False
            self.call_later(self._redraw)
        elif self.is_current:
            self.drafts.flush()
            self.spending.keep()
            self.dismiss(None)

    def show_review(self) -> None:
        """Check answers, wherever the journey stands."""
        self.reviewing = True
        self.call_later(self._redraw)

    def change(self, step: str) -> None:
        """Lead to a step that was left already."""
        self.reviewing = False
        self._acting.change(step)

    def start_another(self) -> None:
        """A new journey for the next customer, in place of this one."""
        self.app.push_screen(NewJourney(), lambda subject: self.turn_to(subject) if subject else None)

    def want_gifts(self) -> None:
        """To the gifts of this journey's customer, in their own area."""
        self.post_message(self.GiftsWanted(self.subject))

    def ask_rating(self) -> None:
        """How was it, in the customer's own word."""
        from screens.cases.feedback.rating_dialog import RatingDialog  # noqa: PLC0415  it is built of these parts

        def thank(score: int | None) -> None:
            if score is not None:
                self.notify(t("feedback.rating.written", score=score), markup=False)

        self.app.push_screen(RatingDialog(self.subject), thank)

    def turn_to(self, subject: str) -> None:
        """Another journey in place of this one."""
        self.app.switch_screen(JourneyScreen(subject))
