"""A signature: a note, and somebody else's password where one's own role is not enough."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from branch_console.locale import t
from branch_console.views import StaffChoice
from screens.gifts.goods.second_person import SecondPerson
from screens.onboarding.dialog import JourneyDialog
from screens.onboarding.option_row import OptionRow
from screens.onboarding.proceed import Proceed
from screens.widgets import css_beside
from screens.widgets.field import Field
from screens.widgets.text_field import TextField


@dataclass(frozen=True, slots=True, repr=False)
class Signed:
    """What was noted, and who signed beside whoever works here."""

    note: str
    staff: str
    password: str


class SignDialog(JourneyDialog[Signed]):
    """Two people close a day: one made it, one signs."""

    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#note"

    def __init__(self, title: str, why: str, colleagues: Sequence[StaffChoice]) -> None:
        super().__init__(title)
        self._why = why
        self._colleagues = tuple(colleagues)

    def inside(self) -> ComposeResult:
        """Note, who, password."""
        yield Field(t("goods.note"), TextField(id="note", max_length=500), id="note-field")
        yield SecondPerson(self._colleagues, self._why)
        yield Proceed(t("goods.sign"))

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    @on(OptionRow.Picked)
    def _picked(self, event: OptionRow.Picked) -> None:
        event.stop()
        self.focus_next()

    @on(Proceed.Pressed)
    def _sign(self, event: Proceed.Pressed) -> None:
        event.stop()
        second = self.query_one(SecondPerson)
        self.dismiss(Signed(self.query_one("#note", TextField).text, second.staff, second.password))
