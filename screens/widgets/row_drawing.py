"""How a row of a list is drawn: cells in columns, by the width of characters on the console."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from screens.signs import sign
from screens.text import fit, one_line

Cell = str | tuple[str, str]
"""A text, or a text with its tone: muted, accent, success, warning, error."""
TONES = ("muted", "accent", "success", "warning", "error")
WIDE = 100
"""From so many cells on the columns for wide screens are shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` in cells; None: an equal share of what the others leave."""

    title: str = ""
    """In the session's language; empty for none."""
    width: int | None = None
    right: bool = False
    wide_only: bool = False
    """Left out on narrow consoles."""
    narrow_only: bool = False
    """Left out on wide ones, where another column says the same in full."""


def widths(columns: Sequence[Column], total: int, wide: int = WIDE) -> list[int]:
    """The width of each column within `total` cells, 0 for one that is left out; a gap of two cells between columns."""
    shown = [column for column in columns if not (column.narrow_only if total >= wide else column.wide_only)]
    space = total - 2 - 2 * max(len(shown) - 1, 0)
    fixed = sum(column.width or 0 for column in shown)
    flexible = [column for column in shown if column.width is None]
    share, rest = divmod(max(space - fixed, 0), len(flexible)) if flexible else (0, 0)
    result = []
    for column in columns:
        if column not in shown:
            result.append(0)
        elif column.width is None:
            result.append(share + rest)
            rest = 0
        else:
            result.append(column.width)
    return result


def draw(
    cells: Sequence[Cell],
    columns: Sequence[Column],
    total: int,
    base: Style,
    tones: dict[str, Style],
    *,
    cursor: bool,
    wide: int = WIDE,
) -> Strip:
    """One row in `total` cells, with a gutter of two cells for the cursor's sign."""
    segments = [Segment(f"{sign('cursor')} " if cursor else "  ", base + tones["accent"] if cursor else base)]
    first = True
    for cell, column, width in zip(cells, columns, widths(columns, total, wide), strict=True):
        if not width:
            continue
        text, tone = (cell, "") if isinstance(cell, str) else cell
        if not first:
            segments.append(Segment("  ", base))
        first = False
        segments.append(Segment(fit(one_line(text), width, column.right), base + tones[tone] if tone else base))
    return Strip(segments).adjust_cell_length(total, base)
