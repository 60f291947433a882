"""How wide the columns of a table of figures are: numbers are never cut, names give way, bars take what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells

from branch_console.figure_views.tables import ColumnView
from screens.text import fit, one_line

GUTTER = 3
"""Cells before the first column: the cursor's sign, the tone's sign, a blank."""
LEAST_NAME, WIDEST_NAME = 8, 44
LEAST_BAR, WIDEST_BAR = 6, 28


@dataclass(frozen=True, slots=True)
class Fitted:
    """The width of each column, 0 for one without room; `gap` between two of them; `bar` behind the last, or 0."""

    widths: tuple[int, ...]
    gap: int
    bar: int


def fitted(columns: Sequence[ColumnView], rows: Sequence[Sequence[str]], total: int, bars: bool) -> Fitted:
    """Fit columns into `total` cells.

    Titles give way first, then names, then the gaps; what still has no room is left out from the right, and stands in
    the detail of its row.
    """
    content = [max((cell_len(one_line(row[at])) for row in rows), default=0) for at in range(len(columns))]
    wanted = [
        min(max(content[at], cell_len(column.label)), WIDEST_NAME if not column.right else total)
        for at, column in enumerate(columns)
    ]
    floors = [max(content[at], 3) if column.right else min(wanted[at], LEAST_NAME) for at, column in enumerate(columns)]
    told = [min(max(each, 3), most) if most else 0 for each, most in zip(content, wanted, strict=True)]
    gaps, widths = _spaced(wanted, told, floors, total - GUTTER)
    while sum(widths) + gaps * max(sum(1 for width in widths if width) - 1, 0) > total - GUTTER and any(widths[1:]):
        last = max(at for at, width in enumerate(widths) if width)
        widths[last] = 0
    left = total - GUTTER - sum(widths) - gaps * max(sum(1 for width in widths if width) - 1, 0)
    bar = min(left - 2, WIDEST_BAR) if bars and left - 2 >= LEAST_BAR else 0
    return Fitted(tuple(widths), gaps, bar)


def _spaced(wanted: Sequence[int], told: Sequence[int], floors: Sequence[int], room: int) -> tuple[int, list[int]]:
    """Gap and widths: whole titles with narrow gaps rather than cut ones with wide gaps, and whole cells (`told`)
    rather than whole titles.
    """
    between = max(len(wanted) - 1, 0)
    for gap in (2, 1):
        if sum(wanted) + gap * between <= room:
            return gap, list(wanted)
    for gap in (2, 1):
        widths = _shrunk(_shrunk(wanted, told, room - gap * between), floors, room - gap * between)
        if sum(widths) + gap * between <= room:
            break
    return gap, widths


def title(label: str, cells: int, right: bool) -> str:
    """A column's title in its cells: cut without dots, which would cost two of the few letters."""
    text = one_line(label)
    if cell_len(text) > cells:
        text = chop_cells(text, cells)[0].rstrip()
    return fit(text, cells, right)


def _shrunk(wanted: Sequence[int], floors: Sequence[int], room: int) -> list[int]:
    """Cell by cell off the column that has the most to give."""
    widths = list(wanted)
    while sum(widths) > room:
        spare = [width - floor for width, floor in zip(widths, floors, strict=True)]
        most = max(range(len(widths)), key=lambda at: spare[at], default=0)
        if not spare or spare[most] <= 0:
            break
        widths[most] -= 1
    return widths
