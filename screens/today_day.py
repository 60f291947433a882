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
    """The team's table is there for whom it is told, and takes no room otherwise."""

    def __init__(self) -> None:
        super().__init__(id="day")

    def compose(self) -> ComposeResult:
        """The lists `figures` and `team`."""
        with Vertical(id="figures-panel", classes="panel") as panel:
            panel.border_title = plain(t("today.panel.figures"))
            yield DayFigures(id="figures")
            yield Static(id="compared")
            yield TodayHours(id="hours")
        team = TodayPanel(
            "team", rows.team_columns(), rows.team_cells, lambda line: line.staff, t("today.team.none"), wide=WIDE
        )
        team.display = False
        yield team

    def show(self, day: DayView | None, team: tuple[StaffLine, ...] | None) -> None:
        """What has been counted by now; while the store still counts, the title says so."""
        if day is None:
            return
        panel = self.query_one("#figures-panel")
        panel.border_title = plain(t("today.counting" if day.counting else "today.panel.figures"))
        self.query_one(DayFigures).show_day(day)
        self.query_one("#compared", Static).update(plain(day.compared))
        self.query_one(TodayHours).show(day.by_hour)
        members = self.query_one("#team-panel", TodayPanel)
        members.display = team is not None
        members.show(team or (), t("today.team.count", count=len(team or ())))
