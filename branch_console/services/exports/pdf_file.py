"""A book as PDF: A4 across, the titles of the columns on every page, the notes behind the table."""

from collections.abc import Sequence
from pathlib import Path

from fpdf import FPDF

from branch_console.locale import language, t
from branch_console.rules.exporting import Cell
from branch_console.services.exports.sheet import Book, Sheet
from branch_console.services.slips.files import write_private
from branch_console.services.slips.font import FONT, Face
from branch_console.services.slips.wrapping import one_line, wrap

_WIDTH, _HEIGHT, _MARGIN = 297.0, 210.0, 12.0
_INNER = _WIDTH - 2 * _MARGIN
_TITLE, _BODY, _SMALL = 13.0, 7.5, 7.0
_LEADING = 1.4 * 25.4 / 72
_PAD = 1.0
_MOST_LINES = 12
"""Lines of one cell; what is longer is cut, the other forms have it whole."""


def write_register(book: Book, path: Path) -> Path:
    """Write the file, whole or not at all, readable by this user only. Raises OSError."""
    return write_private(path, pdf_bytes(book))


def pdf_bytes(book: Book) -> bytes:
    """All sheets one behind the other."""
    pages = _Pages(book)
    for sheet in book.sheets:
        pages.draw(sheet)
    return pages.content()


class _Pages(FPDF):
    """Pages from top to bottom; every one has the report's name and its number."""

    def __init__(self, book: Book) -> None:
        super().__init__(orientation="landscape", unit="mm", format="A4")
        self._book = book
        self._face = Face(self)
        self.set_auto_page_break(auto=False)
        self.set_title(one_line(book.title))
        self.set_lang("zh-CN" if language() == "zh" else "en")
        self.set_creation_date(book.as_of)
        self._at = 0.0
        self._begin()

    def content(self) -> bytes:
        """The file."""
        return bytes(self.output())

    def draw(self, sheet: Sheet) -> None:
        """One table with its notes."""
        printed = [at for at, column in enumerate(sheet.columns) if column.width]
        whole = sum(sheet.columns[at].width for at in printed)
        widths = [sheet.columns[at].width / whole * _INNER for at in printed]
        head = [sheet.head()[at] for at in printed]
        self._need(4 * _BODY * _LEADING)
        self._row([sheet.name], [_INNER], _BODY)
        self._row(head, widths, _BODY, line=True)
        for row in sheet.cells():
            cells = [row[at] for at in printed]
            if self._need(self._tall(cells, widths, _BODY)):
                self._row(head, widths, _BODY, line=True)
            self._row(cells, widths, _BODY)
        self._at += 3
        for note in sheet.said():
            self._need(self._tall([note], [_INNER], _SMALL))
            self._row([note], [_INNER], _SMALL)
        self._at += 4

    def _begin(self) -> None:
        self.add_page()
        self._at = _MARGIN
        self._row([self._book.title], [_INNER], _TITLE)
        said = t(
            "report.page", branch=self._book.branch, time=f"{self._book.as_of:%Y-%m-%d %H:%M}", page=self.page_no()
        )
        self._row([said], [_INNER], _SMALL)
        self._at += 2

    def _need(self, height: float) -> bool:
        """A new page where there is no room for so much; returns whether one began."""
        if self._at + height <= _HEIGHT - _MARGIN:
            return False
        self._begin()
        return True

    def _tall(self, cells: Sequence[Cell], widths: Sequence[float], size: float) -> float:
        return max(len(each) for each in self._lines(cells, widths, size)) * size * _LEADING + _PAD

    def _lines(self, cells: Sequence[Cell], widths: Sequence[float], size: float) -> list[list[str]]:
        self.set_font(FONT, size=size)
        found = []
        for cell, width in zip(cells, widths, strict=True):
            text = "" if cell is None else self._face.shown(str(cell))
            found.append(wrap(text, width - 2 * _PAD, self.get_string_width)[:_MOST_LINES])
        return found

    def _row(self, cells: Sequence[Cell], widths: Sequence[float], size: float, *, line: bool = False) -> None:
        """One row of cells, each going on under itself; with a line below it."""
        columns = self._lines(cells, widths, size)
        left = _MARGIN
        for lines, width in zip(columns, widths, strict=True):
            for number, text in enumerate(lines):
                self.text(left + _PAD, self._at + (number + 1) * size * _LEADING - 0.6, text)
            left += width
        self._at += max(len(each) for each in columns) * size * _LEADING + _PAD
        self.set_line_width(0.3 if line else 0.05)
        if len(widths) > 1:
            self.line(_MARGIN, self._at - _PAD / 3, _WIDTH - _MARGIN, self._at - _PAD / 3)
