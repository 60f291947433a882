"""The complaint register of a period: its cases, their counts by the three axes, and the way to a file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from branch_console.case_views.reports import PeriodChoice, RegisterView
from branch_console.locale import t
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.cases.queue.opening import open_case
from screens.cases.reports.period_dialog import PeriodDialog
from screens.cases.reports.port import Port
from screens.cases.reports.register_rows import PeriodRows, axis_cells, axis_columns, case_cells, case_columns
from screens.gifts.said import Said
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.onboarding.tab_row import TabRow
from screens.signs import sign
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.choices import Option
from screens.widgets.row_list import RowList

OWN = "own"
"""The tab for dates of one's own."""
FORMS = ("xlsx", "csv", "pdf")


class RegisterReportScreen(BranchScreen[None]):
    """The counts have the focus; a key turns to the cases and back. What is saved is what is shown."""

    HELP = "report.help.register"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#axes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e,e", "turn", "report.key.turn", id="report.turn"),
        Binding("ctrl+d,d", "dates", "report.key.dates", id="report.dates"),
        Binding("ctrl+s,s", "save", "report.key.save", id="report.save"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._periods: tuple[PeriodChoice, ...] = ()
        self._tab = "month"
        self._days: tuple[date, date] | None = None
        self._view: RegisterView | None = None
        self._saved = ""
        self._saving = False
        self._left = False

    def body(self) -> ComposeResult:
        """Title, periods, what is counted, the two lists, where the file is."""
        yield Static(plain(self._title()), classes="title")
        names = ("month", "last_month", "quarter", "last_quarter", "year", OWN)
        yield TabRow([(name, t(f"report.period.{name}")) for name in names], self._tab)
        yield Said(id="summary")
        yield PeriodRows(
            None,
            axis_columns(),
            cells=axis_cells,
            key=lambda line: f"{line.axis}{line.code}",
            empty=t("report.empty"),
            openable=False,
            id="axes",
        )
        yield PeriodRows(
            None,
            case_columns(),
            cells=case_cells,
            key=lambda line: line.subject,
            empty=t("report.empty"),
            id="cases",
        )
        yield Said(id="said")
        yield Said(self._saved_words(), id="saved")

    @property
    def _desk(self) -> Port:
        return cases_of(self)

    def on_mount(self) -> None:
        """The list of cases waits behind the counts."""
        self.query_one("#cases").display = False
        self.redrawn()

    def redrawn(self) -> None:
        """Periods and register, in the language of the moment."""
        self.ask(self._desk.register_periods, self._take_periods, group="periods")

    def on_screen_resume(self) -> None:
        """Back from a case: as it is now."""
        if self._days is not None:
            self._read()

    def _take_periods(self, periods: tuple[PeriodChoice, ...]) -> None:
        self._periods = periods
        self._read()

    def _read(self) -> None:
        chosen = next((each for each in self._periods if each.id == self._tab), None)
        if chosen is not None:
            self._days = (chosen.since, chosen.until)
        if self._days is None:
            return
        since, until = self._days
        self.ask(lambda: self._desk.complaint_register(since, until), self._take, self._refused, group="register")

    def _take(self, view: RegisterView) -> None:
        if (view.since, view.until) != self._days:
            return
        self._view = view
        for rows in self.query("#axes").results(RowList):
            rows.show(view.axes)
        for rows in self.query("#cases").results(RowList):
            rows.show(view.lines)
        self.query_one("#summary", Said).say(view.summary)
        # As of when comes first: it is read also where a small console has no room for all of it.
        self.query_one("#said", Said).say("  ".join((*view.said[-1:], *view.said[:-1])))
        self.query_one(".title", Static).update(plain(self._title()))
        self.refresh_bindings()

    def _refused(self, error: Exception) -> None:
        """Whoever may not see it has nothing to do here."""
        if self._left:
            return
        if self._view is None and self.is_current:
            self._left = True
            self.dismiss(None)  # before the message, which would be what is dismissed
        self.shell.show_error(error)

    def _title(self) -> str:
        if self._days is None:
            return t("report.register")
        since, until = self._days
        return t("report.title", since=since.isoformat(), until=until.isoformat())

    # --- what is shown ---

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Nothing to save before it was read."""
        if action == "save" and self._view is None:
            return t("report.reading")
        return super().why_not(action, parameters)

    def action_turn(self) -> None:
        """From the counts to the cases and back."""
        shown, hidden = self.query_one("#axes"), self.query_one("#cases")
        if hidden.display:
            shown, hidden = hidden, shown
        shown.display, hidden.display = False, True
        hidden.focus()

    def action_period(self, by: int) -> None:
        """The next period, round and round; one's own dates only once they were given."""
        names = [each.id for each in self._periods] + ([OWN] if self._tab == OWN else [])
        if names:
            self._turn(names[(names.index(self._tab) + by) % len(names)])

    @on(TabRow.Chosen)
    def _tab_chosen(self, event: TabRow.Chosen) -> None:
        event.stop()
        self._turn(event.tab)

    def _turn(self, tab: str) -> None:
        if tab == OWN and self._tab != OWN:
            self.action_dates()
            return
        self._tab = self.query_one(TabRow).current = tab
        self._forget()
        self._read()

    def action_dates(self) -> None:
        """Other dates."""
        if self._days is not None:
            self.app.push_screen(PeriodDialog(*self._days), self._dated)

    def _dated(self, days: tuple[date, date] | None) -> None:
        if days is not None:
            self._tab = self.query_one(TabRow).current = OWN
            self._days = days
            self._forget()
            self._read()

    def _forget(self) -> None:
        """What was shown and saved was of another period."""
        self._view, self._saved = None, ""
        self.query_one("#saved", Said).say("")

    @on(RowList.Selected, "#cases")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        open_case(self, event.row.subject)

    # --- saving ---

    def action_save(self) -> None:
        """In which form."""
        options = [Option(form, t(f"report.form.{form}")) for form in FORMS]
        self.app.push_screen(PickDialog(t("report.save.title"), options), self._picked)

    def _picked(self, picked: Picked | None) -> None:
        if picked is None or self._days is None or self._saving:
            return
        self._saving = True
        self.ask(self._file(*self._days, picked.value), self._is_saved, self._not_saved, group="save")

    def _file(self, since: date, until: date, form: str) -> Callable[[], Path]:
        return lambda: self._desk.save_register(since, until, form)

    def _is_saved(self, path: Path) -> None:
        self._saving = False
        self._saved = str(path)
        self.query_one("#saved", Said).say(self._saved_words())

    def _not_saved(self, error: Exception) -> None:
        self._saving = False
        self.shell.show_error(error)

    def _saved_words(self) -> str:
        return f"{sign('done')} {t('gifts.saved', path=one_line(self._saved))}" if self._saved else ""

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)
