"""Tables of the board as the day's pages print them: what says nothing is said in one line, not row by row."""

from typing import Final

from branch_console.figure_views.tables import RowView, TableView
from branch_console.locale import t
from branch_console.services.exports.blocks import Cells, Grid
from branch_console.services.exports.paper import Ink
from branch_console.services.figures.exporting_books import MIXED

_MOST_ROWS: Final = 20
IN_WORKBOOK: Final = frozenset(
    {
        "without_reasons",
        "stock_outs",
        "preferences_28",
        "categories",
        "reasons",
        "ratings",
        "scores",
        "ideas",
        "topics",
        "trends",
    }
)
"""Tables that two pages have no room for."""


def grid(table: TableView) -> Grid:
    """A table as it is on the screen; what is too long for a page, or says nothing, is said to be left out."""
    told = [each for each in table.rows if not _nothing(table, each)]
    rows = [Cells(each.cells, each.bar, _ink(each.tone, hidden=each.hidden)) for each in told[:_MOST_ROWS]]
    more, left = len(told) - len(rows), [each for each in table.rows if _nothing(table, each)]
    single = t("export.no_data_rows", names=t("common.list_separator").join(each.cells[0] for each in left))
    nothing = single if _by_figure(table) else t("export.zero_rows", n=len(left))
    notes = [*([t("export.more_rows", n=more)] if more > 0 else []), *([nothing] if left else []), *table.notes]
    right = [each.right for each in table.columns]
    return Grid(table.title, [each.label for each in table.columns], right, rows, notes)


def _by_figure(table: TableView) -> bool:
    """Whether each row is a figure of its own."""
    return any(each.unit == MIXED for each in table.columns)


def _nothing(table: TableView, row: RowView) -> bool:
    """Rows that would hide the others on paper: of a figure without data, of a member with nothing in all columns."""
    numbers = [raw for column, raw in zip(table.columns, row.raw, strict=True) if column.unit]
    if row.hidden or len(table.rows) == 1:
        return False
    return all(each is None for each in numbers) if _by_figure(table) else len(numbers) > 1 and not any(numbers)


def figures_of(table: TableView) -> set[str]:
    """Those of which the pages have numbers."""
    if not printed(table):
        return set()
    silent = [each for each in table.rows if _by_figure(table) and _nothing(table, each)]
    return set(table.figures) - {each.drill.figure for each in silent if each.drill is not None}


def printed(table: TableView) -> bool:
    """Whether it has rows and room."""
    return bool(table.rows) and table.id not in IN_WORKBOOK


def _ink(tone: str, *, hidden: bool) -> Ink:
    return "muted" if hidden or tone == "muted" else "bad" if tone in {"bad", "warning"} else "ink"
