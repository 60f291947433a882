"""A book as workbook. Texts are written as texts: no cell is read for a formula, an address or a number."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from branch_console.rules.exporting import Cell, export_cell
from branch_console.services.exports.sheet import Book, Looks, Sheet
from branch_console.services.exports.xlsx_graph import BESIDE, HIGH, add_graph
from branch_console.services.slips.files import write_private
from branch_console.services.slips.wrapping import cells as width_of

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDEST, _NARROWEST = 60, 8
_BAD = str.maketrans(dict.fromkeys("[]:*?/\\'!", " "))
"""What Excel forbids in the name of a sheet, and the sign that ends one in a reference of a graph."""
_LONGEST_NAME = 31
_RESERVED: Final = "history"
"""Excel keeps this name of a sheet for itself."""
NUMBERS: Final[dict[Looks, str]] = {"whole": "#,##0", "share": "0.0%", "money": "#,##0.00", "decimal": "#,##0.##"}


def write_xlsx(book: Book, path: Path) -> Path:
    """Write the file, whole or not at all, readable by this user only. Raises OSError."""
    return write_private(path, xlsx_bytes(book))


def xlsx_bytes(book: Book) -> bytes:
    """A sheet for each of the book, with its notes below the table."""
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, _OPTIONS)
    title, branch = (str(export_cell(each) or "") for each in (book.title, book.branch))
    workbook.set_properties({"title": title, "company": branch, "created": book.as_of.replace(tzinfo=None)})
    bold = workbook.add_format({"bold": True, "bottom": 1})
    looks = {name: workbook.add_format({"num_format": code}) for name, code in NUMBERS.items()}
    for name, sheet in zip(sheet_names(book), book.sheets, strict=True):
        page = workbook.add_worksheet(name)
        _write_sheet(page, sheet, bold, looks)
        for number, graph in enumerate(sheet.graphs if sheet.rows else ()):
            add_graph(workbook, page, graph, sheet, (1 + number * HIGH, len(sheet.columns) + BESIDE))
    workbook.close()
    return content.getvalue()


def sheet_names(book: Book) -> list[str]:
    """What the sheets are called: no sign that Excel forbids, none too long, none twice."""
    found: list[str] = []
    taken = {_RESERVED}
    for number, sheet in enumerate(book.sheets, 1):
        plain = str(export_cell(sheet.name) or "").translate(_BAD).strip()[:_LONGEST_NAME] or str(number)
        name, again = plain, 1
        while name.casefold() in taken:
            again += 1
            name = f"{plain[: _LONGEST_NAME - len(str(again)) - 1]} {again}"
        taken.add(name.casefold())
        found.append(name)
    return found


def _write_sheet(page: Any, sheet: Sheet, bold: Any, looks: dict[Looks, Any]) -> None:
    rows = sheet.cells()
    for at, label in enumerate(sheet.head()):
        _write(page, 0, at, label, bold)
        widest = max([width_of(str("" if each[at] is None else each[at])) for each in [sheet.head(), *rows[:200]]])
        page.set_column(at, at, min(max(widest + 2, _NARROWEST), _WIDEST))
    for line, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            _write(page, line, at, cell, looks.get(sheet.looks(line - 1, at)))
            if cell is None and sheet.columns[at].remark:
                page.write_comment(line, at, sheet.columns[at].remark)
    for line, note in enumerate(sheet.said(), len(rows) + 2):
        _write(page, line, 0, note)
    page.freeze_panes(1, 0)
    if rows:
        page.autofilter(0, 0, len(rows), len(sheet.columns) - 1)


def _write(page: Any, line: int, at: int, cell: Cell, looks: Any = None) -> None:
    if cell is None:
        return
    if isinstance(cell, (int, float, Decimal)):
        page.write_number(line, at, float(cell), looks)
    else:
        page.write_string(line, at, cell, looks)
