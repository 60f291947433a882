"""All campaigns, and drafts that wait for approval."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from branch_console.gift_views import CampaignLine
from branch_console.locale import t
from screens.base import BranchScreen
from screens.gifts.desk import gifts_of
from screens.gifts.watch.campaign_screen import CampaignScreen
from screens.signs import sign
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList

_LOOKS = {
    "draft": ("not_started", "muted"),
    "announced": ("open", "accent"),
    "running": ("in_progress", "success"),
    "paused": ("skipped", "warning"),
    "ended": ("done", "muted"),
}


class CampaignsScreen(BranchScreen[None]):
    """Enter opens a campaign's page."""

    HELP = "watch.help.campaigns"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#campaigns"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "common.back")]

    def body(self) -> ComposeResult:
        """A title and the list."""
        yield Static(plain(t("watch.campaigns.title")), classes="title")
        yield RowList(
            None,
            [
                Column(t("gifts.column.campaign")),
                Column(t("gifts.column.status"), 12),
                Column(t("watch.column.period"), 24),
                Column(t("watch.column.left"), 18, wide_only=True),
                Column(t("watch.column.today"), 8, right=True),
            ],
            cells=campaign_cells,
            key=lambda line: f"{line.id}|{line.version}|{line.status == 'draft'}",
            empty=t("watch.campaigns.empty"),
            id="campaigns",
        )

    def on_screen_resume(self) -> None:
        """As they are now."""
        self.heard()

    def heard(self) -> None:
        """Something has changed."""
        self.ask(lambda: gifts_of(self).campaigns(), self._arrived, group="campaigns")

    def redrawn(self) -> None:
        """In the other language."""
        self.heard()

    def _arrived(self, lines: tuple[CampaignLine, ...]) -> None:
        for campaigns in self.query("#campaigns").results(RowList):
            campaigns.show(lines)

    @on(RowList.Selected, "#campaigns")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self.app.push_screen(CampaignScreen(event.row.id))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


def campaign_cells(line: CampaignLine) -> list[Cell]:
    """Title and version, state, period, what is left, how many today."""
    name, tone = _LOOKS.get(line.status, ("not_started", "muted"))
    state = (f"{sign(name)} {line.status_words}", tone)
    return [f"{line.title} v{line.version}", state, (line.period, "muted"), line.left, str(line.claims_today or "")]
