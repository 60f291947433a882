"""The lists that one may choose from, in one line; arrows left and right change them from the list itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets import css_beside


class TabRow(Widget):
    """Never has the focus: one key less on the way to the list."""

    DEFAULT_CSS = css_beside(__file__)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tab-row--current"}

    current: reactive[str] = reactive("")

    @dataclass
    class Chosen(Message):
        """A tab was clicked."""

        tab: str

    def __init__(self, tabs: Sequence[tuple[str, str]], current: str) -> None:
        super().__init__()
        self._tabs = tuple(tabs)
        self.set_reactive(TabRow.current, current)

    def render_line(self, y: int) -> Strip:
        """All tabs side by side; brackets mark the current one beside its colour."""
        segments = []
        chosen = self.rich_style + self.get_component_rich_style("tab-row--current", partial=True)
        for name, label in self._tabs:
            here = name == self.current
            segments.append(Segment(f"[{label}]" if here else f" {label} ", chosen if here else self.rich_style))
            segments.append(Segment(" ", self.rich_style))
        return Strip(segments if y == 0 else []).adjust_cell_length(self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """To the tab under the mouse."""
        at = event.get_content_offset(self)
        start = 0
        for name, label in self._tabs:
            end = start + cell_len(label) + 3
            if at is not None and start <= at.x < end:
                self.post_message(self.Chosen(name))
            start = end
