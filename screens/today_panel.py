"""A titled frame around one list of the start screen, as high as its rows as far as there is room."""

from collections.abc import Callable, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical

from branch_console.locale import t
from screens.text import plain
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList

WIDE = 56
"""From so many cells on a list shows its columns for wide screens."""


class TodayPanel(Vertical):
    """The panel `<name>-panel` with the list `<name>`; its title is the msgid `today.panel.<name>` until it has rows.

    `grows`: it takes the room that others leave; otherwise it is as high as its rows.
    """

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        cells: Callable[[Any], Sequence[Cell]],
        key: Callable[[Any], str],
        empty: str,
        *,
        grows: bool = False,
        wide: int = WIDE,
    ) -> None:
        super().__init__(id=f"{name}-panel", classes="panel -grows" if grows else "panel")
        self._grows = grows
        self._titles = int(any(column.title for column in columns))
        self.rows: RowList[Any] = RowList(None, columns, cells=cells, key=key, empty=empty, wide=wide, id=name)
        self.border_title = plain(t(f"today.panel.{name}"))

    def compose(self) -> ComposeResult:
        """The list."""
        yield self.rows

    def show(self, rows: Sequence[Any], title: str) -> None:
        """Other rows under another title."""
        self.border_title = plain(title)
        if not self._grows:
            self.styles.height = max(len(rows), 1) + self._titles + 2
        self.rows.show(rows)
