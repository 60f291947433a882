"""Whose case it is: last digits, a whole number, a wallet or a name; 0 for somebody who does not want to be known."""

from textual import on
from textual.timer import Timer

from branch_console.case_views.register import ANONYMOUS, CustomerView
from branch_console.locale import t
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.cases.register.chooser import Chooser, Pick
from screens.taken_down import taken_down

DELAY = 0.12
"""Seconds after the last key until the look-up starts."""
LEAST = 2
"""Characters that name somebody."""
NOBODY = "0"


class CustomerChooser(Chooser):
    """The look-up runs in a thread; Enter during it takes the answer, if there is only one."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, empty=t("register.customer.none"), hint=t("register.customer.hint"))
        self._timer: Timer | None = None
        self._found = ""
        self._decide_next = False
        self.from_journey = False

    @on(Chooser.Typed)
    def _look_soon(self, event: Chooser.Typed) -> None:
        self._decide_next = False
        if self._timer is not None:
            self._timer.stop()
        if event.text == NOBODY:
            self._found = event.text
            self.show([nobody()])
        elif len(event.text) >= LEAST:
            self._timer = self.set_timer(DELAY, self._look_up)
        else:
            self._found = event.text
            self.show([], empty=t("register.customer.more"))

    def decide(self) -> None:
        """Enter, as soon as the list fits what was typed."""
        text = self.field.text
        if len(text) >= LEAST and text != self._found:
            self._decide_next = True
            self._look_up()
        else:
            super().decide()

    def _look_up(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        text = self.field.text
        screen = self.screen
        if isinstance(screen, BranchScreen) and text:
            screen.ask(
                lambda: cases_of(self).case_customers(text), lambda found: self._arrived(text, found), group="customer"
            )

    def _arrived(self, text: str, found: tuple[CustomerView, ...]) -> None:
        if taken_down(self) or text != self.field.text or text == self._found:
            return
        self._found = text
        self.show([pick_of(each) for each in found])
        if self._decide_next:
            self._decide_next = False
            if len(found) == 1:
                super().decide()

    def put(self, pick: Pick | None) -> None:
        """Somebody else's case."""
        self._found, self.from_journey = "", False
        super().put(pick)

    def kept(self) -> object:
        """Also where the customer came from."""
        return super().kept(), self.from_journey

    def restore(self, kept: object) -> None:
        """Take it back."""
        match kept:
            case (chosen, bool(from_journey)):
                super().restore(chosen)
                self.from_journey = from_journey


def pick_of(customer: CustomerView) -> Pick:
    """A customer in the list."""
    if customer.id == ANONYMOUS:
        return nobody()
    label = f"{customer.name or t('register.customer.new')}  {customer.number}"
    return Pick(customer.id, label, customer.known_by or t("register.customer.unknown"))


def nobody() -> Pick:
    """Somebody who does not want to be known."""
    return Pick(ANONYMOUS, t("register.anonymous"))
