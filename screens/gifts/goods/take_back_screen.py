"""Taking a stock document back: why, and who stands by. What it moved goes back whole."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widgets import Static

from branch_console.gift_views import DocumentLine
from branch_console.locale import t
from branch_console.views import StaffChoice
from screens.gifts.goods.goods_form import GoodsForm
from screens.gifts.goods.pick_row import PickRow
from screens.gifts.goods.second_person import SecondPerson
from screens.text import one_line, plain
from screens.widgets.field import Field
from screens.widgets.text_field import TextField


class TakeBackScreen(GoodsForm):
    """No quantities are asked for: a document that is wrong in part is taken back whole and written again."""

    HELP = "goods.help.take_back"
    TITLE_MSGID = "goods.take_back.title"
    DO_MSGID = "goods.take_back.do"

    def __init__(
        self,
        document: DocumentLine,
        reasons: tuple[tuple[str, str], ...],
        colleagues: tuple[StaffChoice, ...],
    ) -> None:
        super().__init__()
        self._document = document
        self._reasons = reasons
        self._colleagues = colleagues

    def form(self) -> ComposeResult:
        """What it is about, why, a note, who stands by."""
        document = self._document
        lead = t(
            "goods.take_back.lead",
            kind=one_line(document.kind_words),
            at=one_line(document.at),
            staff=one_line(document.staff),
        )
        moves = [
            t("goods.take_back.move", item=one_line(item), n=n, source=one_line(target), target=one_line(source))
            for item, _, n, source, target in document.moves
        ]
        yield Static(plain("\n".join([lead, *moves])), classes="lead")
        yield Static(plain(t("goods.reason")), classes="asked")
        yield PickRow("reason", self._reasons)
        yield Field(t("goods.note"), TextField(id="note", max_length=500), id="note-field")
        yield SecondPerson(self._colleagues, t("goods.second.take_back"))

    def send(self) -> Callable[[], object]:
        """All of it."""
        subject, reason = self._document.subject, self.picked("reason")
        note = self.query_one("#note", TextField).text
        second = self.query_one(SecondPerson)
        staff, password = second.staff, second.password
        return lambda: self.desk.take_back(subject, reason, note, staff, password)
