"""A slip as PDF: one page, 80 mm wide and as long as it needs, with an embedded subset of a Chinese font.

The QR code is drawn from its modules, so that it stays sharp at any size. Loading this module loads the PDF library;
whoever saves one slip a day should load it then.
"""

from itertools import groupby
from pathlib import Path

from fpdf import FPDF

from branch_console.locale import language, t_in
from branch_console.services.slips.facts import SlipFacts
from branch_console.services.slips.files import write_private
from branch_console.services.slips.font import FONT, Face
from branch_console.services.slips.qr import code_of, qr_modules
from branch_console.services.slips.wrapping import one_line, wrap

WIDTH_MM = 80.0
MARGIN_MM = 5.0
_INNER = WIDTH_MM - 2 * MARGIN_MM
_LABEL = 21.0
_QR = 26.0
_LONGEST = 3000.0
_TITLE, _BODY, _SMALL, _URGENT = 13.0, 9.0, 7.5, 20.0
_LEADING = 1.45
_MM_PER_POINT = 25.4 / 72


def write_pdf(facts: SlipFacts, path: Path) -> Path:
    """Write the slip to `path`, whole or not at all, readable by this user only; returns the path.

    An older file of that name is replaced. Raises OSError when the folder cannot be written.
    """
    return write_private(path, pdf_bytes(facts))


def pdf_bytes(facts: SlipFacts) -> bytes:
    """The slip as PDF."""
    measured = _Page(_LONGEST, facts)
    measured.draw(facts)
    page = _Page(measured.bottom, facts)
    page.draw(facts)
    return page.content()


class _Page:
    """One page of a given length in millimetres, drawn from top to bottom."""

    def __init__(self, length: float, facts: SlipFacts) -> None:
        self._spoken = facts.language or language()
        self._pdf = FPDF(unit="mm", format=(WIDTH_MM, length))
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_margins(MARGIN_MM, MARGIN_MM)
        self._face = Face(self._pdf)
        self._pdf.set_lang("zh-CN" if self._spoken == "zh" else "en")
        self._pdf.add_page()
        self._y = MARGIN_MM

    @property
    def bottom(self) -> float:
        """Where the page may end."""
        return self._y + MARGIN_MM

    def content(self) -> bytes:
        return bytes(self._pdf.output())

    def draw(self, facts: SlipFacts) -> None:
        """Everything that the slip says."""
        self._pdf.set_title(one_line(facts.number))
        self._paragraph(facts.title, _TITLE, centred=True)
        self._paragraph(facts.branch, _BODY, centred=True)
        self._line()
        for each in facts.notice:
            self._paragraph(each, _BODY)
            self._line()
        for name, number in facts.urgent:
            self._paragraph(number, _URGENT, centred=True)
            self._paragraph(name, _BODY, centred=True)
        if facts.urgent:
            self._line()
        for label, value in ((t_in(self._spoken, "slip.number"), facts.number), *facts.rows):
            self._row(label, value)
        for sentences, size in ((facts.terms, _BODY), (facts.rights, _SMALL)):
            if any(sentences):
                self._line()
                for each in sentences:
                    self._paragraph(each, size)
        if facts.hotlines:
            self._line()
            for name, number in facts.hotlines:
                self._row(number, name, size=_SMALL)
        if code := code_of(facts):
            self._code(code)

    def _paragraph(self, text: str, size: float, *, centred: bool = False) -> None:
        self._pdf.set_font(FONT, size=size)
        for line in self._wrap(text, _INNER):
            left = MARGIN_MM + (_INNER - self._pdf.get_string_width(line)) / 2 if centred else MARGIN_MM
            self._text(left, line, size)
            self._y += size * _LEADING * _MM_PER_POINT

    def _row(self, label: str, value: str, size: float = _BODY) -> None:
        """Label and value side by side, each going on under itself."""
        self._pdf.set_font(FONT, size=size)
        labels, values = self._wrap(label, _LABEL - 1), self._wrap(value, _INNER - _LABEL)
        for number in range(max(len(labels), len(values))):
            for left, lines in ((MARGIN_MM, labels), (MARGIN_MM + _LABEL, values)):
                if number < len(lines):
                    self._text(left, lines[number], size)
            self._y += size * _LEADING * _MM_PER_POINT

    def _text(self, left: float, line: str, size: float) -> None:
        self._pdf.text(left, self._y + size * _MM_PER_POINT, line)

    def _wrap(self, text: str, width: float) -> list[str]:
        return wrap(self._face.shown(text), width, self._pdf.get_string_width)

    def _line(self) -> None:
        self._y += 1.5
        self._pdf.set_line_width(0.1)
        self._pdf.line(MARGIN_MM, self._y, WIDTH_MM - MARGIN_MM, self._y)
        self._y += 1.5

    def _code(self, text: str) -> None:
        """The QR code, centred, its light border kept free."""
        rows = qr_modules(text)
        side = _QR / len(rows)
        top, left = self._y + 4 * side + 1.5, (WIDTH_MM - _QR) / 2
        for y, row in enumerate(rows):
            x = 0
            for dark, run in groupby(row):  # dark modules side by side are one bar, so that no seam shows
                count = len(list(run))
                if dark:
                    self._pdf.rect(left + x * side, top + y * side, count * side, side, style="F")
                x += count
        self._y = top + _QR + 2
        self._paragraph(text.split("|")[1], _SMALL, centred=True)
