"""今日承诺 on the start screen: what customers were promised for today. Takes no room while nothing is, but for those
whose first business promises are.
"""

from dataclasses import dataclass
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from branch_console.case_views.queue import PromiseLine
from branch_console.locale import t
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.cases.queue.promise_rows import due, who
from screens.taken_down import taken_down
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList

MOST = 5
"""Rows in sight; the others are scrolled to."""


class TodayPromises(Vertical):
    """Mounted after the start screen was painted for the first time, so that nobody waits for it at login."""

    DEFAULT_CSS = css_beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.focus_previous", show=False)]

    @dataclass
    class OpenCase(Message):
        """Somebody wants to see the case of a promise."""

        subject: str

    def __init__(self, *, always: bool = False) -> None:
        """`always`: it is there without any promise, too, and says so."""
        super().__init__(id="promises-panel", classes="panel")
        self._always = always
        self.display = False

    def compose(self) -> ComposeResult:
        """The promises; no titles, the panel has one."""
        yield RowList(
            None,
            [
                Column(width=18),
                Column(width=7, narrow_only=True),
                Column(width=9, wide_only=True),
                Column(narrow_only=True),
                Column(wide_only=True),
                Column(width=8, wide_only=True),
                Column(width=10, wide_only=True),
            ],
            cells=promise_cells,
            key=lambda line: line.key,
            empty=t("today.promises.none"),
            wide=56,
            id="promises",
        )

    def on_mount(self) -> None:
        """The first answer of the store."""
        self.reload()

    def reload(self) -> None:
        """Read anew, in a thread."""
        screen = cast("BranchScreen[None]", self.screen)
        screen.ask(cases_of(self).promises_today, self._show, group="promises")

    def _show(self, lines: tuple[PromiseLine, ...]) -> None:
        if taken_down(self):
            return
        self.display = bool(lines) or self._always
        earlier = sum(line.earlier for line in lines)
        title = t("today.promises", count=len(lines) - earlier)
        self.border_title = plain(f"{title} {t('today.promises.earlier', count=earlier)}" if earlier else title)
        self.styles.height = max(min(len(lines), MOST), 1) + 2
        for rows in self.query("#promises").results(RowList):
            rows.show(lines)

    @on(RowList.Selected, "#promises")
    def _open(self, event: RowList.Selected) -> None:
        event.stop()
        self.post_message(self.OpenCase(event.row.subject))


def promise_cells(line: PromiseLine) -> list[Cell]:
    """When, whom, what it is about, how, and who calls. On a narrow console that nobody does stands for what it is."""
    customer, keeper = line.customer or t("cases.nameless"), who(line)
    about = keeper if not line.staff else f"{line.kind} {t('onboarding.me') if line.mine else line.staff}"
    return [due(line), customer, customer, about, line.kind, (line.way, "muted"), keeper]
