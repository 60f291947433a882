"""From a row of a gift to its slip."""

from branch_console.gift_views import SlipView
from screens.base import BranchScreen
from screens.gifts.desk import gifts_of


def open_slip(screen: BranchScreen[None], claim: str) -> None:
    """Ask the gift desk for the slip of a claim, and show it above `screen`; a claim without one says why."""

    def show(view: SlipView) -> None:
        from screens.gifts.slip_screen import SlipScreen  # noqa: PLC0415  only who opens a claim needs it

        if screen.is_current:
            screen.app.push_screen(SlipScreen(view))

    screen.ask(lambda: gifts_of(screen).slip(claim), show, group="slip")
