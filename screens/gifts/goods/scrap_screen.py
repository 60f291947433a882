"""Destroying goods that are in quarantine: two people, and a photo's hash."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widgets import Static

from branch_console.gift_views import StockLine
from branch_console.locale import t
from branch_console.views import StaffChoice
from screens.gifts.goods.amounts import Amounts
from screens.gifts.goods.goods_form import GoodsForm
from screens.gifts.goods.pick_row import PickRow
from screens.gifts.goods.second_person import SecondPerson
from screens.gifts.goods.transfer_screen import asked_of
from screens.text import plain
from screens.widgets.field import Field
from screens.widgets.text_field import TextField


class ScrapScreen(GoodsForm):
    """The photo stays where it is; only which photo it was is written down."""

    HELP = "goods.help.scrap"
    TITLE_MSGID = "goods.scrap.title"
    DO_MSGID = "goods.scrap.do"

    def __init__(
        self,
        stock: tuple[StockLine, ...],
        reasons: tuple[tuple[str, str], ...],
        colleagues: tuple[StaffChoice, ...],
    ) -> None:
        super().__init__()
        self._stock = stock
        self._reasons = reasons
        self._colleagues = colleagues

    def form(self) -> ComposeResult:
        """How many of what, why, the photo, who stands by."""
        yield Static(plain(t("goods.scrap.lead")), classes="lead")
        yield Amounts([asked_of(line) for line in self._stock], empty=t("goods.scrap.empty"))
        yield Static(plain(t("goods.reason")), classes="asked")
        yield PickRow("reason", self._reasons)
        yield Field(
            t("goods.photo"), TextField(id="photo", max_length=300), hint=t("goods.photo.hint"), id="photo-field"
        )
        yield Field(t("goods.note"), TextField(id="note", max_length=500), id="note-field")
        yield SecondPerson(self._colleagues, t("goods.second.scrap"))

    def send(self) -> Callable[[], object]:
        """All lines; blank ones are left where they are."""
        lines = self.query_one(Amounts).lines_in()
        reason, photo = self.picked("reason"), self.query_one("#photo", TextField).text
        note = self.query_one("#note", TextField).text
        second = self.query_one(SecondPerson)
        return lambda: self.desk.scrap(lines, reason, note, photo, second.staff, second.password)
