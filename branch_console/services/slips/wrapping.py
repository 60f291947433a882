"""Breaking text into lines as Chinese and English do, for any measure of width.

Between Han characters a line may end anywhere, but never before a closing mark or behind an opening one; Latin words
and numbers stay whole unless they alone are wider than a line.
"""

import re
from collections.abc import Callable, Iterator
from unicodedata import combining, east_asian_width

from branch_console.security.text import clean

CLOSING = "，。、；：？！）》」』】〉”’…—％%)],.;:?!"
OPENING = "（《「『【〈“‘([¥￥"

Measure = Callable[[str], float]

_PIECES = re.compile(r"\s+|[!-~\u00a1-\u024f]+|.", re.DOTALL)


def cells(text: str) -> int:
    """The width of text on a printer for Chinese, which prints what is ambiguous (… · ★) as wide as a Han character."""
    return sum(0 if combining(each) else 2 if east_asian_width(each) in "WFA" else 1 for each in text)


def one_line(text: str) -> str:
    """Text from people on one line: cleaned, each run of blanks and line breaks one blank."""
    return " ".join(clean(text).split())


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of a text, none wider than `width`; at least one. `width` must hold any single character."""
    lines: list[str] = []
    line = ""
    for unit in _units(one_line(text), width, measure):
        if line and measure((line + unit).rstrip()) > width:
            lines.append(line.rstrip())
            line = unit.lstrip()
        else:
            line += unit
    return [*lines, line.rstrip()] if line.rstrip() or not lines else lines


def _units(text: str, width: float, measure: Measure) -> Iterator[str]:
    """What must not be parted: a word or a Han character, with the marks that cling to it."""
    unit = ""
    for piece in _PIECES.findall(text):
        joins = unit and (piece[0] in CLOSING or unit[-1] in OPENING or combining(piece[0]))
        if joins and not piece.isspace() and measure(unit + piece) <= width:
            unit += piece
            continue
        if unit:
            yield unit
        unit = piece
        while measure(unit) > width:
            cut = _fitting(unit, width, measure)
            yield unit[:cut]
            unit = unit[cut:]
    if unit:
        yield unit


def _fitting(word: str, width: float, measure: Measure) -> int:
    """How many characters of a long word fit on a line, at least one."""
    cut = 1
    while cut < len(word) and measure(word[: cut + 1]) <= width:
        cut += 1
    return cut
