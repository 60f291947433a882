"""How wide the columns of a table of figures are: numbers are never cut, names give way, bars take what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from branch_console.figure_views.tables import ColumnView, TableView
from screens.text import fit, one_line, wrap

GUTTER = 3
"""Cells before the first column: the cursor's sign, the tone's sign, a blank."""
LEAST_NAME, WIDEST_NAME = 8, 44
LEAST_BAR, WIDEST_BAR = 6, 28
LONGEST_TITLE = 60
"""Characters of a title; longer ones come from broken or hostile data, and breaking lines takes its time."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The width of each column, 0 for one without room; `gap` between two of them; `bar` behind the last, or 0."""

    widths: tuple[int, ...]
    gap: int
    bar: int


def fit_table(table: TableView, total: int) -> Fitted:
    """Fit a table into `total` cells, with its bars if it has any."""
    bars = any(row.bar is not None for row in table.rows)
    return fitted(table.columns, [row.cells for row in table.rows], total, bars)


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
    floors = [max(content[at], 4) if column.right else min(wanted[at], LEAST_NAME) for at, column in enumerate(columns)]
    told = [
        min(max(content[at], _longest_word(column.label), 4), wanted[at]) if wanted[at] else 0
        for at, column in enumerate(columns)
    ]
    gaps, widths = _spaced(wanted, told, floors, total - GUTTER)
    while sum(widths) + gaps * max(sum(1 for width in widths if width) - 1, 0) > total - GUTTER and any(widths[1:]):
        last = max(at for at, width in enumerate(widths) if width)
        widths[last] = 0
    left = total - GUTTER - sum(widths) - gaps * max(sum(1 for width in widths if width) - 1, 0)
    bar = min(left - 2, WIDEST_BAR) if bars and left - 2 >= LEAST_BAR else 0
    return Fitted(tuple(widths), gaps, bar)


def _spaced(wanted: Sequence[int], told: Sequence[int], floors: Sequence[int], room: int) -> tuple[int, list[int]]:
    """Gap and widths: whole titles with narrow gaps rather than cut ones with wide gaps, and whole cells with whole
    words of titles (`told`) rather than whole titles.
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


def _longest_word(label: str) -> int:
    """Cells of the longest word that is not to be broken; Chinese may be broken anywhere."""
    return max((len(word) for word in one_line(label)[:LONGEST_TITLE].split() if word.isascii()), default=0)


def cell(text: str, column: ColumnView, width: int) -> str:
    """What stands in a cell."""
    return fit(one_line(text), width, column.right)


def titles(columns: Sequence[ColumnView], fits: Fitted) -> list[str]:
    """The titles in one line, or in two where one has no room for all of them; cut without dots after that."""
    shown = [
        (wrap(one_line(column.label)[:LONGEST_TITLE], max(width, 2))[:2], column, width)
        for column, width in zip(columns, fits.widths, strict=True)
        if width
    ]
    height = max((len(part) for part, _column, _width in shown), default=1)
    lines = []
    for at in range(height):
        # Short titles stand right above their numbers.
        words = [part[at - height + len(part)] if at >= height - len(part) else "" for part, _column, _width in shown]
        cells = [fit(text, width, column.right) for text, (_part, column, width) in zip(words, shown, strict=True)]
        lines.append((" " * fits.gap).join(cells))
    return lines


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
