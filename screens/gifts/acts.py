"""What a gift screen does for the customer in front of it: hand over, go on, a voucher, a fact seen on the phone."""

from collections.abc import Callable

from branch_console.gift_views import AttestField, CheckView, HandOverView, SlipView
from branch_console.locale import t
from screens.base import BranchScreen
from screens.gifts.attest_screen import AttestScreen
from screens.gifts.desk import gifts_of
from screens.gifts.hand_over_screen import HandOverScreen
from screens.gifts.slip_screen import SlipScreen
from screens.widgets.confirm import Confirm


class GiftActs:
    """The acts of one screen. `after` is called when something was written and the screen should read anew.

    One act at a time: a second key while the desk is asked does nothing.
    """

    def __init__(self, screen: BranchScreen[None], after: Callable[[], None]) -> None:
        self._screen = screen
        self._after = after
        self.busy = False

    def hand_over(self, person: str, campaign: str) -> None:
        """Reserve, then the form."""
        self._ask(lambda: gifts_of(self._screen).begin(person, campaign), self._open)

    def resume(self, claim: str) -> None:
        """The form of a reservation that is open."""
        self._ask(lambda: gifts_of(self._screen).resume(claim), self._open)

    def slip(self, claim: str) -> None:
        """A slip again."""
        self._ask(lambda: gifts_of(self._screen).slip(claim), self._show)

    def voucher(self, person: str, campaign: str, title: str) -> None:
        """Asks first: a voucher uses the customer's right until central has decided."""
        question = Confirm(
            t("gifts.voucher.title", campaign=title), t("gifts.voucher.text"), yes=t("gifts.voucher.yes")
        )

        def issue(agreed: bool | None) -> None:
            if agreed:
                self._ask(lambda: gifts_of(self._screen).voucher(person, campaign), self._issued)

        self._screen.app.push_screen(question, issue)

    def attest(self, person: str, campaign: str) -> None:
        """The form of what the phone shows; says so when nothing on it would help."""

        def show(fields: tuple[AttestField, ...]) -> None:
            if not fields:
                self._screen.notify(t("gifts.attest.nothing"), severity="warning", markup=False)
            elif self._screen.is_current:
                self._screen.app.push_screen(AttestScreen(person, campaign, fields), self._attested)

        self._ask(lambda: gifts_of(self._screen).attestable(person, campaign), show)

    def _ask(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        if self.busy:
            return
        self.busy = True

        def arrived(answer: object) -> None:
            self.busy = False
            then(answer)

        def refused(error: Exception) -> None:
            self.busy = False
            self._screen.shell.show_error(error)

        self._screen.ask(work, arrived, refused, group="act")

    def _open(self, view: HandOverView) -> None:
        if self._screen.is_current:
            self._screen.app.push_screen(HandOverScreen(view), self._handed_over)
        else:  # whoever works here is elsewhere by now: the reservation waits in the list
            self._screen.notify(t("gifts.reserved_meanwhile"), markup=False)

    def _handed_over(self, slip: SlipView | None) -> None:
        self._after()
        if slip is not None:
            self._show(slip)

    def _issued(self, slip: SlipView) -> None:
        self._after()
        self._show(slip)

    def _show(self, slip: SlipView) -> None:
        self._screen.app.push_screen(SlipScreen(slip))

    def _attested(self, check: CheckView | None) -> None:
        if check is not None:
            self._after()
            self._screen.notify(t("gifts.attest.done"), markup=False)
