"""The onboarding area: find a customer, go on with a journey, start a new one."""

from typing import ClassVar

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input, Static

from branch_console.locale import t
from branch_console.views import JourneyLine
from screens.base import BranchScreen
from screens.onboarding.journey_screen import JourneyScreen
from screens.onboarding.journey_source import Found, Journeys, cells
from screens.onboarding.new_journey import NewJourney
from screens.onboarding.port import Desk, desk_of
from screens.onboarding.tab_row import TabRow
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.row_drawing import Column
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField

TABS = ("open", "mine", "branch", "finished")
FIND_DELAY = 0.12
"""Seconds after the last key until a look-up starts."""


class JourneyList(RowList[JourneyLine]):
    """Left and right, which a list has no use for, change the tab."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.tab(-1)", show=False),
        Binding("right", "screen.tab(1)", "onboarding.key.tabs", id="onboarding.tabs"),
    ]


class OnboardingListScreen(BranchScreen[None]):
    """The list has the focus, so that F2 and Enter go on with the newest journey; typing goes to the look-up."""

    HELP = "onboarding.help.list"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#journeys"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "new", "onboarding.key.new", id="onboarding.new"),
        Binding("n", "new", show=False),
        Binding("ctrl+f,f10", "find", "onboarding.key.find", id="onboarding.find"),
        Binding("escape", "clear", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._tab = "open"
        self._find = ""
        self._timer: Timer | None = None

    def body(self) -> ComposeResult:
        """Look-up, tabs, list."""
        with Horizontal(id="find-row"):
            yield Static(plain(t("onboarding.find")), classes="label")
            yield TextField(self._find, placeholder=t("onboarding.find.hint"), id="find", max_length=60)
        yield TabRow([(each, t(f"onboarding.tab.{each}")) for each in TABS], self._tab)
        yield JourneyList(
            self._source(),
            [
                Column(t("onboarding.column.customer"), 12),
                Column(t("onboarding.column.class"), 9),
                Column(t("onboarding.column.step")),
                Column(t("onboarding.column.status"), 11),
                Column(t("onboarding.column.phone"), 13, wide_only=True),
                Column(t("onboarding.column.holder"), 18, wide_only=True),
                Column(t("onboarding.column.since"), 11, right=True),
            ],
            cells=cells,
            key=lambda line: line.subject,
            empty=self._empty(),
            id="journeys",
        )

    @property
    def _desk(self) -> Desk:
        return desk_of(self)

    def _source(self) -> Found | Journeys:
        return Found(self._desk, self._find) if self._find else Journeys(self._desk, self._tab)

    def _show(self) -> None:
        """Another list."""
        self.query_one(TabRow).current = "" if self._find else self._tab
        journeys = self._list
        journeys.source = self._source()
        journeys.empty = self._empty()
        journeys.cursor = 0
        journeys.load()

    def _empty(self) -> str:
        return t("onboarding.empty.found" if self._find else f"onboarding.empty.{self._tab}")

    @property
    def _list(self) -> RowList[JourneyLine]:
        return self.query_one("#journeys", RowList)

    def on_screen_resume(self) -> None:
        """Back from a journey: the list as it is now."""
        for lists in self.query("#journeys").results(RowList):
            lists.load()

    def heard(self) -> None:
        """Something has changed, here or on another terminal."""
        self._list.load()

    # --- look-up ---

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(FIND_DELAY, self._look_up)

    def _look_up(self) -> None:
        text = self.query_one("#find", TextField).text
        if text != self._find:
            self._find = text
            self._show()

    @on(Input.Submitted, "#find")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._look_up()
        self._list.focus()

    def action_find(self) -> None:
        """To the look-up."""
        self.query_one("#find", TextField).focus()

    def action_clear(self) -> None:
        """Forget the look-up; then leave the field; then leave the area."""
        if not self._find and self._list.has_focus:
            raise SkipAction
        field = self.query_one("#find", TextField)
        field.value = ""
        self._look_up()
        self._list.focus()

    # --- tabs, rows, new ---

    def action_tab(self, by: int) -> None:
        """The next tab."""
        self._turn(TABS[(TABS.index(self._tab) + by) % len(TABS)])

    @on(TabRow.Chosen)
    def _tab_chosen(self, event: TabRow.Chosen) -> None:
        event.stop()
        self._turn(event.tab)

    def _turn(self, tab: str) -> None:
        self._tab = tab
        self._find = ""
        with self.prevent(Input.Changed):
            self.query_one("#find", TextField).value = ""
        self._show()

    @on(RowList.Selected, "#journeys")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self._open(event.row.subject)

    def action_new(self) -> None:
        """A new customer."""
        if self.is_current:
            self.app.push_screen(NewJourney(), lambda subject: self._open(subject) if subject else None)

    def _open(self, subject: str) -> None:
        if self.is_current:
            self.app.push_screen(JourneyScreen(subject))
