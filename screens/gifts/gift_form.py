"""What the gift forms share: Enter leads from question to question, errors stand beside them, nothing typed is lost."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.widget import Widget

from branch_console.errors import sentence
from branch_console.locale import language, t
from branch_console.rules.errors import FieldError
from screens.base import BranchScreen, Result
from screens.gifts.asked import Asked
from screens.gifts.goods.second_person import SecondPerson
from screens.gifts.placing import SECOND, placed
from screens.onboarding.option_row import OptionRow
from screens.onboarding.proceed import Proceed
from screens.widgets.choices import Choices
from screens.widgets.field import Field
from screens.widgets.text_field import TextField


class GiftForm(BranchScreen[Result]):
    """Subclasses give the questions, and what is done when the form is sent.

    Enter in a text field is handled before the key reaches it, so that a fast typist's next characters go into the
    next field. The last stop is the button: nothing is done by one Enter too many.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "common.confirm", priority=True, show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._sending = False
        self._errors: tuple[FieldError, ...] = ()
        self._told = language()

    @abstractmethod
    def read(self) -> object:
        """What the desk said when the form was opened, once more, in the language of now. It is called in a thread."""

    @abstractmethod
    def take(self, said: Any) -> None:
        """What `read` gave."""

    @abstractmethod
    def work(self) -> Callable[[], Result]:
        """The act, with what stands in the form now. It is called in a thread."""

    # --- from question to question ---

    def action_go_on(self) -> None:
        """From a text field to what follows."""
        if not isinstance(self.focused, TextField):
            raise SkipAction
        self.following(self.focused)

    def following(self, here: Widget) -> None:
        """The focus to the stop behind this one."""
        stops = self.focus_chain
        at = stops.index(here) + 1 if here in stops else 0
        self.set_focus(stops[min(at, len(stops) - 1)])

    @on(OptionRow.Picked)
    def _picked(self, event: OptionRow.Picked) -> None:
        event.stop()
        self.picked()
        self.following(event.row)

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.picked()
        self.following(event.choices)

    @on(Choices.Refused)
    def _not_this(self, event: Choices.Refused) -> None:
        event.stop()
        self.notify(event.why, severity="warning", markup=False)

    def picked(self) -> None:
        """Something was picked that other questions may depend on."""

    # --- sending ---

    @on(Proceed.Pressed)
    def _pressed(self, event: Proceed.Pressed) -> None:
        event.stop()
        self.send()

    def send(self) -> None:
        """Do it, once."""
        if self._sending:
            return
        self._sending = True
        self._say_errors(())
        self.ask(self.work(), self.done, self._refused, group="act")

    def done(self, answer: Result) -> None:
        """It was done: leave with what the desk answered."""
        self.dismiss(answer)

    def _refused(self, error: Exception) -> None:
        """What belongs to a question stands beside it; the rest is said by itself."""
        self._sending = False
        errors = placed(error)
        here = tuple(each for each in errors if self._place(each.field) is not None)
        self._say_errors(here)
        if not here or len(here) < len(errors):
            self.shell.show_error(error)
        elif (first := self._stop_of(here[0].field)) is not None:
            first.focus()

    def _say_errors(self, errors: tuple[FieldError, ...]) -> None:
        self._errors = errors
        for asked in self.query(Asked):
            asked.refuse("")
        for second in self.query(SecondPerson):
            second.refuse("")
        for error in errors:
            place = self._place(error.field)
            if place is not None:
                place.refuse(sentence(error))

    def _place(self, field: str) -> Asked | SecondPerson | None:
        if field in SECOND:
            return next(iter(self.query(SecondPerson)), None)
        return next((each for each in self.query(Asked) if each.field == field and each.display), None)

    def _stop_of(self, field: str) -> Widget | None:
        place = self._place(field)
        stops = [each for each in self.focus_chain if place is not None and place in each.ancestors]
        return (stops[-1] if field == "password" else stops[0]) if stops else None

    # --- another language ---

    def redrawn(self) -> None:
        """What is wrong is said in it, and what the desk said is asked for again."""
        self.picked()
        for error in self._errors:
            place = self._place(error.field)
            if isinstance(place, SecondPerson):  # not by `refuse`, which forgets the password
                place.query_one(Field).error = sentence(error)
            elif place is not None:
                place.refuse(sentence(error))
        if self._told != language():
            self._told = language()
            self.ask(self.read, self._retold, group="read")

    def _retold(self, said: object) -> None:
        self.take(said)
        self.call_later(self._speak, language())

    # --- keys ---

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002  no action has any
        """One act at a time."""
        return t("gifts.sending") if action == "send" and self._sending else ""

    def action_send(self) -> None:
        """A key from anywhere in the form."""
        self.send()
