"""A screen as an SVG that loads nothing from anywhere and keeps Chinese text in its cells."""

import html
import re
import sys
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len

FONTS = "'Fira Code', 'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace"
CELL = 12.2  # how wide the exporter draws one


def write_picture(svg: str, path: Path) -> None:
    """Without the exporter's web fonts: a picture loads nothing from anywhere. Every character in its cells."""
    svg = re.sub(r"\s*@font-face\s*{[^}]*}", "", svg)
    svg = svg.replace("font-family: Fira Code, monospace", f"font-family: {FONTS}")
    svg = re.sub(
        r'<text ([^>]*?)x="([\d.]+)" ([^>]*?)textLength="[\d.]+" ([^>]*)>(.*?)</text>', _in_cells, svg, flags=re.S
    )
    path.write_text(svg, encoding="utf-8")
    sys.stdout.write(f"{path.name}  {len(svg.encode()) // 1024} kB\n")


def _in_cells(found: re.Match[str]) -> str:
    """One text as runs of wide and of narrow characters: the exporter counts characters, not cells, for the length."""
    first, x, middle, last, content = found.groups()
    at, runs = float(x), []
    for (_, blank), group in groupby(html.unescape(content).strip("\n"), _kind):
        text = "".join(group)
        width = cell_len(text) * CELL
        if not blank:
            attributes = f'{first}x="{at:.1f}" {middle}textLength="{width:.1f}" {last}'
            runs.append(f"<text {attributes}>{html.escape(text, quote=False)}</text>")
        at += width
    return "".join(runs)


def _kind(character: str) -> tuple[bool, bool]:
    return cell_len(character) > 1, character in " \xa0"
