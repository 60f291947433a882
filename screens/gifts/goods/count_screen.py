"""A blind count of one place: the books are not shown to whoever counts."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widgets import Static

from branch_console.gift_views import SheetLine
from branch_console.locale import t
from screens.gifts.goods.amounts import Amounts, Asked
from screens.gifts.goods.goods_form import GoodsForm
from screens.text import plain


class CountScreen(GoodsForm):
    """Every line must be filled in; 0 is an answer, blank is none."""

    HELP = "goods.help.count"
    TITLE_MSGID = "goods.count.title"
    DO_MSGID = "goods.count.do"

    def __init__(self, place: tuple[str, str], sheet: tuple[SheetLine, ...]) -> None:
        """`place`: code and words."""
        super().__init__()
        self._place = place
        self._sheet = sheet

    def form(self) -> ComposeResult:
        """One line an item."""
        yield Static(plain(t("goods.count.lead", place=self._place[1])), classes="lead")
        yield Amounts(
            [Asked(line.sku, line.label, line.lot, line.expires_on) for line in self._sheet],
            empty=t("goods.count.empty"),
        )

    def send(self) -> Callable[[], object]:
        """What was found."""
        lines = self.query_one(Amounts).lines_in()
        return lambda: self.desk.count(self._place[0], lines)
