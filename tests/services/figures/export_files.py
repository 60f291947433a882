"""Reading exported files back with other code than wrote them."""

import csv
import io
import re
import struct
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader

from branch_console.figure_views.tables import RowView, TableView
from branch_console.locale import t
from branch_console.services.figures.formats import unit_of

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class Page:
    """A sheet of a workbook: values by place, the formats of numbers, places with a note, its graphs."""

    cells: dict[tuple[int, int], str | float] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    noted: set[tuple[int, int]] = field(default_factory=set)
    charts: list[ElementTree.Element] = field(default_factory=list)

    def row(self, line: int, wide: int) -> list[str | float | None]:
        return [self.cells.get((line, at)) for at in range(wide)]

    def texts(self) -> list[str]:
        return [str(each) for each in self.cells.values()]


def read_workbook(path: Path) -> dict[str, Page]:
    """All sheets by name, in their order."""
    found: dict[str, Page] = {}
    with zipfile.ZipFile(path) as book:

        def xml(name: str) -> ElementTree.Element:
            return ElementTree.fromstring(book.read(name))  # noqa: S314  our own file

        shared = ["".join(each.itertext()) for each in xml("xl/sharedStrings.xml").iter(f"{MAIN}si")]
        codes = {
            each.get("numFmtId"): each.get("formatCode", "") for each in xml("xl/styles.xml").iter(f"{MAIN}numFmt")
        }
        codes |= {"3": "#,##0", "4": "#,##0.00"}  # those that every workbook has
        styles = xml("xl/styles.xml").find(f"{MAIN}cellXfs")
        assert styles is not None
        looks = [codes.get(each.get("numFmtId"), "") for each in styles]
        for number, sheet in enumerate(xml("xl/workbook.xml").iter(f"{MAIN}sheet"), 1):
            page = found[sheet.get("name", "")] = Page()
            content = xml(f"xl/worksheets/sheet{number}.xml")
            assert not list(content.iter(f"{MAIN}f")) and not list(content.iter(f"{MAIN}hyperlink"))
            for cell in content.iter(f"{MAIN}c"):
                at, value = place(cell.get("r", "")), cell.findtext(f"{MAIN}v") or ""
                page.cells[at] = shared[int(value)] if cell.get("t") == "s" else float(value)
                page.formats[at] = looks[int(cell.get("s", "0"))]
            related = f"xl/worksheets/_rels/sheet{number}.xml.rels"
            for target in targets(xml(related)) if related in book.namelist() else []:
                if "comments" in target:
                    page.noted = {place(each.get("ref", "")) for each in xml(target).iter(f"{MAIN}comment")}
                elif "drawings/drawing" in target:
                    rels = xml(target.replace("drawings/", "drawings/_rels/") + ".rels")
                    page.charts = [xml(each) for each in targets(rels)]
    return found


def targets(rels: ElementTree.Element) -> list[str]:
    return [f"xl/{each.get('Target', '').removeprefix('../')}" for each in rels]


def place(name: str) -> tuple[int, int]:
    """A1 → (0, 0)."""
    match = re.fullmatch(r"([A-Z]+)(\d+)", name)
    assert match is not None, name
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def plotted(chart: ElementTree.Element) -> list[tuple[str, int, int, int]]:
    """What a chart's series read: sheet, column, first and last line (all from 0)."""
    found = []
    for values in chart.iter(f"{CHART}val"):
        match = re.fullmatch(r"'?(.+?)'?!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)", values.findtext(f".//{CHART}f") or "")
        assert match is not None and match[2] == match[4]
        column = place(f"{match[2]}1")[1]
        found.append((match[1].replace("''", "'"), column, int(match[3]) - 1, int(match[5]) - 1))
    return found


def kinds(chart: ElementTree.Element) -> set[str]:
    """bar or line."""
    return {name for name in ("barChart", "lineChart") if list(chart.iter(f"{CHART}{name}"))}


def read_csv(path: Path) -> list[list[str]]:
    """All lines."""
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def csv_table(lines: list[list[str]], name: str) -> tuple[list[str], list[list[str]], list[str]]:
    """Head, rows and notes of the table of that name; the first one stands there without its name."""
    at = lines.index([name]) + 1 if [name] in lines else 0
    rows = []
    end = at + 1
    while end < len(lines) and lines[end]:
        rows.append(lines[end])
        end += 1
    notes = []
    end += 1
    while end < len(lines) and lines[end]:
        notes.append("".join(lines[end]))
        end += 1
    return lines[at], rows, notes


def pdf_text(path: Path) -> list[str]:
    """Every page without blanks, because a line on paper may end between any two characters.

    pypdf reads codes of two bytes as such only up to 255 different characters; this does for all.
    """
    found = []
    for page in PdfReader(path).pages:
        fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
        known = {name: _unicode(fonts[name]["/ToUnicode"].get_data().decode()) for name in fonts}
        content = page.get_contents()
        assert content is not None
        font, said = "", []
        for operands, operator in content.operations:
            if operator == b"Tf":
                font = operands[0]
            elif operator in {b"Tj", b"TJ"}:
                parts = operands[0] if operator == b"TJ" else operands
                codes = b"".join(each.original_bytes for each in parts if hasattr(each, "original_bytes"))
                said += [known[font][code] for (code,) in struct.iter_unpack(">H", codes)]
        found.append("".join("".join(said).split()))
    return found


def _unicode(cmap: str) -> dict[int, str]:
    """A font's codes, as its ToUnicode table has them."""
    pairs = re.findall(r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", cmap)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def squeezed(text: Any) -> str:
    """As `pdf_text` has it."""
    return "".join(str(text).split())


def expected(table: TableView, row: RowView) -> list[str | float | None]:
    """The cells of a row as a file must have them: worked out here, not by what wrote them."""
    found: list[str | float | None] = []
    for column, raw in zip(table.columns, row.raw, strict=True):
        unit = unit_of(row.drill.figure) if column.unit == "figure" and row.drill else column.unit
        if row.hidden and column.unit:
            found.append(t("export.hidden"))
        elif unit == "fen" and isinstance(raw, int | float):
            found.append(round(raw / 100, 2))
        else:
            found.append(raw)
    return found


def as_text(value: str | float | None, unit: str) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return f"{value:.2f}" if unit == "fen" else str(value)


def units(table: TableView, row: RowView) -> list[str]:
    own = unit_of(row.drill.figure) if row.drill else ""
    return [own if each.unit == "figure" else each.unit for each in table.columns]
