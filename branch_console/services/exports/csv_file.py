"""A book as CSV: UTF-8 with a byte-order mark, without which spreadsheets take Chinese for another encoding."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from branch_console.rules.exporting import Cell, export_cell
from branch_console.services.exports.sheet import Book
from branch_console.services.slips.files import write_private

BOM = "\ufeff"


def write_csv(book: Book, path: Path) -> Path:
    """Write the file, whole or not at all, readable by this user only. Raises OSError."""
    return write_private(path, csv_bytes(book))


def csv_bytes(book: Book) -> bytes:
    """The first sheet from the first line on, so that programs can read it; behind it its notes, then the others."""
    text = io.StringIO()
    text.write(BOM)
    lines = csv.writer(text, lineterminator="\r\n")
    for number, sheet in enumerate(book.sheets):
        if number:
            lines.writerow([])
            lines.writerow([export_cell(sheet.name)])
        lines.writerow(_written(sheet.head()))
        lines.writerows(_written(row) for row in sheet.cells())
        if sheet.notes:
            lines.writerow([])
            lines.writerows(_written([each]) for each in sheet.said())
    return text.getvalue().encode()


def _written(cells: Iterable[Cell]) -> list[str]:
    return ["" if each is None else str(each) for each in cells]
