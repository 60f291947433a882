"""One step of a journey: what to do and say, its questions, and Enter to go on."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from branch_console.locale import t
from branch_console.views import FieldView, JourneyLine, JourneyView, StepView
from screens.onboarding.error_list import ErrorList
from screens.onboarding.guidance import Guidance
from screens.onboarding.known_person import KnownPerson
from screens.onboarding.proceed import Proceed
from screens.onboarding.question import HASHED, Question
from screens.onboarding.question_page import QuestionPage
from screens.widgets import css_beside

LABEL_CELLS = 24
"""Up to so many cells labels stand beside their inputs."""


class StepPane(QuestionPage, can_focus=False):
    """Answers are posted as they are confirmed; `typed` keeps what is not confirmed when the pane is built anew."""

    DEFAULT_CSS = css_beside(__file__)

    @dataclass
    class Answered(Message):
        """A question's answer was confirmed. `last`: nothing stands behind it; `go_on`: with Enter."""

        step: str
        field: str
        value: str
        last: bool
        go_on: bool

    @dataclass
    class Typed(Message):
        """Unconfirmed text, to be kept as a draft."""

        step: str
        field: str
        text: str

    @dataclass
    class Completed(Message):
        """Everything here is confirmed: the step is done."""

        step: str

    def __init__(self, journey: JourneyView, step: StepView, typed: dict[str, str] | None = None) -> None:
        super().__init__()
        self.step = step
        self._journey = journey
        self._typed = typed or {}

    def compose(self) -> ComposeResult:
        """Errors, guidance, questions, the way on."""
        yield ErrorList()
        yield Guidance(self.step)
        with Vertical(id="questions"):
            yield from self._build_questions(self._typed)
        yield KnownPerson(self._known(self._journey))
        yield Proceed(self.proceed_label, id="proceed")

    @property
    def proceed_label(self) -> str:
        """What Enter on the last line does."""
        return t("onboarding.proceed")

    def field_views(self, step: StepView) -> list[FieldView]:
        """The questions of a step."""
        return list(step.fields)

    def _build_questions(self, typed: dict[str, str]) -> list[Question]:
        return [Question(view, typed.get(view.id)) for view in self.field_views(self.step)]

    def on_mount(self) -> None:
        """The form is built."""
        self._align()

    def _align(self) -> None:
        """Labels beside their inputs where all of them are short: one form, one way to read it."""
        widest = max((each.label_cells for each in self.questions if each.can_align), default=0)
        for question in self.questions:
            question.align(widest + 2 if question.can_align and widest <= LABEL_CELLS else 0)

    def _known(self, journey: JourneyView) -> tuple[JourneyLine, ...]:
        """Earlier journeys are told where somebody is identified."""
        return journey.others if any(each.kind in HASHED for each in self.step.fields) else ()

    def typed(self) -> dict[str, str]:
        """Unconfirmed text by field."""
        return {each.view.id: each.text for each in self.questions if not each.confirmed}

    def focus_first(self) -> None:
        """To the first question without an answer; to the way on when all have one."""
        questions = self.questions
        for question in questions:
            if not question.view.value or not question.confirmed:
                if question is questions[0]:
                    self.begin_at(question.editor, question)
                else:
                    question.editor.focus()
                return
        proceed = self.query_one("#proceed", Proceed)
        if questions:
            proceed.focus()
        else:
            self.begin_at(proceed)

    async def update(self, journey: JourneyView, step: StepView) -> None:
        """Show the newer view of the same step: in place, or with other questions when an answer brought some."""
        before = [(each.id, each.kind, each.choices) for each in self.field_views(self.step)]
        self._journey, self.step = journey, step
        views = self.field_views(step)
        await self.query_one(KnownPerson).show(self._known(journey))
        if [(each.id, each.kind, each.choices) for each in views] == before:
            for question, view in zip(self.questions, views, strict=True):
                question.take(view)
            return
        typed = self.typed()
        focused = next((each.view.id for each in self.questions if each.editor.has_focus), None)
        box = self.query_one("#questions", Vertical)
        with self.app.batch_update():
            await box.remove_children()
            await box.mount_all(self._build_questions(typed))
        self._align()
        if focused is None:  # the way on had the focus, and an answer has brought new questions
            self.focus_first()
        for question in self.questions:
            if question.view.id == focused:
                question.editor.focus()

    def settled(self, field: str) -> bool:
        """The desk has taken an answer; whether it has a doubt about it, to be read before one goes on."""
        doubted = False
        for question in self.questions:
            if question.view.id == field:
                question.settled()
                doubted = bool(question.view.warning)
        self._list_errors()
        return doubted

    def answered_anew(self, field: str) -> None:
        """A doubt about the answer before is none about this one."""
        for question in self.questions:
            if question.view.id == field:
                question.forget_doubt()

    def go_on_from(self, field: str, complete: bool) -> None:
        """Past what was the last question: to one that the answer brought, else to completion or to the way on."""
        questions = self.questions
        at = next((index for index, each in enumerate(questions) if each.view.id == field), len(questions) - 1)
        if at + 1 < len(questions):
            questions[at + 1].editor.focus()
        elif complete:
            self.post_message(self.Completed(self.step.id))
        else:
            self.query_one("#proceed", Proceed).focus()

    def show_errors(self, errors: dict[str, str]) -> bool:
        """Errors beside their fields and in the list above; focus on the first wrong one. False when none is here."""
        wrong = [each for each in self.questions if each.view.id in errors]
        for question in wrong:
            question.refuse(errors[question.view.id])
        self._list_errors()
        if wrong:
            wrong[0].editor.focus()
        return bool(wrong)

    def _list_errors(self) -> None:
        lines = [(each.view.id, each.view.label, each.error) for each in self.questions if each.error]
        self.query_one(ErrorList).show(lines)

    @on(ErrorList.Chosen)
    def _to_field(self, event: ErrorList.Chosen) -> None:
        event.stop()
        for question in self.questions:
            if question.view.id == event.field:
                question.editor.focus()

    @on(Question.Confirmed)
    def _confirmed(self, event: Question.Confirmed) -> None:
        event.stop()
        if not event.question.has_notice:
            self.bring(event.question.editor)
        questions = self.questions
        last = event.question is questions[-1]
        if event.changed or event.question.error:
            field = event.question.view.id
            self.post_message(self.Answered(self.step.id, field, event.value, last, event.go_on))
        elif last and event.go_on:
            self.post_message(self.Completed(self.step.id))
        if not last:
            questions[questions.index(event.question) + 1].editor.focus()
        elif not event.go_on:
            self.query_one("#proceed", Proceed).focus()

    @on(Question.Typed)
    def _typed_text(self, event: Question.Typed) -> None:
        event.stop()
        self.bring(event.question.editor)
        self.post_message(self.Typed(self.step.id, event.question.view.id, event.text))

    @on(Proceed.Pressed, "#proceed")
    def _proceed(self, event: Proceed.Pressed) -> None:
        event.stop()
        for question in self.questions:
            if not question.confirmed:
                self.post_message(self.Answered(self.step.id, question.view.id, question.text, False, False))
        self.post_message(self.Completed(self.step.id))
