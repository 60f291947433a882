"""The rows behind a number as a list: what counts first, what was only looked at quieter."""

from rich.segment import Segment
from textual.strip import Strip

from branch_console.figure_views.tables import FactLine, RowsView
from screens.board.columns import GUTTER, Fitted, fitted, titles
from screens.signs import sign
from screens.text import fit, one_line
from screens.widgets.row_drawing import Column
from screens.widgets.row_list import RowList


class FactList(RowList[tuple[int, FactLine]]):
    """One row a fact, with its number so that two rows of one subject are told apart; titles stay on top."""

    def __init__(self, *, empty: str, id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            None, [Column("titles")], cells=lambda line: list(line[1].cells), key=_key, empty=empty, id=id
        )  # fmt: skip
        self._view: RowsView | None = None
        self._fits: dict[int, Fitted] = {}

    def show_rows(self, view: RowsView) -> None:
        """Other rows; the one under the cursor stays under it."""
        self._view = view
        self._fits.clear()
        self.show(list(enumerate(view.lines)))

    def render_line(self, y: int) -> Strip:
        """The titles, then the rows."""
        if y or self._view is None:
            return super().render_line(y) if y else Strip.blank(self.size.width, self.rich_style)
        width = self.scrollable_content_region.width
        style = self.get_component_rich_style("rowlist--titles")
        first = titles(self._view.columns, self._fitted(self._view, width))[0]
        return Strip([Segment(" " * GUTTER + first, style)]).adjust_cell_length(width, style)

    def _draw(self, row: tuple[int, FactLine], width: int, here: bool) -> Strip:
        line = row[1]
        base = self.rich_style
        if here:
            base = self.get_component_rich_style("rowlist--cursor" if self.has_focus else "rowlist--blurred")
        accent = base + self.get_component_rich_style("rowlist--accent", partial=True)
        quiet = base + self.get_component_rich_style("rowlist--muted", partial=True)
        segments = [
            Segment(sign("cursor") if here and self.has_focus else " ", accent),
            Segment(f"{sign('checked') if line.counted else sign('not_started')} ", accent if line.counted else quiet),
            Segment(self._joined(line.cells, width), base if line.counted else quiet),
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def _fitted(self, view: RowsView, width: int) -> Fitted:
        if width not in self._fits:
            self._fits[width] = fitted(view.columns, [line.cells for line in view.lines], width, bars=False)
        return self._fits[width]

    def _joined(self, cells: tuple[str, ...], width: int) -> str:
        view = self._view
        if view is None:
            return ""
        fits = self._fitted(view, width)
        parts = [
            fit(one_line(cell), room, column.right)
            for cell, column, room in zip(cells, view.columns, fits.widths, strict=True)
            if room
        ]
        return (" " * fits.gap).join(parts)


def _key(line: tuple[int, FactLine]) -> str:
    """What identifies a row over a refresh: what it is of and what it says."""
    return f"{line[1].subject} {' '.join(map(str, line[1].raw))}"
