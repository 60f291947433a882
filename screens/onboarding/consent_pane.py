"""The consent step: each notice read out and answered for itself, with how and in which language it was given."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from branch_console.locale import language, t
from branch_console.views import Choice, ConsentView, FieldView, JourneyView, StepView
from screens.onboarding.prose import Prose
from screens.onboarding.question import Question
from screens.onboarding.step_pane import StepPane
from screens.signs import sign
from screens.text import plain

METHODS = ("spoken", "signed", "app")
GUARDED = ("under_14", "14_15", "under_16")
"""Age bands whose consent needs a guardian."""


class ConsentQuestion(Question):
    """The notice stands above its question."""

    can_align = False

    def __init__(self, consent: ConsentView, view: FieldView) -> None:
        super().__init__(view)
        self._consent = consent

    def compose(self) -> ComposeResult:
        """Title with version, a word when it is asked again, the text, the question."""
        consent = self._consent
        version = t("onboarding.consent.version", version=consent.version)
        with Vertical(classes="notice"):
            yield Static(plain(f"{consent.title}  {version}"), classes="notice-title")
            if consent.asked_again:
                yield Static(plain(f"{sign('warning')} {t('onboarding.consent.asked_again')}"), classes="again")
            yield Prose(consent.text, classes="notice-text")
        yield from super().compose()


class ConsentPane(StepPane):
    """Each yes or no is written at once; the way it was given stands below, set to what is usual."""

    @dataclass
    class Given(Message):
        """Somebody consented, or refused."""

        scope: str
        given: bool
        method: str
        language: str
        guardian: bool

    def __init__(self, journey: JourneyView, step: StepView, typed: dict[str, str] | None = None) -> None:
        super().__init__(journey, step, typed)
        self._how = {"consent_method": METHODS[0], "consent_language": language(), "consent_guardian": ""}

    def _build_questions(self, typed: dict[str, str]) -> list[Question]:
        asked: list[Question] = [Question(view) for view in self._how_views()]
        for consent in self.step.consents:
            asked.append(ConsentQuestion(consent, _consent_view(consent)))
        return asked + [Question(view, typed.get(view.id)) for view in self.step.fields]

    def field_views(self, step: StepView) -> list[FieldView]:
        """How, the consents, and whatever else the step asks."""
        return [*self._how_views(), *(_consent_view(each) for each in step.consents), *step.fields]

    def _how_views(self) -> list[FieldView]:
        methods = tuple(Choice(each, t(f"onboarding.consent.method.{each}")) for each in METHODS)
        languages = (Choice("zh", "中文"), Choice("en", "English"))
        views = [
            _own_view("consent_method", "choice", methods, self._how["consent_method"]),
            _own_view("consent_language", "choice", languages, self._how["consent_language"]),
        ]
        if self._journey.age_band in GUARDED:
            views.append(_own_view("consent_guardian", "yesno", (), self._how["consent_guardian"]))
        return views

    def focus_first(self) -> None:
        """To the first notice without an answer: how it was given is already set to what is usual."""
        for question in self.questions:
            if not question.view.value:
                question.editor.focus()
                return
        super().focus_first()

    @on(Question.Confirmed)
    def _consented(self, event: Question.Confirmed) -> None:
        view = event.question.view
        if view.id in self._how:
            self._how[view.id] = event.value
            event.question.take(_own_view(view.id, view.kind, view.choices, event.value))
            event.question.settled()
            event.changed = False
        elif view.id.startswith("consent:") and event.value:
            scope = view.id.removeprefix("consent:")
            guardian = self._how["consent_guardian"] == "yes"
            how = self._how
            self.post_message(
                self.Given(scope, event.value == "yes", how["consent_method"], how["consent_language"], guardian)
            )
            event.question.settled()
            event.changed = False


def _own_view(field: str, kind: str, choices: tuple[Choice, ...], value: str) -> FieldView:
    return FieldView(field, kind, t(f"onboarding.{field}"), "", True, choices, value)


def _consent_view(consent: ConsentView) -> FieldView:
    choices = (Choice("yes", t("onboarding.consent.yes")), Choice("no", t("onboarding.consent.no")))
    value = {None: "", True: "yes", False: "no"}[consent.given]
    return FieldView(
        f"consent:{consent.scope}", "yesno", t(f"onboarding.consent.ask.{consent.scope}"), "", True, choices, value
    )
