"""A page of lines that is scrolled by keys: drawn line by line, so that its length costs nothing."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.text import one_line
from screens.widgets import css_beside
from screens.widgets.row_drawing import TONES

Line = tuple[tuple[str, str], ...]
"""Parts of one line: text and tone (muted, accent, success, warning, error, strong or empty)."""
LayOut = Callable[[int], Iterable[Line]]
"""The lines for a width in cells."""
_TONES = (*TONES, "strong")


def nothing(width: int) -> Iterable[Line]:  # noqa: ARG001  a page of any width
    """An empty page."""
    return ()


class Paper(ScrollView, can_focus=True):
    """Text is data: whatever stands in a line is drawn as it is, in exactly the cells that there are."""

    DEFAULT_CSS = css_beside(__file__)
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"paper--{tone}" for tone in _TONES}

    def __init__(self, lay_out: LayOut = nothing, *, id: str | None = None, classes: str = "") -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._lay_out = lay_out
        self._lines: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines as they are laid out now."""
        return self._lines

    def show(self, lay_out: LayOut) -> None:
        """Another page; the place in it stays."""
        self._lay_out = lay_out
        self._lay()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002  the region says more
        """Other widths break lines elsewhere."""
        self._lay()

    def _lay(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        self._lines = tuple(self._lay_out(width))
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line."""
        width, base = self.scrollable_content_region.width, self.rich_style
        at = y + self.scroll_offset.y
        if at >= len(self._lines):
            return Strip.blank(width, base)
        segments = [Segment(one_line(text), base + self._style(tone)) for text, tone in self._lines[at]]
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, tone: str) -> Style:
        return self.get_component_rich_style(f"paper--{tone}", partial=True) if tone in _TONES else Style.null()

    def kept(self) -> object:
        """How far it was scrolled."""
        return self.scroll_offset.y

    def restore(self, kept: object) -> None:
        """Take it back after a redraw in another language."""
        if isinstance(kept, int):
            self.call_after_refresh(self.scroll_to, y=kept, animate=False, force=True)
