"""The start screen: what to continue, what was promised, how the day goes, what runs low, and the sync in one line."""

from datetime import date
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.timer import Timer

from branch_console.figure_views.today import DayView, MachineLine, StaffLine, TodayRest
from branch_console.locale import t
from branch_console.rules.roles import Action, allowed
from branch_console.rules.staff import Role
from branch_console.views import TodayView
from screens import today_rows as rows
from screens.asking import Asking
from screens.base import BranchScreen
from screens.port import ConsoleServices
from screens.sync_summary import SyncSummary
from screens.today_day import TodayDay
from screens.today_goods import TodayGoods
from screens.today_opening import opened_by
from screens.today_panel import TodayPanel
from screens.widgets import css_beside
from screens.widgets.error_box import ErrorBox
from screens.widgets.row_list import RowList

EVERY, COUNTING = 60, 1
"""Seconds after which the comparison, which goes up to this minute, is asked for anew; and while the store counts."""


class Today(BranchScreen[None]):
    """What there is to see depends on the role; every line opens what it is about.

    Painted with one answer of the store. Goods, cases, the comparison and what has happened since the last count follow
    once it stands there, so that nobody waits for them at login.
    """

    HELP = "today.help"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#continue, #machines"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "reload", "today.key.reload", id="reload"),
    ]

    def __init__(self, services: ConsoleServices) -> None:
        super().__init__()
        self._services = services
        self._view: TodayView | None = None
        self._rest: TodayRest | None = None
        self._first = Asking(self, services.today, self._arrived, "today")
        self._second = Asking(self, services.today_rest, self._rest_arrived, "today-rest")
        self._cases_shown = False
        self._day = date.min
        """Of the figures on the screen."""
        self._soon: Timer | None = None

    @property
    def _role(self) -> Role | None:
        session = self._services.session
        return None if session is None else cast("Role", session.role)

    def _may(self, action: Action) -> bool:
        return self._role is not None and allowed(self._role, action)

    def body(self) -> ComposeResult:
        """What there is to do left, how the day goes right, the sync below."""
        works = self._may("journey.work")
        with Horizontal(id="today"):
            with Vertical(id="to-do"):
                if self._may("journey.read"):
                    yield TodayPanel(
                        "continue",
                        rows.journey_columns(),
                        rows.journey_cells,
                        lambda line: line.subject,
                        t("today.nothing" if works else "today.nothing.read"),
                        grows=True,
                    )
                else:
                    yield TodayPanel(
                        "machines", rows.machine_columns(), rows.machine_cells, lambda line: line.name, "", grows=True
                    )
                if self._may("gift.read"):
                    yield TodayGoods()
            if self._may("figures.branch"):
                yield TodayDay()
        yield SyncSummary(id="sync-summary")

    def on_mount(self) -> None:
        """The comparison goes on while nothing happens."""
        self.set_interval(EVERY, self._compare)

    def on_screen_resume(self) -> None:
        """Whatever happened elsewhere meanwhile."""
        self.action_reload()

    def redrawn(self) -> None:
        """The other language: what is known at once, then anew, because the store's words come in the session's."""
        if self._view is not None:
            self._show(self._view)
        if self._rest is not None:
            self._show_rest(self._rest)
        self.action_reload()

    def heard(self) -> None:
        """Something has changed, here or on another terminal."""
        self.action_reload()

    def action_reload(self) -> None:
        """Read anew."""
        self._first.ask()

    def _compare(self) -> None:
        if self.is_current:
            self._second.ask()

    # --- answers; no widget is there any more while the console is being left ---

    def _arrived(self, view: TodayView) -> None:
        self._view = view
        self._show(view)
        self.call_after_refresh(self._second.ask)
        if self._may("case.read") and (view.cases or self._cases_shown or self._role == "case_officer"):
            self.call_after_refresh(self._show_cases)

    def _show(self, view: TodayView) -> None:
        for panel in self.query("#continue-panel").results(TodayPanel):
            panel.show(view.lines, t("today.continue.count", count=view.total_lines))
        for summary in self.query(SyncSummary):
            summary.show(view.sync)
        self._show_day(view.day, view.team)

    def _rest_arrived(self, rest: TodayRest) -> None:
        self._rest = rest
        self._show_rest(rest)
        if self._soon is not None:
            self._soon.stop()
        counting = rest.day is not None and rest.day.counting
        self._soon = self.set_timer(COUNTING, self._compare) if counting else None

    def _show_rest(self, rest: TodayRest) -> None:
        self._show_day(rest.day, rest.team)
        for goods in self.query(TodayGoods):
            goods.show(rest.campaigns or (), rest.stock or ())
        for panel in self.query("#machines-panel").results(TodayPanel):
            panel.show(rest.machines or (), t("today.panel.machines"))

    def _show_day(self, day: DayView | None, team: tuple[StaffLine, ...] | None) -> None:
        if day is not None:
            self._day = day.day
            for column in self.query(TodayDay):
                column.show(day, team)

    def _show_cases(self) -> None:
        """After everything else was painted: the promises of the day, and cases that come in numbers."""
        self._cases_shown = True
        from screens.cases.incident_banner import IncidentBanner  # noqa: PLC0415  nobody waits for them at login
        from screens.cases.queue.today_promises import TodayPromises  # noqa: PLC0415

        panels = [*self.query(TodayPromises), *self.query(IncidentBanner)]
        for panel in panels:
            panel.reload()
        for column in self.query("#to-do") if not panels else ():
            if self._role == "case_officer":
                column.mount(TodayPromises(always=True), before="#continue-panel")
            else:
                column.mount(TodayPromises(), after="#continue-panel")
            self.mount(IncidentBanner(), before="#today")

    # --- opening what a line is about ---

    @on(RowList.Selected)
    async def _open(self, event: RowList.Selected) -> None:
        event.stop()
        what = opened_by(event.row, self._day, previews=self._may("campaign.preview"))
        if isinstance(what, Message):
            self.post_message(what)
        elif what:
            await self.run_action(what)
        elif isinstance(event.row, MachineLine):
            self.app.push_screen(ErrorBox(event.row.label, event.row.what_to_do))
