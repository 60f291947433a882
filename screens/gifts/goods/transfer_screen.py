"""Moving goods within the branch: shelf, this terminal's drawer, quarantine."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widgets import Static

from branch_console.gift_views import StockLine
from branch_console.locale import t
from branch_console.views import StaffChoice
from screens.gifts.goods.amounts import Amounts, Asked
from screens.gifts.goods.goods_form import GoodsForm
from screens.gifts.goods.pick_row import PickRow
from screens.gifts.goods.second_person import SecondPerson
from screens.text import plain
from screens.widgets.field import Field
from screens.widgets.text_field import TextField


class TransferScreen(GoodsForm):
    """From one place, all of its lines; blank lines stay where they are."""

    HELP = "goods.help.transfer"
    TITLE_MSGID = "goods.transfer.title"
    DO_MSGID = "goods.transfer.do"

    def __init__(
        self,
        source: tuple[str, str],
        stock: tuple[StockLine, ...],
        targets: tuple[tuple[str, str], ...],
        reasons: tuple[tuple[str, str], ...],
        colleagues: tuple[StaffChoice, ...],
    ) -> None:
        """`source` and `targets`: code and words of places."""
        super().__init__()
        self._source = source
        self._stock = stock
        self._targets = targets
        self._reasons = reasons
        self._colleagues = colleagues

    def form(self) -> ComposeResult:
        """Where to, how many of what, why."""
        yield Static(plain(t("goods.transfer.from", place=self._source[1])), classes="lead")
        yield Static(plain(t("goods.transfer.to")), classes="asked")
        yield PickRow("target", self._targets)
        yield Amounts([asked_of(line) for line in self._stock], empty=t("goods.place.empty"))
        yield Static(plain(t("goods.reason")), classes="asked")
        yield PickRow("reason", self._reasons)
        yield Field(t("goods.note"), TextField(id="note", max_length=500), id="note-field")
        yield SecondPerson(self._colleagues, t("goods.second.maybe"))

    def send(self) -> Callable[[], object]:
        """All lines; blank ones are left where they are."""
        lines = self.query_one(Amounts).lines_in()
        target, reason = self.picked("target"), self.picked("reason")
        note = self.query_one("#note", TextField).text
        second = self.query_one(SecondPerson)
        return lambda: self.desk.transfer(self._source[0], target, lines, reason, note, second.staff, second.password)


def asked_of(line: StockLine) -> Asked:
    """A line of stock as a line of a form: what is free to be moved."""
    free = max(line.quantity - line.reserved, 0)
    return Asked(line.sku, line.label, line.lot, line.expires_on, t("goods.free", n=free))
