"""Taking a delivery in: two people count what came, against the dispatch note or without one."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widgets import Static

from branch_console.gift_views import DeliveryLine
from branch_console.locale import t
from branch_console.views import StaffChoice
from screens.gifts.goods.amounts import Amounts, Asked
from screens.gifts.goods.goods_form import GoodsForm
from screens.gifts.goods.second_person import SecondPerson
from screens.text import plain
from screens.widgets.field import Field
from screens.widgets.text_field import TextField


class ReceiveScreen(GoodsForm):
    """What is missing against the note goes to loss, under both names."""

    HELP = "goods.help.receive"
    TITLE_MSGID = "goods.receive.title"
    DO_MSGID = "goods.receive.do"

    def __init__(
        self, delivery: DeliveryLine | None, items: tuple[tuple[str, str], ...], colleagues: tuple[StaffChoice, ...]
    ) -> None:
        """`items` are offered when there is no dispatch note."""
        super().__init__()
        self._delivery = delivery
        self._items = items
        self._colleagues = colleagues

    def form(self) -> ComposeResult:
        """Note number, one line an item, who counted too."""
        number = self._delivery.note_number if self._delivery else ""
        yield Static(plain(t("goods.receive.lead")), classes="lead")
        yield Field(t("goods.note_number"), TextField(number, id="note_number", max_length=40), id="note_number-field")
        yield Amounts(self._lines(), empty=t("goods.items.none"))
        yield Field(t("goods.note"), TextField(id="note", max_length=500), id="note-field")
        yield SecondPerson(self._colleagues, t("goods.second.counted"))

    def _lines(self) -> list[Asked]:
        if self._delivery is None:
            return [Asked(sku, label) for sku, label in self._items]
        return [
            Asked(sku, label, lot, expires_on, t("goods.sent", n=sent), sent)
            for sku, label, lot, expires_on, sent in self._delivery.items
        ]

    def send(self) -> Callable[[], object]:
        """What was counted."""
        dispatch = self._delivery.subject if self._delivery else None
        lines = self.query_one(Amounts).lines_in()
        number = self.query_one("#note_number", TextField).text
        note = self.query_one("#note", TextField).text
        second = self.query_one(SecondPerson)
        return lambda: self.desk.receive(dispatch, number, lines, note, second.staff, second.password)
