"""The rows of a list as they are drawn: titles, rows, the one under the cursor, or what to do when there is none."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic

from rich.segment import Segment
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from branch_console.locale import t
from screens.text import fit, wrap
from screens.widgets.row_drawing import TONES, WIDE, Cell, Column, draw
from screens.widgets.row_pages import Pages, T


class PaintedRows(ScrollView, Generic[T]):
    """Draws only the lines in sight, and keeps what it has drawn until rows, width or theme change."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rowlist--titles",
        "rowlist--cursor",
        "rowlist--blurred",
        *(f"rowlist--{tone}" for tone in TONES),
    }

    cursor: reactive[int] = reactive(0, repaint=False)

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        cells: Callable[[T], Sequence[Cell]],
        key: Callable[[T], str],
        empty: str,
        wide: int = WIDE,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._columns = tuple(columns)
        self._cells = cells
        self._key = key
        self.empty = empty
        self._wide = wide
        self._pages: Pages[T] = Pages()
        self._strips: dict[tuple[int, int, bool, bool], Strip] = {}
        self._head = 1 if any(column.title for column in columns) else 0

    @property
    def row(self) -> T | None:
        """The row under the cursor."""
        return self._pages.row(self.cursor)

    @property
    def total(self) -> int | None:
        """Number of rows; None before the first answer of the source."""
        return self._pages.total

    def on_focus(self) -> None:
        """The cursor looks different without the focus."""
        self.refresh_line(self.cursor + self._head)

    def on_blur(self) -> None:
        """The cursor looks different without the focus."""
        self.refresh_line(self.cursor + self._head)

    def notify_style_update(self) -> None:
        """Another theme: nothing drawn before is right."""
        self._strips.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """One line of the widget: titles, a row, or what to do when there is none."""
        width = self.scrollable_content_region.width
        if y < self._head:
            style = self.get_component_rich_style("rowlist--titles")
            return draw(
                [column.title for column in self._columns],
                self._columns,
                width,
                style,
                {},
                cursor=False,
                wide=self._wide,
            )
        index = y - self._head + self.scroll_offset.y
        if not self._pages.total:
            return self._no_rows(y - self._head, width)
        if index >= self._pages.total:
            return Strip.blank(width, self.rich_style)
        row = self._pages.row(index)
        if row is None:
            return Strip.blank(width, self.rich_style)
        here = index == self.cursor
        known = (index, width, here, self.has_focus)
        if known not in self._strips:
            if len(self._strips) > 500:
                self._strips.clear()
            self._strips[known] = self._draw(row, width, here)
        return self._strips[known]

    def _draw(self, row: T, width: int, here: bool) -> Strip:
        base = self.rich_style
        if here:
            base = self.get_component_rich_style("rowlist--cursor" if self.has_focus else "rowlist--blurred")
        tones = {tone: self.get_component_rich_style(f"rowlist--{tone}", partial=True) for tone in TONES}
        return draw(
            self._cells(row), self._columns, width, base, tones, cursor=here and self.has_focus, wide=self._wide
        )

    def _no_rows(self, y: int, width: int) -> Strip:
        text = self.empty if self._pages.total == 0 else t("common.loading")
        lines = wrap(text, max(width - 4, 10))
        style = self.get_component_rich_style("rowlist--muted", partial=True)
        if y >= len(lines):
            return Strip.blank(width, self.rich_style)
        return Strip([Segment(fit("  " + lines[y], width), self.rich_style + style)])
