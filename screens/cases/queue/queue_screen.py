"""The queue (F6): the cases of a tab by their nearest promise, narrowed by kind, status and words."""

from dataclasses import replace
from typing import ClassVar, cast

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from branch_console.case_views.queue import CaseFilter, CaseLine, QueueChoices
from branch_console.locale import t
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.cases.incident_banner import IncidentBanner
from screens.cases.queue.case_in_brief import CaseInBrief
from screens.cases.queue.case_list import CaseList
from screens.cases.queue.case_rows import Cases, cells, columns
from screens.cases.queue.counted_tabs import CountedTabs
from screens.cases.queue.find_row import FindRow
from screens.cases.queue.narrowing import ask_for, label
from screens.cases.queue.opening import open_case
from screens.cases.queue.port import TABS, Port, Tab
from screens.cases.queue.shift_end_screen import ShiftEndScreen
from screens.cases.reports.register_report_screen import RegisterReportScreen
from screens.commands import Command
from screens.onboarding.tab_row import TabRow
from screens.widgets import css_beside
from screens.widgets.row_list import RowList


class QueueScreen(BranchScreen[None]):
    """The list has the focus. Words that are searched for are looked for in all cases, ended ones too."""

    HELP = "cases.help.queue"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#cases"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+f,f10", "find", "cases.key.find", id="cases.find"),
        Binding("ctrl+k,k", "narrow('kind')", "cases.key.kind", id="cases.kind"),
        Binding("ctrl+s,s", "narrow('status')", "cases.key.status", id="cases.status"),
        Binding("ctrl+e,e", "shift_end", "cases.key.shift_end", id="cases.shift_end"),
        Binding("ctrl+b,b", "report", "cases.key.report", id="cases.report"),
        Binding("escape", "clear", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._tab: Tab = "mine"
        self._before: Tab = "mine"
        """The tab before words were searched for."""
        self._wanted = CaseFilter()
        self._choices = QueueChoices((), ())

    def body(self) -> ComposeResult:
        """Cases that come in numbers, search and filters, tabs, list, the case under the cursor."""
        yield IncidentBanner()
        yield FindRow(self._wanted.text)
        yield CountedTabs([(each, t(f"cases.tab.{each}")) for each in TABS], self._tab)
        yield CaseList(
            self._source(), columns(), cells=cells, key=lambda line: line.subject, empty=self._empty(), id="cases"
        )
        yield CaseInBrief()

    @property
    def _desk(self) -> Port:
        return cases_of(self)

    @property
    def _list(self) -> RowList[CaseLine]:
        return self.query_one("#cases", RowList)

    def _source(self) -> Cases:
        return Cases(self._desk, self._tab, self._wanted)

    def _empty(self) -> str:
        return t(f"cases.empty.{self._tab}") if self._wanted.empty else t("cases.empty.found")

    def on_mount(self) -> None:
        """What may be filtered by; everything else is read when the screen is shown."""
        self._choose()

    def redrawn(self) -> None:
        """In another language the filters have other names."""
        self._choose()
        self._count()

    def on_screen_resume(self) -> None:
        """Back from a case: everything as it is now."""
        self.heard()

    def heard(self) -> None:
        """Something has changed, here or on another terminal."""
        for lists in self.query("#cases").results(RowList):
            if lists.total is not None:  # else its first page is being read, or was refused and said so
                lists.load()
        for banner in self.query(IncidentBanner):
            banner.reload()
        self._count()

    def _choose(self) -> None:
        self.ask(self._desk.case_choices, self._take_choices, _said_already, group="choices")

    def _count(self) -> None:
        self.ask(self._desk.case_tabs, self._take_counts, _said_already, group="counts")

    def _take_counts(self, counts: dict[Tab, int]) -> None:
        for tabs in self.query(CountedTabs):
            tabs.counts = {str(tab): count for tab, count in counts.items()}

    def _take_choices(self, choices: QueueChoices) -> None:
        self._choices = choices
        self._say_narrowed()

    def _show(self) -> None:
        """Another list."""
        self.query_one(CountedTabs).current = self._tab
        cases = self._list
        cases.source = self._source()
        cases.empty = self._empty()
        cases.cursor = 0
        cases.load()
        self._say_narrowed()

    def _say_narrowed(self) -> None:
        wanted, choices = self._wanted, self._choices
        for row in self.query(FindRow):
            row.narrowed([label(choices.kinds, wanted.kind), label(choices.statuses, wanted.status)])

    @on(RowList.Highlighted, "#cases")
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self.query_one(CaseInBrief).line = event.row

    # --- search ---

    @on(FindRow.Wanted)
    def _other_words(self, event: FindRow.Wanted) -> None:
        event.stop()
        if not self._wanted.text:
            self._before, self._tab = self._tab, "all"
        elif not event.text:
            self._tab = self._before
        self._wanted = replace(self._wanted, text=event.text)
        self._show()

    @on(FindRow.Entered)
    def _entered(self, event: FindRow.Entered) -> None:
        """A whole number leads to its case; anything else to the list of what was found."""
        event.stop()
        if event.text:
            self.ask(lambda: self._desk.case_of_number(event.text), self._to_case, group="number")
        else:
            self._list.focus()

    def _to_case(self, subject: str | None) -> None:
        self._list.focus()
        if subject is not None:
            open_case(self, subject)

    def action_find(self) -> None:
        """To the search."""
        self.query_one(FindRow).field.focus()

    def action_clear(self) -> None:
        """Forget what was searched for; then the filters; then leave the field; then leave the area."""
        if self._wanted.empty and self._list.has_focus:
            raise SkipAction
        if not self.query_one(FindRow).clear() and not self._wanted.empty:
            self._wanted = CaseFilter()
            self._show()
        self._list.focus()

    # --- tabs and filters ---

    def action_tab(self, by: int) -> None:
        """The next tab, round and round."""
        self._turn(TABS[(TABS.index(self._tab) + by) % len(TABS)])

    def action_turn(self, name: str) -> None:
        """A tab by its name."""
        self._turn(cast("Tab", name))

    @on(TabRow.Chosen)
    def _tab_chosen(self, event: TabRow.Chosen) -> None:
        event.stop()
        self.action_turn(event.tab)

    def _turn(self, tab: Tab) -> None:
        self._tab = tab
        self._show()
        self._list.focus()

    def action_narrow(self, by: str) -> None:
        """Only one kind, or only one status."""

        def take(value: str | None) -> None:
            wanted = self._wanted
            self._wanted = replace(wanted, kind=value) if by == "kind" else replace(wanted, status=value)
            self._show()

        ask_for(self, by, self._choices.kinds if by == "kind" else self._choices.statuses, take)

    # --- to a case, to the promises ---

    @on(RowList.Selected, "#cases")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        open_case(self, event.row.subject)

    def action_shift_end(self) -> None:
        """What must be kept before the branch is at work again."""
        if self.is_current:
            self.app.push_screen(ShiftEndScreen())

    def action_report(self) -> None:
        """The complaint register."""
        if self.is_current:
            self.app.push_screen(RegisterReportScreen())

    def commands(self) -> list[Command]:
        """The tabs for the palette."""
        return [Command(f"cases.go.{tab}", f"turn('{tab}')") for tab in TABS]


def _said_already(_error: Exception) -> None:
    """The list reads from the same store with the same right, and says why it cannot: once is enough."""
