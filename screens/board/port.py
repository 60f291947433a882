"""The figures as the board's screens call them; every call blocks and is made in a thread."""

from datetime import date
from pathlib import Path
from typing import Protocol

from branch_console.figure_views.area import AreaView
from branch_console.figure_views.board import BoardView, DayChoice, DaySpan, Section
from branch_console.figure_views.detail import DetailView
from branch_console.figure_views.tables import Drill, RowsView


class Port(Protocol):
    """`services.figures`. Errors are RuleErrors: `role_may_not`, `figure_hidden`, or that the console is locked."""

    def board(self, day: date | None, section: Section, *, whole: bool = True) -> BoardView:
        """One section of a business day; None: of today. Not `whole`: without waiting, perhaps `unfinished`."""

    def refresh(self, known: BoardView) -> BoardView | None:
        """The same as it is now; None: nothing has changed."""

    def rows(self, drill: Drill, day: date) -> RowsView:
        """The rows behind a number."""

    def detail(self, figure: str, group: str, member: str, day: date) -> DetailView:
        """One series in depth."""

    def days(self) -> DaySpan:
        """The first and the last day that can be opened."""

    def days_between(self, first: date, last: date) -> tuple[DayChoice, ...]:
        """Some of them with their states, the newest first."""

    def definition(self, figure: str) -> tuple[tuple[str, str], ...]:
        """What a figure counts, as lines of label and text; empty for what is no figure. Reads nothing."""

    def label(self, figure: str) -> str:
        """What a figure is called. Reads nothing."""

    def area(self, day: date) -> AreaView:
        """The branches of the supervisor's area, as central said it last."""

    def ask_central(self) -> str:
        """Ask central for the area anew; empty, or the code of what stands in the way."""

    def export(self, view: BoardView | RowsView, form: str) -> Path:
        """Write what is shown into a file; the trends of its tiles go with it."""
