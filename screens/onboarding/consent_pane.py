"""The consent step: each notice read out and answered for itself, with how and in which language it was given."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.message import Message
from textual.widgets import Static

from branch_console.errors import sentence
from branch_console.locale import language, t
from branch_console.rules.errors import RuleError
from branch_console.views import Choice, ConsentView, FieldView, JourneyView, StepView
from screens.onboarding.option_row import OptionRow
from screens.onboarding.proceed import Proceed
from screens.onboarding.prose import Prose
from screens.onboarding.question import Question
from screens.onboarding.step_pane import StepPane
from screens.signs import sign
from screens.text import plain

METHODS = ("spoken", "signed", "app")
REFUSALS = ("consent_missing", "consent_outdated", "consent_guardian")
"""Refusals that the next answer here removes."""


class ConsentQuestion(Question):
    """The notice stands above its question."""

    can_align = False
    has_notice = True

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
        if any(each.guardian for each in self.step.consents):
            views.append(_own_view("consent_guardian", "yesno", (), self._how["consent_guardian"]))
        return views

    def focus_first(self) -> None:
        """To the first notice without an answer, at its beginning: how it was given is already set to what is usual."""
        asked = self._undecided()
        if asked is None:
            super().focus_first()
        else:
            self.begin_at(asked.editor, asked)

    def _undecided(self) -> Question | None:
        return next((each for each in self.questions if not each.view.value), None)

    def refuse(self, error: RuleError) -> bool:
        """Say beside the question what stands in the way, and lead there; False when it is about something else."""
        asked = self._undecided()
        if error.code == "consent_guardian":
            asked = next((each for each in self.questions if each.view.id == "consent_guardian"), asked)
        if error.code not in REFUSALS or asked is None:
            return False
        asked.refuse(sentence(error))
        self.begin_at(asked.editor, asked)
        return True

    def on_key(self, event: Key) -> None:
        """On the way on, where they have no other meaning, 1 and 2 answer the first notice that has no answer."""
        asked = self._undecided()
        if asked is None or not isinstance(asked.editor, OptionRow) or not isinstance(self.screen.focused, Proceed):
            return
        if asked.editor.press(event.character or ""):
            event.stop()

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
