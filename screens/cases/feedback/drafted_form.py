"""A form of words whose unsent answers are kept, so that a power cut loses at most the last second."""

from abc import abstractmethod
from collections.abc import Callable, Mapping

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screens.base import Result
from screens.cases.desk import cases_of
from screens.cases.register.keeping import Keeping
from screens.gifts.gift_form import GiftForm
from screens.gifts.goods.pick_row import PickRow
from screens.widgets.text_field import TextField

UNKEPT = frozenset({"contact"})
"""Answers that may be a person's number."""
PLAIN = frozenset({"due", "contact"})
"""Answers that the program reads; all others stay in the words in which they were typed."""


class DraftedForm(GiftForm[Result]):
    """Subclasses name their questions and the draft; `kept` is what was left unsent."""

    def __init__(self, form: str, subject: str, kept: Mapping[str, str]) -> None:
        super().__init__()
        self.kept = dict(kept)
        self._named = (form, subject)
        self._drafting = Keeping(self, self._draft_work)

    @property
    @abstractmethod
    def questions(self) -> tuple[str, ...]:
        """The ids of the editors, by the names that errors use."""

    def editor(self, name: str, options: tuple[tuple[str, str], ...] = (), usual: str = "", most: int = 500) -> Widget:
        """A row of options, or a line; what was left unsent stands in it."""
        kept = self.kept.get(name, "")
        return PickRow(name, options, [kept or usual]) if options else TextField(kept, id=name, max_length=most)

    def answer(self, name: str) -> str:
        """What was picked or typed."""
        editor = self.query_one(f"#{name}")
        if isinstance(editor, PickRow):
            return editor.value
        if not isinstance(editor, TextField):
            return ""
        return editor.text if name in PLAIN else editor.value

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._drafting.changed()

    def picked(self) -> None:
        """Options are answers, too."""
        self._drafting.changed()

    def _draft_work(self) -> Callable[[], None]:
        answers = {name: self.answer(name) for name in self.questions if name not in UNKEPT}
        return lambda: cases_of(self).keep_idea_form(*self._named, answers)

    def done(self, answer: Result) -> None:
        """What was sent is no draft any more."""

        def leave(_nothing: None) -> None:
            self.dismiss(answer)

        self._drafting.stop(lambda: self.ask(lambda: cases_of(self).keep_idea_form(*self._named, {}), leave))
