"""What is known of a freeze and, where this terminal cannot even ask, the hotline in digits for the customer to see."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from branch_console.case_views.deduction import CallView, ContainView, HotlineView
from branch_console.locale import t
from screens.cases.deduction.big_number import BigNumber
from screens.gifts.said import Said
from screens.signs import sign
from screens.text import one_line, plain
from screens.widgets import css_beside


class ContainBlock(Vertical):
    """The hotline of the moment is turned by the screen's left and right keys."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self) -> None:
        super().__init__(id="contain")
        self._view: ContainView | None = None
        self._at = 0

    @property
    def hotline(self) -> HotlineView | None:
        """The one that is shown."""
        lines = self._view.hotlines if self._view is not None else ()
        return lines[self._at % len(lines)] if lines else None

    def compose(self) -> ComposeResult:
        """That it cannot, which number, the number, and the calls that were made."""
        yield Said(id="offline")
        yield Static(id="hotline")
        yield BigNumber(id="number")
        yield Said(id="calls")

    def show(self, view: ContainView) -> None:
        """As it stands."""
        self._view = view
        offline = self.query_one("#offline", Said)
        offline.say(f"{sign('warning')} {view.offline}" if view.offline else "")
        self.query_one("#calls", Said).say("  ".join(called(each) for each in view.calls))
        self._show_hotline()

    def turn(self, by: int) -> None:
        """To another number."""
        self._at += by
        self._show_hotline()

    def _show_hotline(self) -> None:
        hotline = self.hotline
        self.query_one("#number", BigNumber).number = "" if hotline is None else hotline.number
        if hotline is not None:
            parts = [hotline.label, hotline.hours, hotline.checked, t("deduction.turn")]
            said = f" {sign('separator')} ".join(one_line(each) for each in parts if each)
            self.query_one("#hotline", Static).update(plain(said))


def called(call: CallView) -> str:
    """One call in one sentence: what the customer was told stays the hotline's word."""
    answer = (
        "deduction.call.done"
        if call.said_done
        else "deduction.call.answered"
        if call.answered
        else "deduction.call.none"
    )
    said = t("deduction.called", at=one_line(call.at), number=one_line(call.number), answer=t(answer))
    return f"{said} {t('deduction.call.reference', reference=one_line(call.reference))}" if call.reference else said
