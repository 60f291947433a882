"""A telephone number in digits that can be read from the other side of the counter, drawn with plain characters."""

from typing import Final

from rich.segment import Segment
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from screens.signs import sign
from screens.text import fit, one_line

ROWS: Final = 5
_SHAPES: Final = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "-": ("   ", "   ", "###", "   ", "   "),
    " ": ("   ", "   ", "   ", "   ", "   "),
}


def drawn(number: str, cells: int) -> list[str]:
    """The number in five lines of at most so many cells; in one line as it stands when it cannot be drawn so."""
    text = one_line(number).strip()
    if not text or any(each not in _SHAPES for each in text):
        return [fit(text, cells)]
    for wide in (2, 1):
        if len(text) * (3 * wide + wide) - wide <= cells:
            return [_line(text, row, wide) for row in range(ROWS)]
    return [fit(text, cells)]


def _line(text: str, row: int, wide: int) -> str:
    marks = (" " * wide).join(
        "".join((sign("block") if mark == "#" else " ") * wide for mark in _SHAPES[each][row]) for each in text
    )
    return marks.rstrip()


class BigNumber(Widget):
    """As large as the console has room for."""

    DEFAULT_CSS = "BigNumber { height: auto; width: 1fr; color: $warning; text-style: bold; }"

    number: reactive[str] = reactive("", layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Five lines, or one."""
        return len(drawn(self.number, max(width, 1)))

    def render_line(self, y: int) -> Strip:
        """One line of all digits."""
        width = self.size.width
        lines = drawn(self.number, max(width, 1))
        text = lines[y] if y < len(lines) else ""
        return Strip([Segment(text, self.rich_style)]).adjust_cell_length(width, self.rich_style)
