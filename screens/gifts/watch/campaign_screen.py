"""The page of one campaign: what it gives, its conditions, what was published, what an outage can cost at most."""

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from branch_console.gift_views import BacktestView, CampaignView
from branch_console.locale import t
from screens.base import BranchScreen
from screens.gifts.desk import GiftDesk, gifts_of
from screens.gifts.paper import Line, Paper
from screens.gifts.reason_tree import heading, node_lines
from screens.gifts.watch.backtest_screen import BacktestScreen
from screens.gifts.watch.dry_run_screen import DryRunScreen
from screens.gifts.watch.trial_person import TrialPerson
from screens.text import fit, one_line, plain, wrap
from screens.widgets import css_beside

_LABEL = 24
"""Cells that labels get at most."""


class CampaignScreen(BranchScreen[None]):
    """Scrolled with the arrows; a dry run on one customer and a backtest over yesterday's people by a key each."""

    HELP = "watch.help.campaign"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "backtest", "watch.key.backtest", id="watch.backtest"),
        Binding("f4", "dry_run", "watch.key.dry_run", id="watch.dry_run"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self, campaign: str) -> None:
        super().__init__()
        self._campaign = campaign
        self._testing = False

    def body(self) -> ComposeResult:
        """Title and page."""
        yield Static(id="campaign-title", classes="title")
        yield Paper(id="page")

    @property
    def desk(self) -> GiftDesk:
        """The gift desk."""
        return gifts_of(self)

    def on_mount(self) -> None:
        """Read."""
        self.heard()

    def heard(self) -> None:
        """Something has changed."""
        self.ask(lambda: self.desk.campaign(self._campaign), self._arrived, group="campaign")

    def redrawn(self) -> None:
        """In the other language."""
        self.heard()

    def _arrived(self, view: CampaignView) -> None:
        line = view.line
        title = f"{line.title} v{line.version}   {line.status_words}   {line.period}"
        self.query_one("#campaign-title", Static).update(plain(one_line(title)))
        self.query_one("#page", Paper).show(lambda width: page_lines(view, width))

    def action_backtest(self) -> None:
        """Over yesterday's people."""
        if not self._testing:
            self._testing = True
            self.notify(t("watch.backtest.running"))
            self.ask(lambda: self.desk.backtest(self._campaign), self._tested, self._not_tested)

    def _tested(self, view: BacktestView) -> None:
        self._testing = False
        self.app.push_screen(BacktestScreen(self._campaign, view))

    def _not_tested(self, error: Exception) -> None:
        self._testing = False
        self.shell.show_error(error)

    def action_dry_run(self) -> None:
        """On a customer."""
        self.app.push_screen(TrialPerson(), self._run)

    def _run(self, person: str | None) -> None:
        if person is not None:
            self.app.push_screen(DryRunScreen(self._campaign, person))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


def page_lines(view: CampaignView, width: int) -> Iterator[Line]:
    """Facts, conditions, disclosure, bound of loss, who approved it."""
    yield from _table(view.facts, width)
    yield from heading(t("watch.campaign.bound"))
    yield from (((line, ""),) for line in wrap(one_line(view.bound), width))
    yield from heading(t("watch.campaign.rules"))
    yield from node_lines(view.rules, width, judged=False)
    yield from heading(t("watch.campaign.disclosure"))
    yield from _table(view.disclosure, width)
    if view.approved_by:
        yield from heading(t("watch.campaign.approved"))
        yield ((one_line(view.approved_by), ""),)


def _table(rows: tuple[tuple[str, str], ...], width: int) -> Iterator[Line]:
    """Label and words, the words wrapped beside the label."""
    label = min(max((cell_len(one_line(name)) for name, _ in rows), default=0), _LABEL)
    for name, words in rows:
        first, *others = wrap(one_line(words), max(width - label - 2, 12)) or [""]
        yield (fit(one_line(name), label), "muted"), ("  ", ""), (first, "")
        yield from (((" " * (label + 2), ""), (line, "")) for line in others)
