"""A QR code drawn with characters, to be photographed by the customer's phone."""

from functools import cached_property

import segno
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets import css_beside

QUIET = 2
"""Light modules around the code. The standard asks for 4; phones read 2, and 80×24 has no room for more."""
_CODE = Style(color="#000000", bgcolor="#ffffff")


class QrCode(Widget):
    """Two rows of modules in one line of half blocks, always black on white whatever the theme."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, text: str, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._text = text

    @property
    def modules(self) -> int:
        """How many there are in a row, light ones around included."""
        return len(self._modules)

    @cached_property
    def _modules(self) -> list[list[bool]]:
        code = segno.make(self._text, error="m", boost_error=False, micro=False)
        return [[bool(module) for module in row] for row in code.matrix_iter(scale=1, border=QUIET)]

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """One cell a module."""
        return len(self._modules)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Two modules a line."""
        return (len(self._modules) + 1) // 2

    def render_line(self, y: int) -> Strip:
        """One line: upper and lower modules as half blocks."""
        modules = self._modules
        if 2 * y >= len(modules):
            return Strip.blank(self.size.width, self.rich_style)
        upper = modules[2 * y]
        lower = modules[2 * y + 1] if 2 * y + 1 < len(modules) else [False] * len(upper)
        blocks = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
        text = "".join(blocks[pair] for pair in zip(upper, lower, strict=True))
        return Strip([Segment(text, _CODE)]).extend_cell_length(self.size.width, self.rich_style)
