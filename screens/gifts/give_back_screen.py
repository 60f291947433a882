"""The customer brings a gift back: it goes to quarantine, and the right may be used once more."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from branch_console.gift_views import ClaimLine
from branch_console.locale import t
from branch_console.views import StaffChoice
from screens.gifts.asked import Asked
from screens.gifts.desk import gifts_of
from screens.gifts.gift_form import GiftForm
from screens.gifts.goods.pick_row import PickRow
from screens.gifts.goods.second_person import SecondPerson
from screens.gifts.said import Said
from screens.onboarding.proceed import Proceed
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.text_field import TextField


class GiveBackScreen(GiftForm[ClaimLine]):
    """Answers with the claim as it is afterwards."""

    HELP = "gifts.help.give_back"
    CSS = css_beside(__file__)
    AUTO_FOCUS = ".editor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "send", "gifts.key.take_back", id="gifts.take_back"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(
        self, claim: ClaimLine, reasons: tuple[tuple[str, str], ...], colleagues: tuple[StaffChoice, ...]
    ) -> None:
        super().__init__()
        self._claim = claim
        self._reasons = reasons
        self._colleagues = colleagues

    def read(self) -> tuple[tuple[str, str], ...]:
        """The reasons."""
        return gifts_of(self).reasons("return")

    def take(self, said: tuple[tuple[str, str], ...]) -> None:
        """The reasons."""
        self._reasons = said

    def body(self) -> ComposeResult:
        """Which gift, why, whether the right comes back, who stands by."""
        claim = self._claim
        what = t(
            "gifts.back.what", reward=one_line(claim.reward), name=one_line(claim.name), number=one_line(claim.number)
        )
        yield Static(plain(t("gifts.back.title")), id="title")
        yield Said(what, id="lead")
        with VerticalScroll(id="form", can_focus=False):
            yield Asked("reason", t("gifts.back.reason"), PickRow("reason", self._reasons))
            yield Asked("note", t("gifts.back.note"), TextField(id="note", max_length=500))
            again = PickRow("reopens", [("no", t("gifts.back.closed")), ("yes", t("gifts.back.reopened"))], ["no"])
            yield Asked("reopens", t("gifts.back.right"), again)
            yield SecondPerson(self._colleagues, t("gifts.back.second"))
            yield Proceed(t("gifts.back.do"), id="do")

    def work(self) -> Callable[[], ClaimLine]:
        """Take it back."""
        claim, reason = self._claim.subject, self.query_one("#reason", PickRow).value
        note, reopens = self.query_one("#note", TextField).text, self.query_one("#reopens", PickRow).value == "yes"
        second = self.query_one(SecondPerson)
        staff, password = second.staff, second.password
        return lambda: gifts_of(self).give_back(claim, reason, note, reopens, staff, password)

    def action_leave(self) -> None:
        """Back without it."""
        self.dismiss(None)
