"""The list at the end of a shift: every promise until tomorrow morning needs somebody who keeps it."""

from collections.abc import Sequence
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from branch_console.case_views.queue import HandedOver, PromiseLine, ShiftEnd
from branch_console.locale import t
from branch_console.rules.roles import allowed
from branch_console.rules.staff import Role
from branch_console.views import StaffChoice
from screens.base import BranchScreen
from screens.cases.desk import CaseDesk, cases_of
from screens.cases.queue.opening import open_case
from screens.cases.queue.promise_rows import cells, columns
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.port import ConsoleServices
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.choices import Option
from screens.widgets.row_list import RowList


class PromiseList(RowList[PromiseLine]):
    """Space marks the promise under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "screen.mark", "cases.key.mark", id="cases.mark"),
    ]


class ShiftEndScreen(BranchScreen[None]):
    """What nobody keeps is marked already; one key hands everything that is marked to somebody."""

    HELP = "cases.help.shift_end"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#promises"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+g,g", "hand_over", "cases.key.hand_over", id="cases.hand_over"),
        Binding("ctrl+a,a", "mark_all", "cases.key.mark_all", id="cases.mark_all"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._list = ShiftEnd((), "")
        self._marked: set[str] = set()
        self._seen: set[str] = set()
        """Promises that were shown already: what somebody has unmarked stays so."""
        self._colleagues: tuple[StaffChoice, ...] = ()
        self._busy = False

    def body(self) -> ComposeResult:
        """What this is about, and the promises."""
        yield Static(plain(self._lead()), id="lead")
        yield PromiseList(
            None,
            columns(),
            cells=lambda line: cells(line, self._marked),
            key=lambda line: line.key,
            empty=t("cases.shift_end.empty"),
            id="promises",
        )

    @property
    def _desk(self) -> CaseDesk:
        return cases_of(self)

    @property
    def _shown(self) -> RowList[PromiseLine]:
        return self.query_one("#promises", RowList)

    def on_mount(self) -> None:
        """Who there is to hand over to, and the promises."""
        self.ask(self._desk.colleagues, self._take_colleagues, group="colleagues")

    def on_screen_resume(self) -> None:
        """Back from a case: as it is now."""
        self.heard()

    def redrawn(self) -> None:
        """In another language."""
        self.heard()

    def heard(self) -> None:
        """Something has changed, here or on another terminal."""
        self.ask(self._desk.shift_end, self._take, group="promises")

    def _take_colleagues(self, found: tuple[StaffChoice, ...]) -> None:
        self._colleagues = found

    def _take(self, found: ShiftEnd) -> None:
        self._list = found
        keys = {line.key for line in found.lines}
        fresh = {line.key for line in found.unnamed} - self._seen
        self._marked = (self._marked & keys) | fresh
        self._seen |= keys
        self._draw()

    def _draw(self) -> None:
        for lead in self.query("#lead").results(Static):
            lead.update(plain(self._lead()))
        for rows in self.query("#promises").results(RowList):
            rows.show(self._list.lines)
        self.refresh_bindings()

    def _lead(self) -> str:
        if not self._list.until:
            return ""
        lines, unnamed = self._list.lines, self._list.unnamed
        said = t("cases.shift_end.lead", until=self._list.until, count=len(lines), unnamed=len(unnamed))
        return said if unnamed else f"{said} {t('cases.shift_end.all_named')}" if lines else said

    # --- marks ---

    def action_mark(self) -> None:
        """Mark the promise under the cursor, or take its mark away; then the next one."""
        line = self._shown.row
        if line is not None:
            self._marked ^= {line.key}
            self._draw()
            self._shown.action_move(1)

    def action_mark_all(self) -> None:
        """All of them; or none, when all are marked."""
        keys = {line.key for line in self._list.lines}
        self._marked = set() if self._marked >= keys else keys
        self._draw()

    # --- hand over ---

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002
        """Only whoever works on cases hands them over, and only what is marked."""
        if action != "hand_over":
            return ""
        session = cast("ConsoleServices", self.shell.services).session  # type: ignore[attr-defined]
        role = cast("Role", session.role) if session is not None else "auditor"
        if not allowed(role, "case.work"):
            return t("cases.shift_end.role")
        return "" if self._marked else t("cases.shift_end.nothing_marked")

    def action_hand_over(self) -> None:
        """To whom? Enter takes the person under the cursor."""
        session = cast("ConsoleServices", self.shell.services).session  # type: ignore[attr-defined]
        lines = tuple(line for line in self._list.lines if line.key in self._marked)
        if not lines or session is None or not self.is_current or self._busy:
            return
        people = [*self._colleagues, StaffChoice(session.staff, session.name, session.role)]
        there = [each for each in people if allowed(cast("Role", each.role), "case.register")]
        options = [Option(each.id, each.name, t(f"role.{each.role}")) for each in there]

        def picked(answer: Picked | None) -> None:
            if answer is not None:
                self._hand(lines, answer.value, answer.note)

        title = t("cases.shift_end.to", count=len(lines))
        self.app.push_screen(PickDialog(title, options, note=True), picked)

    def _hand(self, lines: Sequence[PromiseLine], to: str, note: str) -> None:
        self._busy = True
        self.ask(lambda: self._desk.hand_promises_over(lines, to, note), self._handed, self._refused, group="hand")

    def _handed(self, done: HandedOver) -> None:
        self._busy = False
        self._marked.clear()
        self.notify(t("cases.shift_end.done", count=done.count, name=done.to))
        for each in done.refused:
            self.notify(f"{each.number} {each.why}", severity="warning")
        self.heard()

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self.shell.show_error(error)

    # --- to a case ---

    @on(RowList.Selected, "#promises")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        open_case(self, event.row.subject)

    def action_leave(self) -> None:
        """Back to the queue."""
        self.dismiss(None)
