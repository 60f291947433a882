"""What is where, and everything that may be done with it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from branch_console.gift_views import StockLine
from branch_console.locale import t
from screens.base import BranchScreen
from screens.gifts.desk import GiftDesk, gifts_of
from screens.gifts.goods.closing_screen import ClosingScreen
from screens.gifts.goods.counts_screen import CountsScreen
from screens.gifts.goods.documents_screen import DocumentsScreen
from screens.gifts.goods.errands import Errands
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.signs import sign
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.choices import Option
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList

ACTS = ("receive", "transfer", "count", "counts", "scrap", "documents", "closing")


class StockScreen(BranchScreen[None]):
    """One line for each item, place and lot; what runs low, expires soon or is short says so in a word."""

    HELP = "goods.help.stock"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#goods"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "receive", "goods.key.receive", id="goods.receive"),
        Binding("m", "transfer", "goods.key.transfer", id="goods.transfer"),
        Binding("c", "count", "goods.key.count", id="goods.count"),
        Binding("a", "counts", "goods.key.counts", id="goods.counts"),
        Binding("d", "scrap", "goods.key.scrap", id="goods.scrap"),
        Binding("b", "documents", "goods.key.documents", id="goods.documents"),
        Binding("e", "closing", "goods.key.closing", id="goods.closing"),
        Binding("f10", "acts", "goods.key.acts", id="goods.acts"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._errands = Errands(self)

    def body(self) -> ComposeResult:
        """A title and the list."""
        yield Static(plain(t("goods.stock.title")), classes="title")
        yield RowList(
            None,
            [
                Column(t("goods.column.item")),
                Column(t("goods.column.place"), 14),
                Column(t("goods.column.lot"), 10),
                Column(t("goods.column.expires"), 10, wide_only=True),
                Column(t("goods.column.quantity"), 6, right=True),
                Column(t("goods.column.reserved"), 6, right=True),
                Column("", 10),
            ],
            cells=stock_cells,
            key=lambda line: f"{line.sku}|{line.place}|{line.lot}|{line.expires_on}",
            empty=t("goods.stock.empty"),
            id="goods",
        )

    @property
    def desk(self) -> GiftDesk:
        """The gift desk."""
        return gifts_of(self)

    def on_screen_resume(self) -> None:
        """Back from an act: the stock as it is now."""
        self.reload()

    def heard(self) -> None:
        """Something has changed, here or on another terminal."""
        self.reload()

    def redrawn(self) -> None:
        """The words of places come in the language in which they were asked for."""
        self.reload()

    def reload(self) -> None:
        """Read the stock."""
        self.ask(lambda: self.desk.stock(), self._arrived, group="stock")  # noqa: PLW0108  refused while locked

    def _arrived(self, lines: tuple[StockLine, ...]) -> None:
        for goods in self.query("#goods").results(RowList):
            goods.show(lines)

    @on(RowList.Selected, "#goods")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        line: StockLine = event.row
        self._errands.move_from((line.place, line.place_words))

    def action_receive(self) -> None:
        """Take a delivery in."""
        self._errands.receive()

    def action_transfer(self) -> None:
        """Move goods between places."""
        self._errands.transfer()

    def action_count(self) -> None:
        """Count a place without seeing the books."""
        self._errands.count()

    def action_counts(self) -> None:
        """The counts that wait for approval."""
        self.app.push_screen(CountsScreen())

    def action_scrap(self) -> None:
        """Destroy what is in quarantine."""
        self._errands.scrap()

    def action_documents(self) -> None:
        """The documents of the last days, to take one back."""
        self.app.push_screen(DocumentsScreen())

    def action_closing(self) -> None:
        """The end of the day."""
        self.app.push_screen(ClosingScreen())

    def action_acts(self) -> None:
        """All of it as a list, for whoever types Chinese."""
        options = [Option(each, t(f"goods.key.{each}")) for each in ACTS]
        self.app.push_screen(PickDialog(t("goods.acts.title"), options), self._act)

    async def _act(self, picked: Picked | None) -> None:
        if picked is not None:
            await self.run_action(picked.value)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


def stock_cells(line: StockLine) -> list[Cell]:
    """Item, place, lot, best before, how many, how many of them are promised, and what is wrong."""
    word: Cell = ""
    if line.short:
        word = (f"{sign('problem')} {t('goods.short', n=line.short)}", "error")
    elif line.expiring:
        word = (f"{sign('warning')} {t('goods.expiring')}", "warning")
    elif line.low:
        word = (f"{sign('warning')} {t('goods.low')}", "warning")
    reserved = str(line.reserved) if line.reserved else ""
    return [
        line.label,
        line.place_words,
        (line.lot, "muted"),
        (line.expires_on, "muted"),
        str(line.quantity),
        (reserved, "muted"),
        word,
    ]
