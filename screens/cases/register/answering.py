"""From answer to answer: what the kind asks, what an answer fills in, what is said below the questions."""

from textual import on
from textual.widgets import Input

from branch_console.case_views.register import ANONYMOUS
from branch_console.locale import t
from branch_console.rules.cases.parts import COMPLAINTS
from screens.cases.register.chooser import Chooser
from screens.cases.register.form_screen import FormScreen
from screens.cases.register.masked_field import MaskedField
from screens.cases.register.repeats_pane import RepeatsPane
from screens.gifts.goods.pick_row import PickRow
from screens.onboarding.option_row import OptionRow


class Answering(FormScreen):
    """The form while somebody fills it in."""

    def picked(self) -> None:
        """Another kind asks other things and has other defaults."""
        view, kind = self._view, self.kind
        if view is None or not self.query("#kind"):
            return
        asked = self.questions
        if kind is not None:
            asked.category.offer(kind.categories)
            asked.row("contact").offer(kind.ways)
        if kind is not None and kind.code != self._shown:
            asked.row("contact").chosen = (kind.contact,)
            if asked.text("promise").value in {"", self._default}:
                asked.text("promise").value = self._default = kind.promise
        self._shown = kind.code if kind is not None else ""
        self._arrange()

    def _arrange(self) -> None:
        """The questions that are asked now, with what is said below them."""
        view, kind, asked = self._view, self.kind, self.questions
        if view is None:
            return
        asked.show(kind, regulator=asked.row("source").value in view.regulators)
        self.query_one("#register-more").set_class(not self._more, "-closed")
        why = t("register.promise.hint", why=kind.promise_why) if kind is not None and kind.promise_why else ""
        asked.asked("promise").put(t("register.ask.promise"), why or t("register.promise.free"))
        category = asked.category.category
        if category is not None and category.fast_track and kind is not None and kind.code == "dispute":
            asked.asked("category").put(t("register.ask.category"), t("register.fast_track"))
        self._masked()

    def _masked(self) -> None:
        """How much was masked in the narrative."""
        counts = self.questions.told("narrative").counts
        told = t("common.list_separator").join(f"{t(f'register.mask.{kind}')} {n}" for kind, n in counts.items())
        hint = t("register.masked", what=told) if told else t("register.narrative.hint")
        self.questions.asked("narrative").put(t("register.ask.narrative"), hint)

    def redrawn(self) -> None:
        """Another language: the same answers."""
        super().redrawn()
        self._head()
        for pane in self.query(RepeatsPane):
            pane.show(self.repeating.found)

    # --- from answer to answer ---

    def action_go_on(self) -> None:
        """Enter in a chooser chooses, after the characters that still wait in its field's queue.

        Where an answer stands already, Enter only goes on: at once, so that the next Enter finds the next question.
        """
        here = self.focused
        chooser = next((each for each in here.ancestors if isinstance(each, Chooser)), None) if here else None
        if here is not None and chooser is not None:
            here.call_later(chooser.decide)
        elif isinstance(here, PickRow) and here.settled:
            self.following(here)
        else:
            super().action_go_on()

    @on(Chooser.Taken)
    def _taken(self, event: Chooser.Taken) -> None:
        event.stop()
        asked = self.questions
        if not event.again:
            if event.chooser is asked.category and asked.category.category is not None:
                want = asked.category.category.want
                asked.row("want").chosen = (want,) if want else ()
            if event.chooser.value == ANONYMOUS and asked.row("contact").value in {"phone", "sms"}:
                asked.row("contact").chosen = ("visit",)
            self.answered(str(event.chooser.id))
            self._arrange()
            self.altered()
        self.following(event.chooser.field)

    @on(Chooser.Undecided)
    def _undecided(self, event: Chooser.Undecided) -> None:
        """Nothing was chosen: said where something must be, passed over where it need not."""
        event.stop()
        name = str(event.chooser.id)
        needed = name == "customer" or self.kind is None or self.kind.code in COMPLAINTS
        if needed or event.chooser.field.text:
            self.questions.asked(name).refuse(
                t("register.customer.needed" if name == "customer" else "error.category_missing")
            )
        else:
            self.following(event.chooser.field)

    def answered(self, name: str) -> None:
        """What was wrong about a question is not said any longer."""
        self._errors = tuple(each for each in self._errors if each.field != name)
        self.questions.asked(name).refuse("")

    @on(Chooser.Typed)
    def _searched(self, event: Chooser.Typed) -> None:
        event.stop()

    @on(MaskedField.Told)
    def _told_more(self, event: MaskedField.Told) -> None:
        event.stop()
        if event.field.id == "narrative":
            self._masked()
        self.altered()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.altered()

    @on(OptionRow.Picked)
    def _row_picked(self) -> None:
        self.altered()
