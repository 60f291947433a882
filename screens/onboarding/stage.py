"""Where the page of the moment stands, and what becomes of the answers given on it."""

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical

from branch_console.errors import sentence
from branch_console.locale import t
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from branch_console.views import JourneyView
from screens.onboarding.consent_pane import ConsentPane
from screens.onboarding.errands import OUTCOME
from screens.onboarding.interruption_pane import InterruptionPane
from screens.onboarding.notice_pane import NoticePane
from screens.onboarding.review_pane import ReviewPane
from screens.onboarding.standing import STEPS, notice_of, standing
from screens.onboarding.step_pane import StepPane
from screens.widgets.confirm import Confirm

if TYPE_CHECKING:
    from screens.onboarding.journey_screen import JourneyScreen

Pane = StepPane | ReviewPane | InterruptionPane | NoticePane


class Stage(Vertical):
    """One page at a time. The same step is shown anew in place, so that typing is not disturbed."""

    def __init__(self, host: "JourneyScreen") -> None:
        super().__init__(id="stage")
        self._host = host
        self._shown: object = None

    @property
    def pane(self) -> Pane | None:
        """The page."""
        return next((each for each in self.children if isinstance(each, Pane)), None)

    # --- showing ---

    async def show(self, journey: JourneyView, reviewing: bool) -> None:
        """The page for this journey; `reviewing`: check answers, wherever it stands."""
        page = "review" if reviewing else standing(journey)
        step = journey.step
        shown = (page, reviewing, step.id if step else "") if page in STEPS else (page, journey)
        pane = self.pane
        if shown == self._shown and isinstance(pane, StepPane) and step is not None:
            await pane.update(journey, step)
        elif shown != self._shown:
            self._shown = shown
            await self._turn(self._page(page, journey, reviewing))

    async def _turn(self, pane: Pane) -> None:
        with self.app.batch_update():
            await self.remove_children()
            await self.mount(pane)
        if not pane.children:  # the console was left meanwhile
            return
        if isinstance(pane, ReviewPane):
            subject = self._host.subject
            self._host.errands.ask("review", lambda: self._host.desk.review(subject), pane.fill)
        pane.focus_first()

    def _page(self, page: str, journey: JourneyView, reviewing: bool) -> Pane:
        step = journey.step
        if page == "interrupted" and journey.interruption is not None:
            return InterruptionPane(journey.interruption)
        if page == "review":
            said = t("onboarding.review.title") if reviewing or step is None else step.staff_says
            return ReviewPane(said, t("onboarding.review.back" if reviewing else "onboarding.review.agree"))
        if step is not None and page in STEPS:
            kind = ConsentPane if page == "consent" else StepPane
            return kind(journey, step, self._host.drafts.of(step.id))
        return notice_of(journey)

    # --- answers ---

    @on(StepPane.Typed)
    def _typed(self, event: StepPane.Typed) -> None:
        self._host.clock.touch()
        self._host.drafts.typed(event.step, event.field, event.text)

    @on(StepPane.Answered)
    def _answered(self, event: StepPane.Answered) -> None:
        host = self._host
        self._host.drafts.hold(event.step, event.field)

        def saved(journey: JourneyView) -> None:
            self._host.drafts.confirmed(event.step, event.field)
            if isinstance(self.pane, StepPane) and self.pane.step.id == event.step:
                self.pane.answered_anew(event.field)
            host.show(journey)
            host.call_later(self._after, event)

        def refused(error: Exception) -> bool:
            self._host.drafts.typed(event.step, event.field, event.value)
            return self.refuse(error)

        name = f"answer:{event.step}:{event.field}={event.value}"
        values = {event.field: event.value}
        host.errands.ask(name, lambda: host.desk.answer(host.subject, event.step, values), saved, refused)

    def _after(self, event: StepPane.Answered) -> None:
        pane = self.pane
        if isinstance(pane, StepPane) and pane.step.id == event.step:
            doubted = pane.settled(event.field)
            if event.last:
                pane.go_on_from(event.field, complete=event.go_on and not doubted)

    @on(ConsentPane.Given)
    def _given(self, event: ConsentPane.Given) -> None:
        host = self._host
        host.errands.ask(
            f"consent:{event.scope}={event.given}",
            lambda: host.desk.consent(
                host.subject, event.scope, event.given, event.method, event.language, event.guardian
            ),
            host.show,
            self.refuse,
        )

    @on(StepPane.Completed)
    def _completed(self, event: StepPane.Completed) -> None:
        host = self._host
        if host.journey is None or host.journey.step is None or host.journey.step.id != event.step:
            return
        times = host.clock.reading()
        host.errands.ask(
            f"{OUTCOME}done:{event.step}",
            lambda: host.desk.done(host.subject, event.step, *times),
            host.show_next,
            self.refuse,
        )

    def refuse(self, error: Exception) -> bool:
        """Show field errors beside their fields; says whether that was possible."""
        errors = error.errors if isinstance(error, FieldErrors) else [error] if isinstance(error, FieldError) else []
        pane = self.pane
        if isinstance(pane, ConsentPane) and isinstance(error, RuleError) and pane.refuse(error):
            return True
        if not errors or not isinstance(pane, StepPane):
            return False
        return pane.show_errors({each.field: sentence(each) for each in errors})

    # --- the other pages ---

    @on(ReviewPane.Agreed)
    def _agreed(self) -> None:
        """The customer's yes is the answer to whatever the check step asks."""
        host = self._host
        step = host.journey.step if host.journey is not None else None
        if host.reviewing:
            host.action_leave()
        elif step is not None:
            confirmed = {each.id: "yes" for each in step.fields if each.kind == "yesno" and each.value != "yes"}
            if confirmed:
                host.errands.ask(
                    f"answer:{step.id}", lambda: host.desk.answer(host.subject, step.id, confirmed), host.show
                )
            self.post_message(StepPane.Completed(step.id))

    @on(ReviewPane.Change)
    def _change(self, event: ReviewPane.Change) -> None:
        self._host.change(event.step)

    @on(NoticePane.Decided)
    def _decided(self, event: NoticePane.Decided) -> None:
        self._host.act(event.act)

    @on(InterruptionPane.Resolved)
    def _resolved(self, event: InterruptionPane.Resolved) -> None:
        if event.outcome != "stop":
            self._resolve(event)
            return
        confirm = Confirm(
            t("onboarding.interruption.sure"),
            t("onboarding.interruption.sure_text"),
            yes=t("onboarding.interruption.stop"),
            danger=True,
        )
        self.app.push_screen(confirm, lambda agreed: self._resolve(event) if agreed else None)

    def _resolve(self, event: InterruptionPane.Resolved) -> None:
        host = self._host

        def refused(_error: Exception) -> bool:
            if isinstance(self.pane, InterruptionPane):
                self.pane.refused()
            return False

        host.errands.ask(
            "resolve",
            lambda: host.desk.resolve_interruption(
                host.subject, event.outcome, event.note, event.supervisor, event.password
            ),
            host.show,
            refused,
        )
