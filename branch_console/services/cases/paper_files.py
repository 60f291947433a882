"""A paper of several pages as a text file and as PDF (A4). Loading the PDF library is left to whoever saves one."""

from pathlib import Path
from typing import Final

from branch_console.case_views.feedback import Block, PaperView, Style
from branch_console.locale import language
from branch_console.services.slips.files import own_folder, write_private
from branch_console.services.slips.wrapping import cells, one_line, wrap

WIDTH: Final = 76
"""Cells of a line of the text file."""
_INDENT: Final[dict[Style, int]] = {"quote": 4}
_A4, _MARGIN = (210.0, 297.0), 18.0
_SIZES: Final[dict[Style, float]] = {
    "title": 16,
    "heading": 13,
    "text": 10.5,
    "quote": 9.5,
    "quiet": 9,
    "warning": 10.5,
}
_LEADING, _MM_PER_POINT, _QUOTE_MM = 1.5, 25.4 / 72, 6.0
_GETA = "〓"
"""Where a character is missing from the font."""


def save_paper(paper: PaperView, branch: str, folder: Path, name: str) -> tuple[Path, Path]:
    """Write the paper as `<name>.txt` and `<name>.pdf`; where they stand. Raises OSError."""
    own_folder(folder)
    text = write_private(folder / f"{name}.txt", paper_text(paper, branch).encode())
    return text, write_private(folder / f"{name}.pdf", paper_pdf(paper, branch))


def paper_text(paper: PaperView, branch: str) -> str:
    """The paper as lines, none wider than `WIDTH` cells."""
    lines = [*wrap(paper.title, WIDTH, cells), *wrap(branch, WIDTH, cells)]
    for block in paper.blocks:
        indent = " " * _INDENT.get(block.style, 0)
        if block.style == "heading":
            lines += ["", *wrap(block.text, WIDTH, cells), "-" * min(WIDTH, cells(one_line(block.text)))]
        else:
            lines += [indent + line for line in wrap(block.text, WIDTH - len(indent), cells)]
    return "\n".join(lines) + "\n"


def paper_pdf(paper: PaperView, branch: str) -> bytes:
    """The paper on pages of A4."""
    from fpdf import FPDF  # noqa: PLC0415  needed here only
    from fpdf.fonts import TTFFont  # noqa: PLC0415
    from pylopdf_fonts_zh_cn import sans_path  # noqa: PLC0415

    pdf = FPDF(unit="mm", format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.add_font("paper", fname=str(sans_path()))
    pdf.set_lang("zh-CN" if language() == "zh" else "en")
    pdf.set_title(one_line(paper.title))
    font = pdf.fonts["paper"]
    known = font.cmap if isinstance(font, TTFFont) else {}
    bottom, y = _A4[1] - _MARGIN, 0.0
    for block in (Block("title", paper.title), Block("quiet", branch), *paper.blocks):
        size, indent = _SIZES[block.style], _QUOTE_MM if block.style == "quote" else 0.0
        height = size * _LEADING * _MM_PER_POINT
        shown = "".join(each if ord(each) in known else _GETA for each in one_line(block.text))
        pdf.set_font("paper", size=size)
        y += height / 2 if block.style == "heading" else 0
        # A heading does not stand alone at the foot of a page.
        needed = 3 * height if block.style == "heading" else height
        for line in wrap(shown, _A4[0] - 2 * _MARGIN - indent, pdf.get_string_width):
            if not pdf.page or y + needed > bottom:
                pdf.add_page()
                pdf.set_font("paper", size=size)
                y = _MARGIN
            pdf.text(_MARGIN + indent, y + size * _MM_PER_POINT, line)
            y += height
    return bytes(pdf.output())
