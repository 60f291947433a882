"""A suggestion: what it is, its topic, whose it is. What others have said already is shown while somebody types."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from branch_console.case_views.feedback import IdeaLine, SuggestScene
from branch_console.locale import t
from branch_console.rules.cases.form import Said as Typed
from screens.cases.desk import cases_of
from screens.cases.feedback.idea_form import WHO, IdeaForm
from screens.cases.register.keeping import Keeping
from screens.cases.register.masked_field import MaskedField
from screens.gifts.asked import Asked
from screens.gifts.gift_form import GiftForm
from screens.gifts.goods.pick_row import PickRow
from screens.gifts.said import Said
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.onboarding.proceed import Proceed
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.choices import Option
from screens.widgets.text_field import TextField

LOOK = 0.4
"""Seconds after the last key until others' ideas are looked for."""
LONGEST = 300


class SuggestScreen(GiftForm[IdeaLine]):
    """Answers with the idea that was taken down, or supported instead."""

    HELP = "feedback.help.suggest"
    CSS = css_beside(str(Path(__file__).with_name("idea_form.py")))
    AUTO_FOCUS = "#narrative"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "send", "feedback.key.send", id="feedback.send"),
        Binding("ctrl+e", "support", "feedback.key.support_instead", id="feedback.support_instead", priority=True),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self, scene: SuggestScene, draft: tuple[str, str, str] = ("", "", "")) -> None:
        super().__init__()
        self._scene = scene
        self._draft = draft
        self._alike: tuple[IdeaLine, ...] = ()
        self._timer: Timer | None = None
        self._drafting = Keeping(self, self._draft_work)

    def read(self) -> SuggestScene:
        """Topics in the language of now."""
        return cases_of(self).suggest_scene()

    def take(self, said: SuggestScene) -> None:
        """Topics in the language of now."""
        self._scene = said

    def body(self) -> ComposeResult:
        """The text and who else said it, topic, whose."""
        _, topic, who = self._draft
        yield Static(plain(t("feedback.suggest.title")), id="title")
        yield Said(t("feedback.suggest.lead"), id="lead")
        with VerticalScroll(id="form", can_focus=False):
            field = MaskedField(self._scene.patterns, id="narrative", max_length=LONGEST)
            yield Asked("narrative", t("feedback.ask.narrative"), field, t("feedback.hint.narrative"))
            yield Said(self._alike_words(), id="alike")
            yield Asked("topic", t("feedback.ask.topic"), PickRow("topic", self._scene.topics, [topic]))
            whose = PickRow("who", [(each, t(f"feedback.who.{each}")) for each in WHO], [who or "customer"])
            yield Asked("who", t("feedback.ask.who"), whose)
            yield Asked(
                "contact", t("feedback.ask.contact"), TextField(id="contact", max_length=40), t("feedback.hint.contact")
            )
            yield Proceed(t("feedback.suggest.do"), id="do")

    def on_mount(self) -> None:
        """What was not sent stands there again."""
        self._ask_contact()
        if self._draft[0]:
            self.query_one(MaskedField).said = Typed(self._draft[0])
            self._look()

    # --- while typing ---

    @on(MaskedField.Told)
    def _typed(self, event: MaskedField.Told) -> None:
        event.stop()
        self._drafting.changed()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(LOOK, self._look)

    def picked(self) -> None:
        """The draft knows topic and whose, too; a contact is asked for of customers only."""
        self._drafting.changed()
        self._ask_contact()

    def _ask_contact(self) -> None:
        who = self.query_one("#who", PickRow).value
        self.query_one("#asked-contact", Asked).display = who in {"", "customer"}

    def _draft_work(self) -> Callable[[], None]:
        text = self.query_one(MaskedField).value
        topic, who = (self.query_one(f"#{name}", PickRow).value for name in ("topic", "who"))
        return lambda: cases_of(self).keep_idea_draft(text, topic, who)

    def _look(self) -> None:
        self._timer = None
        text = self.query_one(MaskedField).value
        self.ask(lambda: cases_of(self).similar_ideas(text), self._found, group="alike")

    def _found(self, alike: tuple[IdeaLine, ...]) -> None:
        self._alike = alike
        for said in self.query("#alike").results(Said):
            said.say(self._alike_words())
        self.refresh_bindings()

    def _alike_words(self) -> str:
        ideas = t("feedback.join").join(f"{one_line(each.text)} (+{each.support})" for each in self._alike)
        return t("feedback.suggest.alike", ideas=ideas) if ideas else ""

    # --- acts ---

    def work(self) -> Callable[[], IdeaLine]:
        """Take it down."""
        said = self.query_one(MaskedField).said
        topic, who = (self.query_one(f"#{name}", PickRow).value for name in ("topic", "who"))
        contact = self.query_one("#contact", TextField).text if who == "customer" else ""
        return lambda: cases_of(self).suggest(said, topic, who, contact)

    def done(self, answer: IdeaLine) -> None:
        """No draft of what was sent."""
        self._drafting.stop(lambda: self._forget(answer))

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Nobody has said it before."""
        if action == "support":
            return "" if self._alike else t("feedback.suggest.nothing_alike")
        return super().why_not(action, parameters)

    def action_support(self) -> None:
        """+1 for one that stands there already, instead of the same idea twice."""
        if len(self._alike) == 1:
            self._support(self._alike[0])
            return
        options = [Option(each.subject, one_line(each.text), note=f"+{each.support}") for each in self._alike]

        def picked(answer: Picked | None) -> None:
            line = next((each for each in self._alike if answer is not None and each.subject == answer.value), None)
            if line is not None:
                self._support(line)

        self.app.push_screen(PickDialog(t("feedback.act.support"), options), picked)

    def _support(self, line: IdeaLine) -> None:
        def supported(answer: IdeaLine | None) -> None:
            if answer is not None:
                self._drafting.stop(lambda: self._forget(answer))

        self.app.push_screen(IdeaForm("support", line), supported)

    def _forget(self, answer: IdeaLine) -> None:
        self.ask(lambda: cases_of(self).keep_idea_draft("", "", ""), lambda _none: self._leave(answer))

    def _leave(self, answer: IdeaLine) -> None:
        self.dismiss(answer)

    def action_leave(self) -> None:
        """Back; what was typed is kept for a while."""
        self.dismiss(None)
