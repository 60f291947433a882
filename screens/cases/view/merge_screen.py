"""Into which case this one goes: those that look alike are offered, any other is found by number or words."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from branch_console.case_views.working import ActForm, Done, TargetLine
from branch_console.locale import t
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.cases.view.act_screen import ActScreen
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField

WAIT = 0.2
"""Seconds after the last key before the store is asked."""


class MergeScreen(BranchScreen[Done]):
    """Answers with the merging, or with nothing."""

    HELP = "cases.help.merge"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#merge-search"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_list", show=False),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self, case: str, number: str) -> None:
        super().__init__()
        self._case = case
        self._number = number
        self._asked_for = 0
        self._busy = False

    def body(self) -> ComposeResult:
        """What is merged, where to search, what was found."""
        yield Static(plain(t("cases.merge.title", number=one_line(self._number))), id="title")
        yield Static(plain(t("cases.merge.lead")), id="lead")
        yield TextField(id="merge-search", placeholder=t("cases.merge.search"), max_length=80)
        yield RowList[TargetLine](
            None, _columns(), cells=_cells, key=lambda row: row.subject, empty=t("cases.merge.empty"), id="targets"
        )

    def on_mount(self) -> None:
        """Those that look alike."""
        self._find()

    def redrawn(self) -> None:
        """In the language of now."""
        self._find()

    @on(Input.Changed, "#merge-search")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._asked_for += 1
        turn = self._asked_for
        self.set_timer(WAIT, lambda: self._find() if turn == self._asked_for else None)

    @on(Input.Submitted, "#merge-search")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_to_list()

    def action_to_list(self) -> None:
        """From the search to what was found."""
        self.query_one("#targets", RowList).focus()

    def _find(self) -> None:
        self._asked_for += 1
        turn = self._asked_for
        case, text = self._case, self.query_one("#merge-search", TextField).text

        def arrived(found: tuple[TargetLine, ...]) -> None:
            if turn == self._asked_for:
                self.query_one("#targets", RowList).show(found)

        self.ask(lambda: cases_of(self).merge_targets(case, text), arrived, group="find")

    @on(RowList.Selected, "#targets")
    def _chosen(self, event: RowList.Selected) -> None:
        event.stop()
        row: TargetLine = event.row
        if row.why_not:
            self.notify(row.why_not, severity="warning")
        elif not self._busy:
            self._busy = True
            case, target = self._case, row.subject
            self.ask(lambda: cases_of(self).act_form(case, "merged", target), self._show, self._refuse)

    def _show(self, form: ActForm) -> None:
        self._busy = False
        if self.is_current:
            self.app.push_screen(ActScreen(form), self._merged)

    def _refuse(self, error: Exception) -> None:
        self._busy = False
        self.shell.show_error(error)

    def _merged(self, done: Done | None) -> None:
        if done is not None:
            self.dismiss(done)

    def action_leave(self) -> None:
        """Back to the case."""
        self.dismiss(None)


def _columns() -> list[Column]:
    return [
        Column(t("cases.column.number"), 28),
        Column(t("cases.column.customer"), 18),
        Column(t("cases.column.why")),
        Column(t("cases.column.status"), 10),
        Column(t("cases.column.at"), 11, wide_only=True),
    ]


def _cells(row: TargetLine) -> list[Cell]:
    same = t("cases.merge.same" if row.same_customer else "cases.merge.other")
    why = "  ".join(one_line(each) for each in (row.why_not, same, row.hint, row.category) if each)
    tone = "muted" if row.why_not else ""
    return [(row.number, tone), (row.name, tone), (why, tone), (row.status, tone), (row.received, "muted")]
