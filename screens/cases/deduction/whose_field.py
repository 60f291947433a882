"""Whose case it is: one field for everything the customer says or shows, and who that is."""

from collections.abc import Callable
from typing import Final, cast

from textual.app import ComposeResult
from textual.containers import Vertical

from branch_console.case_views.register import ANONYMOUS, CustomerView
from branch_console.locale import t
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.gifts.asked import Asked
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.signs import sign
from screens.taken_down import taken_down
from screens.text import one_line
from screens.widgets.choices import Option
from screens.widgets.text_field import TextField

MOST: Final = 60


class WhoseField(Vertical):
    """The form's Enter looks the customer up (`look_up`).

    With `nobody`, nothing typed means somebody who does not say who they are.
    What was typed leaves the field as soon as the customer is found: it may be a whole number.
    """

    DEFAULT_CSS = "WhoseField { height: auto; }"

    def __init__(self, *, nobody: bool) -> None:
        super().__init__(id="whose")
        self._nobody = nobody
        self._who: CustomerView | None = None
        self._asking = False

    @property
    def handle(self) -> str:
        """The customer's handle; empty while nobody was found."""
        return "" if self._who is None else self._who.id

    @property
    def unread(self) -> bool:
        """Whether something was typed that was not looked up."""
        return bool(self._field.text)

    def compose(self) -> ComposeResult:
        """The question."""
        field = TextField(id="customer", max_length=MOST)
        yield Asked("customer", t("deduction.whose"), field, self._said())

    def _said(self) -> str:
        who = self._who
        if who is not None:
            parts = [who.name, who.number, who.known_by]
            return f"{sign('done')} " + "  ".join(one_line(each) for each in parts if each)
        return t("deduction.whose.hint" if self._nobody else "deduction.whose.whole")

    def clear(self) -> None:
        """Nobody yet."""
        self._who = None
        self._say()

    def kept(self) -> object:
        """Who was found."""
        return self._who

    def restore(self, kept: object) -> None:
        """Take it back after a redraw in another language."""
        if isinstance(kept, CustomerView):
            self._who = kept
            self._say()

    @property
    def _field(self) -> TextField:
        return self.query_one("#customer", TextField)

    @property
    def _host(self) -> BranchScreen[object]:
        return cast("BranchScreen[object]", self.screen)

    def look_up(self, then: Callable[[], None]) -> None:
        """Find out who it is, if that is not known yet, then go on."""
        text = self._field.text
        if self._asking:
            return
        if not text and (self._who is not None or not self._nobody):
            then()
            return
        if not text:
            self._take(CustomerView(ANONYMOUS, t("register.anonymous"), "", ""), then)
            return
        self._asking = True

        def found(people: tuple[CustomerView, ...]) -> None:
            self._asking = False
            if not taken_down(self):  # not drawn anew in another language meanwhile
                self._choose(people, then)

        self._host.ask(lambda: cases_of(self).case_customers(text), found, self._failed, group="find")

    def _failed(self, error: Exception) -> None:
        self._asking = False
        self._host.shell.show_error(error)

    def _choose(self, people: tuple[CustomerView, ...], then: Callable[[], None]) -> None:
        if not people:
            self.query_one(Asked).refuse(t("deduction.whose.none"))
            return
        if len(people) == 1:
            self._take(people[0], then)
            return
        options = [
            Option(each.id, f"{each.name or t('onboarding.new_customer')}  {each.number}", note=each.known_by)
            for each in people
        ]

        def picked(choice: Picked | None) -> None:
            if choice is not None:
                self._take(next(each for each in people if each.id == choice.value), then)

        self.app.push_screen(PickDialog(t("deduction.whose.which"), options), picked)

    def _take(self, who: CustomerView, then: Callable[[], None]) -> None:
        self._who = who
        self._field.value = ""
        self._say()
        then()

    def _say(self) -> None:
        asked = self.query_one(Asked)
        asked.refuse("")
        asked.put(t("deduction.whose"), self._said())
