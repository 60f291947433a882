"""The start screen: what to continue, how the day goes, whether everything has reached central."""

from dataclasses import dataclass
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message

from branch_console.locale import t
from branch_console.rules.roles import allowed
from branch_console.rules.staff import Role
from branch_console.views import JourneyLine, TodayView
from screens.base import BranchScreen
from screens.day_figures import DayFigures
from screens.port import ConsoleServices
from screens.signs import sign
from screens.sync_summary import SyncSummary
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList


class Today(BranchScreen[None]):
    """Journeys to continue, promises to keep today (Enter), the figures of the day, and the sync in one line."""

    HELP = "today.help"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#continue"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "reload", "today.key.reload", id="reload"),
    ]

    @dataclass
    class OpenJourney(Message):
        """Somebody wants to go on with a journey."""

        subject: str

    def __init__(self, services: ConsoleServices) -> None:
        super().__init__()
        self._services = services
        self._view: TodayView | None = None
        self._asking = False
        self._again = False
        self._cases_shown = False

    def body(self) -> ComposeResult:
        """List left, figures right, sync below; one above the other when the console is narrow."""
        with Horizontal(id="today"):
            with Vertical(id="to-do"), Vertical(id="continue-panel", classes="panel"):
                yield RowList(
                    None,
                    [
                        Column(width=8),
                        Column(width=12, wide_only=True),
                        Column(width=4),
                        Column(),
                        Column(width=11, right=True),
                    ],
                    cells=journey_cells,
                    key=lambda line: line.subject,
                    empty=t("today.nothing"),
                    wide=64,
                    id="continue",
                )
            with Vertical(id="figures-panel", classes="panel"):
                yield DayFigures(id="figures")
        yield SyncSummary(id="sync-summary")

    def on_mount(self) -> None:
        """Titles of the panels, and the first answer of the store."""
        self.redrawn()

    def on_screen_resume(self) -> None:
        """Whatever happened elsewhere meanwhile."""
        self.action_reload()

    def redrawn(self) -> None:
        """Words that no widget draws itself."""
        self.query_one("#figures-panel").border_title = plain(t("today.figures"))
        if self._view is None:
            self.query_one("#continue-panel").border_title = plain(t("today.continue"))
        else:
            self._show(self._view)
            self.action_reload()  # the titles of steps come in the language in which they were asked for

    def heard(self) -> None:
        """Something has changed, here or on another terminal."""
        self.action_reload()

    def action_reload(self) -> None:
        """Read anew; a wish while reading is remembered."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        self.ask(self._services.today, self._arrived, self._failed)

    def _arrived(self, view: TodayView) -> None:
        self._asking = False
        self._show(view)
        session = self._services.session
        if session is not None and allowed(cast("Role", session.role), "case.read"):
            self.call_after_refresh(self._show_cases)
        if self._again:
            self._again = False
            self.action_reload()

    def _failed(self, error: Exception) -> None:
        self._asking = self._again = False
        self.shell.show_error(error)

    def _show(self, view: TodayView) -> None:
        self._view = view
        for panel in self.query("#continue-panel"):  # no widget is there any more while the console is being left
            panel.border_title = plain(t("today.continue.count", count=view.total_lines))
        for rows in self.query("#continue").results(RowList):
            rows.show(view.lines)
        for figures in self.query(DayFigures):
            figures.show(view.mine, view.branch)
        for summary in self.query(SyncSummary):
            summary.show(view.sync)

    def _show_cases(self) -> None:
        """After everything else was painted: the promises of the day, and cases that come in numbers."""
        if self._view is None or not (self._view.cases or self._cases_shown):
            return
        self._cases_shown = True
        from screens.cases.incident_banner import IncidentBanner  # noqa: PLC0415  nobody waits for them at login
        from screens.cases.queue.today_promises import TodayPromises  # noqa: PLC0415

        panels = [*self.query(TodayPromises), *self.query(IncidentBanner)]
        for panel in panels:
            panel.reload()
        for column in self.query("#to-do") if not panels else ():
            column.mount(TodayPromises())
            self.mount(IncidentBanner(), before="#today")

    @on(RowList.Selected, "#continue")
    def open_journey(self, event: RowList.Selected) -> None:
        """Resume."""
        event.stop()
        self.post_message(self.OpenJourney(event.row.subject))


def journey_cells(line: JourneyLine) -> list[Cell]:
    """Name, phone, class, where it stands, how long it has been standing."""
    marker = sign("waiting") if line.pending else " "
    step = f"{line.step_number}/{line.step_total} {line.step_title}"
    place = (
        t("today.elsewhere", terminal=line.elsewhere)
        if line.elsewhere
        else t("today.idle", time=duration(line.minutes))
    )
    tone = "warning" if line.status in {"interrupted", "offered"} else "muted"
    state = t(f"today.status.{line.status}") if line.status in {"interrupted", "offered"} else place
    name = line.name or t("onboarding.new_customer")
    return [name, (line.phone, "muted"), t(f"today.class.{line.target}"), step, (f"{state} {marker}", tone)]


def duration(minutes: int) -> str:
    """Minutes in words: minutes up to two hours, then hours, then days."""
    if minutes < 120:
        return t("today.minutes", n=minutes)
    if minutes < 48 * 60:
        return t("today.hours", n=minutes // 60)
    return t("today.days", n=minutes // (24 * 60))
