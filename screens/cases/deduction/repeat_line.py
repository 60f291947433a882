"""Whether the customer has such a case already: said while the form is filled in, never in the way."""

from typing import cast

from branch_console.case_views.register import RepeatView
from branch_console.locale import t
from branch_console.rules.cases.form import CaseForm
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.gifts.said import Said
from screens.signs import sign


class RepeatLine(Said):
    """One sentence about the likeliest; nothing while there is none."""

    DEFAULT_CSS = "RepeatLine { color: $warning; max-height: 2; }"

    def __init__(self) -> None:
        super().__init__(id="repeat")
        self._asked = ("", "")

    def look(self, customer: str, category: str) -> None:
        """Look for cases of this customer. `customer`: a handle; empty while nobody was found."""
        if (customer, category) == self._asked:
            return
        self._asked = asked = (customer, category)
        if not customer:
            self.say("")
            return
        form = CaseForm(kind="dispute", category=category)
        host = cast("BranchScreen[object]", self.screen)
        host.ask(
            lambda: cases_of(self).repeats(form, customer), lambda found: self._found(asked, found), group="repeats"
        )

    def _found(self, asked: tuple[str, str], found: tuple[RepeatView, ...]) -> None:
        if asked != self._asked:  # somebody else stands in the form by now
            return
        first = next((each for each in found if each.open), None)
        if first is None:
            self.say("")
            return
        said = t("deduction.repeat", number=first.number, why=first.why, status=first.status, day=first.day)
        self.say(f"{sign('warning')} {said}")
