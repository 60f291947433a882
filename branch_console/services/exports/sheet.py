"""A table to be written to a file: columns, rows, and the lines that say what it is and as of when."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from branch_console.rules.exporting import Cell, export_cell

Looks: TypeAlias = Literal["", "whole", "share", "money", "decimal"]
"""How a workbook shows a number: as it is, whole, in per cent, with two decimals, with up to two."""


@dataclass(frozen=True, slots=True)
class Col:
    """One column. `width` is its share of a printed page; 0: it is not printed, files for programs have it.

    `remark` is what a workbook notes at a cell of this column that is empty.
    """

    label: str
    width: float = 0.0
    looks: Looks = ""
    remark: str = ""


class Amount(NamedTuple):
    """A number that looks otherwise than the rest of its column."""

    value: object
    looks: Looks


class Drawn(NamedTuple):
    """A line or the bars of a graph: one column, by its place. `quiet`: a limit, not a value."""

    column: int
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """How a workbook plots a sheet: the columns `drawn` by the column `labels`, in `looks`."""

    title: str
    kind: Literal["bar", "line"]
    drawn: tuple[Drawn, ...]
    labels: int = 0
    looks: Looks = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `rows` are raw values, guarded when they are written; `notes` stand behind the table."""

    name: str
    columns: tuple[Col, ...]
    rows: tuple[tuple[object, ...], ...]
    notes: tuple[str, ...] = ()
    graphs: tuple[Graph, ...] = ()

    def head(self) -> tuple[Cell, ...]:
        """The titles of the columns, guarded."""
        return tuple(export_cell(each.label) for each in self.columns)

    def cells(self) -> list[tuple[Cell, ...]]:
        """All rows, guarded."""
        return [tuple(export_cell(_value(each)) for each in row) for row in self.rows]

    def looks(self, line: int, at: int) -> Looks:
        """How a number is shown."""
        cell = self.rows[line][at]
        return cell.looks if isinstance(cell, Amount) else self.columns[at].looks

    def said(self) -> tuple[Cell, ...]:
        """The notes, guarded."""
        return tuple(export_cell(each) for each in self.notes)


def _value(cell: object) -> object:
    return cell.value if isinstance(cell, Amount) else cell


@dataclass(frozen=True, slots=True)
class Book:
    """A report: the sheets of one file, the first of which is the report itself. `as_of` is aware."""

    title: str
    branch: str
    as_of: datetime
    sheets: tuple[Sheet, ...] = field(default=())


Writer = Callable[[Book, Path], Path]


def writer(form: str) -> Writer | None:
    """What writes a book in that form (csv, xlsx, pdf); None for any other. Loads its library only now."""
    # ruff: noqa: PLC0415  each library is needed by whoever chose its form, and by nobody else
    if form == "csv":
        from branch_console.services.exports.csv_file import write_csv

        return write_csv
    if form == "xlsx":
        from branch_console.services.exports.xlsx_file import write_xlsx

        return write_xlsx
    if form == "pdf":
        from branch_console.services.exports.pdf_file import write_register

        return write_register
    return None
