"""The tables of a section as one list: titles and notes scroll with the rows, the cursor stands on rows only."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from screens.board.blocks import bar
from screens.board.columns import GUTTER, Fitted, cell, fit_table, titles
from screens.board.lines import BoardLine, wrapped
from screens.board.tones import STYLES, tone_sign
from screens.signs import sign
from screens.text import one_line
from screens.widgets import css_beside
from screens.widgets.row_drawing import Column
from screens.widgets.row_list import RowList
from screens.widgets.row_pages import Pages


class FigureList(RowList[BoardLine]):
    """Up from the first row leads to what stands above the list."""

    DEFAULT_CSS = css_beside(__file__)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"figures--title", "figures--columns", "figures--bar"}

    def __init__(self, *, empty: str, openable: bool = True, id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            None, [Column()], cells=lambda line: [line.text], key=lambda line: line.key, empty=empty, openable=openable,
            id=id,
        )  # fmt: skip
        self._given: tuple[BoardLine, ...] = ()
        self._lines: list[BoardLine] = []
        self._fits: dict[str, Fitted] = {}
        self._wrapped_to = 0
        self._anywhere = True

    def show_lines(self, lines: Sequence[BoardLine], at: str | None = None) -> None:
        """Show other lines. The row under the cursor stays under it; with `at`, the cursor goes to the line of that key
        and to the top where there is none.
        """
        self._given = tuple(lines)
        self._wrapped_to = self.scrollable_content_region.width
        self._lines = wrapped(self._given, self._wrapped_to)
        self._anywhere = not any(line.stands for line in self._lines)
        self._fits.clear()
        self.show(self._lines)
        if at is not None:
            self.scroll_to(y=0, animate=False, force=True)
            self.cursor = next((index for index, line in enumerate(self._lines) if line.key == at), 0)

    def wait(self) -> None:
        """Nothing to show yet."""
        self._given, self._lines = (), []
        self.source = None
        self._pages = Pages(generation=self._pages.generation + 1)
        self._strips.clear()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Sentences are broken anew, columns fitted anew."""
        del event
        if self._given and self.scrollable_content_region.width != self._wrapped_to:
            self.show_lines(self._given)

    # --- cursor ---

    def _stands(self, index: int) -> bool:
        return self._anywhere or self._lines[index].stands

    def validate_cursor(self, cursor: int) -> int:
        """On a row: the next one in the direction of the move, else the next one in the other."""
        if not self._lines:
            return 0
        last = len(self._lines) - 1
        cursor = max(0, min(cursor, last))
        onward, back = range(cursor, last + 1), range(cursor, -1, -1)
        ways = (onward, back) if cursor >= self.cursor else (back, onward)
        return next((index for way in ways for index in way if self._stands(index)), cursor)

    def watch_cursor(self, old: int, new: int) -> None:
        """Bring what belongs to the row into sight too: titles above it, notes below it."""
        super().watch_cursor(old, new)
        if new >= len(self._lines):
            return
        height = max(self.size.height, 1)
        first, last = new, new
        while first > 0 and new - first < height - 1 and not self._stands(first - 1):
            first -= 1
        while last + 1 < len(self._lines) and last - new < height - 1 and self._lines[last + 1].kind in {"note", "gap"}:
            last += 1
        if first < self.scroll_offset.y:
            self.scroll_to(y=first, animate=False, force=True)
        elif last >= self.scroll_offset.y + height:
            self.scroll_to(y=min(last - height + 1, new), animate=False, force=True)

    def action_move(self, rows: int) -> None:
        """Move the cursor; up from the first row to what stands above the list."""
        before = self.cursor
        super().action_move(rows)
        if rows < 0 and self.cursor == before:
            self.screen.focus_previous()

    # --- drawing ---

    def _draw(self, row: BoardLine, width: int, here: bool) -> Strip:
        base = self.rich_style
        if here:
            base = self.get_component_rich_style("rowlist--cursor" if self.has_focus else "rowlist--blurred")
        match row.kind:
            case "row":
                segments = self._figures(row, width, base)
            case "columns":
                segments = self._titles(row, width)
            case "title":
                segments = [Segment(f" {one_line(row.text)}", base + self._part("figures--title"))]
            case _:
                quiet = "muted" if row.kind in {"note", "empty"} and not row.tone else STYLES[row.tone]
                style = base + self._tone(quiet)
                segments = [Segment(f" {tone_sign(row.tone) if row.stands else ' '} {one_line(row.text)}", style)]
        if here and self.has_focus:
            segments = [Segment(sign("cursor"), base + self._tone("accent")), *_without_first(segments)]
        return Strip(segments).adjust_cell_length(width, base)

    def _fitted(self, line: BoardLine, width: int) -> Fitted:
        table = line.table
        if table is None:
            raise TypeError(line.kind)
        known = f"{table.id} {width}"
        if known not in self._fits:
            self._fits[known] = fit_table(table, width)
        return self._fits[known]

    def _titles(self, line: BoardLine, width: int) -> list[Segment]:
        columns = line.table.columns if line.table is not None else ()
        lines = titles(columns, self._fitted(line, width))
        text = lines[-1] if line.text else lines[0]
        return [Segment(" " * GUTTER + text, self.rich_style + self._part("figures--columns"))]

    def _figures(self, line: BoardLine, width: int, base: Style) -> list[Segment]:
        row, table = line.row, line.table
        if row is None or table is None:
            raise TypeError(line.kind)
        fits = self._fitted(line, width)
        style = base + self._tone("muted") if row.tone == "muted" else base
        parts = [
            cell(text, column, cells)
            for text, column, cells in zip(row.cells, table.columns, fits.widths, strict=True)
            if cells
        ]
        marked = base + self._tone(STYLES[row.tone])
        segments = [
            Segment(f" {tone_sign(row.tone)} ", marked),
            Segment((" " * fits.gap).join(parts), style),
        ]
        if fits.bar and row.bar is not None:
            segments.append(Segment(f"  {bar(row.bar, fits.bar)}", base + self._part("figures--bar")))
        return segments

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    def _tone(self, tone: str) -> Style:
        return self._part(f"rowlist--{tone}") if tone else Style()


class SectionList(FigureList):
    """Left and right, which a list has no use for, change the section. The detail follows it when it has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.tab(-1)", show=False),
        Binding("right", "screen.tab(1)", "board.key.tabs", id="board.tabs"),
    ]

    def on_focus(self) -> None:
        """The detail follows the cursor of the list from now on, and not that of the tiles."""
        self.post_message(self.Highlighted(self, self.row))


def _without_first(segments: list[Segment]) -> list[Segment]:
    """The segments without their first cell, which is blank."""
    head, *rest = segments
    return [Segment(head.text[1:], head.style), *rest]
