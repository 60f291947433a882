"""The board and the rows behind a number as a book: the very cells of the view, each table a sheet.

Names: `board_book`, `rows_book`, `data_rows`.
"""

from typing import Final

from branch_console.figure_views.board import BoardView, StateView
from branch_console.figure_views.detail import DetailView
from branch_console.figure_views.tables import ColumnView, Raw, RowsView, RowView, TableView
from branch_console.locale import t
from branch_console.services.exports.sheet import Amount, Book, Col, Drawn, Graph, Sheet
from branch_console.services.figures.exporting_said import (
    Said,
    about_sheet,
    definitions_sheet,
    origin,
    pair,
    standing,
    state_words,
)
from branch_console.services.figures.exporting_trends import trend_sheets
from branch_console.services.figures.exporting_units import heading, looks_of, unit_words, written
from branch_console.services.figures.formats import unit_of

MIXED: Final = "figure"
"""The unit of a column whose rows are figures: that of each row's own."""


def board_book(view: BoardView, details: tuple[DetailView, ...], said: Said) -> Book:
    """One section of the board: tiles, targets, tables, signals, trends, definitions, what the file is."""
    below = standing(view)
    sheets = [
        *([_tiles(view, below)] if view.tiles else []),
        *(_table(each, below) for each in view.tables),
        *([_targets(view, below)] if view.targets else []),
        *([_signals(view, below)] if view.signals else []),
        *(sheet for each in details for sheet in trend_sheets(each, below)),
        definitions_sheet(said.definitions),
        about_sheet(view, said),
    ]
    return Book(view.title, said.branch, said.as_of, tuple(sheets))


def rows_book(view: RowsView, state: StateView, said: Said) -> Book:
    """The rows behind a number, with the number itself, its definition, and what the file is."""
    columns = (*map(_column, view.columns), Col(t("export.column.counted")))
    rows = tuple(
        (*(written(raw, column.unit) for column, raw in zip(view.columns, each.raw, strict=True)), each.counted)
        for each in view.lines
    )
    notes = (
        t("export.number", value=view.value, counted=view.counted, of=view.of),
        *view.definition,
        *_gaps(view.columns, [each.raw for each in view.lines]),
        view.as_of,
        state_words(state),
    )
    about = [(t("export.about.title"), view.title), (t("export.about.value"), view.value), *origin(said)]
    sheets = (
        Sheet(view.title, columns, rows, tuple(each for each in notes if each)),
        definitions_sheet(said.definitions),
        Sheet(t("export.about"), pair(), tuple(about)),
    )
    return Book(view.title, said.branch, said.as_of, sheets)


def _tiles(view: BoardView, below: tuple[str, ...]) -> Sheet:
    names = ("figure", "value", "unit", "shown", "detail", "before", "id")
    columns = tuple(
        Col(t(f"export.column.{each}"), remark=t("export.empty_cell") if each == "value" else "") for each in names
    )
    rows = tuple(
        (
            each.label,
            Amount(written(each.raw, each.unit), looks_of(each.unit)),
            unit_words(each.unit),
            each.value,
            each.detail,
            each.before,
            each.drill.figure,
        )
        for each in view.tiles
    )
    gaps = [t("export.empty_cell")] if any(each.raw is None for each in view.tiles) else []
    return Sheet(t("export.tiles"), columns, rows, (*gaps, *below))


def _table(table: TableView, below: tuple[str, ...]) -> Sheet:
    mixed = any(each.unit == MIXED for each in table.columns)
    columns = [_column(each) for each in table.columns] + ([Col(t("export.column.unit"))] if mixed else [])
    rows = tuple(_row(table, each, mixed=mixed) for each in table.rows)
    empty = [table.empty] if table.empty and not table.rows else []
    hidden = [t("export.hidden_note")] if any(each.hidden for each in table.rows) else []
    gaps = _gaps(table.columns, [each.raw for each in table.rows if not each.hidden])
    notes = (*empty, *table.notes, *gaps, *hidden, *below)
    return Sheet(table.title, tuple(columns), rows, notes, graphs=_graph(table))


def _column(column: ColumnView) -> Col:
    remark = t("export.empty_cell") if column.unit else ""
    return Col(heading(column.label, column.unit), looks=looks_of(column.unit), remark=remark)


def _row(table: TableView, row: RowView, *, mixed: bool) -> tuple[object, ...]:
    """A row as it is written. Of a suppressed one no number leaves, whatever the view holds."""
    own = unit_of(row.drill.figure) if row.drill is not None else ""
    cells: list[object] = []
    for column, raw in zip(table.columns, row.raw, strict=True):
        if row.hidden and column.unit:
            cells.append(t("export.hidden"))
        elif column.unit == MIXED:
            cells.append(Amount(written(raw, own), looks_of(own)))
        else:
            cells.append(written(raw, column.unit))
    return (*cells, unit_words(own)) if mixed else tuple(cells)


def _gaps(columns: tuple[ColumnView, ...], rows: list[tuple[Raw, ...]]) -> list[str]:
    """That an empty cell is no 0, where there is one."""
    found = any(value is None and column.unit for row in rows for column, value in zip(columns, row, strict=True))
    return [t("export.empty_cell")] if found else []


def _graph(table: TableView) -> tuple[Graph, ...]:
    at = next((number for number, each in enumerate(table.columns) if each.id == table.plotted), None)
    if not table.chart or at is None:
        return ()
    return (Graph(table.title, table.chart, (Drawn(at),), looks=looks_of(table.columns[at].unit)),)


def _targets(view: BoardView, below: tuple[str, ...]) -> Sheet:
    names = ("figure", "reached", "day_total", "expected_now", "reached_share", "expected_share", "period", "note")
    looks = {"reached": "whole", "reached_share": "share", "expected_share": "share"}
    columns = tuple(Col(t(f"export.column.{each}"), looks=looks.get(each, "")) for each in names)  # type: ignore[arg-type]
    rows = tuple(
        (
            each.label,
            each.reached,
            each.day_total,
            each.expected_now,
            each.share,
            each.expected_share,
            each.period,
            each.note,
        )
        for each in view.targets
    )
    return Sheet(t("export.targets"), columns, rows, below)


def _signals(view: BoardView, below: tuple[str, ...]) -> Sheet:
    columns = tuple(Col(t(f"export.column.{each}")) for each in ("signal", "id", "group", "member"))
    rows = tuple((each.text, each.figure, each.group, each.member) for each in view.signals)
    return Sheet(t("export.signals"), columns, rows, (*([view.checked] if view.checked else []), *below))


def data_rows(view: BoardView | RowsView) -> int:
    """How many rows of data a file of the view has."""
    if isinstance(view, RowsView):
        return len(view.lines)
    rows: list[RowView] = [row for table in view.tables for row in table.rows]
    return len(view.tiles) + len(rows)
