"""How the day goes: its figures with their comparison, its hours, and the team's day for whoever leads it."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from branch_console.figure_views.today import DayView, StaffLine
from branch_console.locale import t
from screens import today_rows as rows
from screens.day_figures import WIDE, DayFigures
from screens.text import plain
from screens.today_hours import TodayHours
from screens.today_panel import TodayPanel


class TodayDay(Vertical):
    """The team's table is there for whom it is told, and takes no room otherwise.

    All parts are made at once: figures may be shown before they are on the screen.
    """

    def __init__(self) -> None:
        super().__init__(id="day")
        self._figures = DayFigures(id="figures")
        self._compared = Static(id="compared")
        self._hours = TodayHours(id="hours")
        self._panel = Vertical(self._figures, self._compared, self._hours, id="figures-panel", classes="panel")
        self._panel.border_title = plain(t("today.panel.figures"))
        self._team = TodayPanel(
            "team", rows.team_columns(), rows.team_cells, lambda line: line.staff, t("today.team.none"), wide=WIDE
        )
        self._team.display = False

    def compose(self) -> ComposeResult:
        """The lists `figures` and `team`."""
        yield self._panel
        yield self._team

    def show(self, day: DayView, team: tuple[StaffLine, ...] | None) -> None:
        """What has been counted by now; while the store still counts, the title says so."""
        self._panel.border_title = plain(t("today.counting" if day.counting else "today.panel.figures"))
        self._figures.show_day(day)
        self._compared.update(plain(day.compared))
        self._hours.show(day.by_hour)
        self._team.display = team is not None
        self._team.show(team or (), t("today.team.count", count=len(team or ())))
