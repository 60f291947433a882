"""A book as workbook. Texts are written as texts: no cell is read for a formula, an address or a number."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from branch_console.rules.exporting import Cell
from branch_console.services.exports.sheet import Book, Sheet
from branch_console.services.slips.files import write_private
from branch_console.services.slips.wrapping import cells as width_of

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDEST, _NARROWEST = 60, 8
_BAD = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_NAME = 31


def write_xlsx(book: Book, path: Path) -> Path:
    """Write the file, whole or not at all, readable by this user only. Raises OSError."""
    return write_private(path, xlsx_bytes(book))


def xlsx_bytes(book: Book) -> bytes:
    """A sheet for each of the book, with its notes below the table."""
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, _OPTIONS)
    workbook.set_properties({"title": book.title, "company": book.branch, "created": book.as_of.replace(tzinfo=None)})
    bold = workbook.add_format({"bold": True, "bottom": 1})
    for sheet in book.sheets:
        _write_sheet(workbook.add_worksheet(sheet.name.translate(_BAD)[:_LONGEST_NAME]), sheet, bold)
    workbook.close()
    return content.getvalue()


def _write_sheet(page: Any, sheet: Sheet, bold: Any) -> None:
    rows = sheet.cells()
    for at, label in enumerate(sheet.head()):
        _write(page, 0, at, label, bold)
        widest = max([width_of(str(each[at] or "")) for each in [sheet.head(), *rows[:200]]])
        page.set_column(at, at, min(max(widest + 2, _NARROWEST), _WIDEST))
    for line, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            _write(page, line, at, cell)
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
