"""The figures of the day: mine, the branch's, and how the branch's compare; Enter opens the rows behind one."""

from typing import Any

from branch_console.figure_views.today import DayLine, DayView
from branch_console.locale import t
from screens.widgets import css_beside
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList

WIDE = 44
"""From so many cells on the comparison stands there in words, and labels in full."""


class DayFigures(RowList[DayLine]):
    """A line for each figure. Nobody's own figures are no column."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, **keywords: Any) -> None:
        super().__init__(
            None,
            _columns("", own=True),
            cells=_cells,
            key=lambda line: line.figure,
            empty="",
            wide=WIDE,
            **keywords,
        )

    def show_day(self, day: DayView) -> None:
        """Show other figures."""
        own = any(line.mine is not None for line in day.lines)
        self._columns = tuple(_columns(day.compared_short, own=own))
        self._strips.clear()
        self.show(day.lines)


def _columns(compared: str, *, own: bool) -> list[Column]:
    """Labels short and in full, mine, the branch's, the change as a number and in words."""
    mine = t("today.mine") if own else ""
    return [
        Column("", narrow_only=True),
        Column("", 15, wide_only=True),
        Column(mine, 4 if own else 0, right=True),
        Column(t("today.branch"), 6, right=True),
        Column(compared, 6, right=True, narrow_only=True),
        Column("", wide_only=True),
    ]


def _cells(line: DayLine) -> list[Cell]:
    short = t(f"today.short.{line.figure}")
    return [short, line.label, line.mine or "", line.branch, (line.change, "muted"), (line.before, "muted")]
