"""The Chinese font of everything that is printed to PDF, embedded as a subset."""

from collections.abc import Mapping

from fpdf import FPDF
from fpdf.fonts import TTFFont
from pylopdf_fonts_zh_cn import sans_path

from branch_console.services.slips.wrapping import one_line

FONT = "slip"
GETA = "〓"
"""What Chinese typesetting has always put where a character is missing from the font."""


class Face:
    """The font in one document."""

    def __init__(self, pdf: FPDF) -> None:
        pdf.add_font(FONT, fname=str(sans_path()))
        font = pdf.fonts[FONT]
        self._known = font.cmap if isinstance(font, TTFFont) else {}
        self._widths: Mapping[int, float] = font.cw if isinstance(font, TTFFont) else {}

    def shown(self, text: str) -> str:
        """A text on one line, as far as the font has it."""
        return "".join(each if ord(each) in self._known else GETA for each in one_line(text))

    def width(self, text: str, size: float) -> float:
        """How wide a text is in millimetres: the library's own answer, which is asked thousands of times for a page."""
        return sum(self._widths[ord(each)] for each in text) * size / 1000 * 25.4 / 72
