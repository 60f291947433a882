"""What a campaign would have meant yesterday: who qualified, what it costs, which condition fails how many."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from branch_console.gift_views import BacktestView
from branch_console.locale import language, t
from screens.base import BranchScreen
from screens.gifts.desk import gifts_of
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.facts import Fact, Facts
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList


class BacktestScreen(BranchScreen[None]):
    """Figures above, failing conditions below, most frequent first."""

    HELP = "watch.help.backtest"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#failing"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "common.back")]

    def __init__(self, campaign: str, view: BacktestView) -> None:
        """`view`: what the backtest of that campaign has found."""
        super().__init__()
        self._campaign = campaign
        self._view = view
        self._said = language()

    def body(self) -> ComposeResult:
        """Title, figures, list."""
        view = self._view
        title = one_line(t("watch.backtest.title", campaign=view.campaign, day=view.day))
        yield Static(plain(title), id="backtest-title", classes="title")
        yield Facts(id="backtest-facts")
        yield RowList(
            None,
            [
                Column(t("watch.column.condition")),
                Column(t("watch.column.fails"), 10, right=True),
                Column(t("watch.column.near"), 10, right=True),
            ],
            cells=failing_cells,
            key=lambda line: line[0],
            empty=t("watch.backtest.none_fails"),
            openable=False,
            id="failing",
        )

    def on_mount(self) -> None:
        """Fill."""
        self.redrawn()

    def redrawn(self) -> None:
        """What `body` leaves empty; in another language the words of the conditions are asked for again."""
        self._fill()
        if self._said != language():
            self._said = language()
            self.ask(lambda: gifts_of(self).backtest(self._campaign), self._arrived, group="backtest")

    def _arrived(self, view: BacktestView) -> None:
        self._view = view
        words = t("watch.backtest.title", campaign=view.campaign, day=view.day)
        self.query_one("#backtest-title", Static).update(plain(one_line(words)))
        self._fill()

    def _fill(self) -> None:
        self.query_one(Facts).show(figures(self._view))
        self.query_one("#failing", RowList).show(self._view.failing)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


def figures(view: BacktestView) -> list[Fact]:
    """People, eligible, unknown, near misses, cost against budget, need against stock."""
    rows = [
        Fact(t("watch.backtest.people"), str(view.people)),
        Fact(t("watch.backtest.eligible"), str(view.eligible), "success" if view.eligible else ""),
        Fact(t("watch.backtest.unknown"), str(view.unknown), "accent" if view.unknown else ""),
        Fact(t("watch.backtest.near"), str(view.near_misses)),
        Fact(
            t("watch.backtest.cost"),
            t("watch.backtest.cost_of", cost=view.cost, budget=view.budget or t("watch.backtest.no_budget")),
            "error" if view.over_budget else "",
        ),
    ]
    for item, needed, there in view.stock:
        need = t("watch.backtest.need", needed=needed, there=there)
        rows.append(Fact(item, need, "error" if needed > there else ""))
    return rows


def failing_cells(line: tuple[str, int, int]) -> list[Cell]:
    """A condition, how many fail it, how many fail it alone."""
    condition, fails, near = line
    return [condition, (str(fails), "warning"), str(near or "")]
