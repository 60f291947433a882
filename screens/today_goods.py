"""Campaigns with what is left, and what runs low on the shelf."""

from textual.app import ComposeResult
from textual.containers import Vertical

from branch_console.figure_views.today import CampaignLine, StockLine
from branch_console.locale import t
from screens import today_rows as rows
from screens.today_panel import TodayPanel


class TodayGoods(Vertical):
    """Two lists, one above the other; each says what it is about when it is empty, too.

    Both are made at once: they may be shown before they are on the screen.
    """

    def __init__(self) -> None:
        super().__init__(id="goods")
        self._campaigns = TodayPanel(
            "campaigns",
            rows.campaign_columns(),
            rows.campaign_cells,
            lambda line: line.campaign,
            t("today.campaigns.none"),
        )
        self._low_stock = TodayPanel(
            "low-stock", rows.stock_columns(), rows.stock_cells, lambda line: line.sku, t("today.stock.enough")
        )

    def compose(self) -> ComposeResult:
        """The lists `campaigns` and `low-stock`."""
        yield self._campaigns
        yield self._low_stock

    def show(self, campaigns: tuple[CampaignLine, ...], stock: tuple[StockLine, ...]) -> None:
        """What there is now."""
        self._campaigns.show(campaigns, t("today.campaigns.count", count=len(campaigns)))
        title = t("today.stock.count", count=len(stock)) if stock else t("today.panel.low-stock")
        self._low_stock.show(stock, title)
