"""The tabs of the queue, each with its number of cases; a second line when one is not enough."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from screens.onboarding.tab_row import TabRow
from screens.widgets import css_beside


class CountedTabs(Widget):
    """Never has the focus: the list changes the tab with left and right. A click posts `TabRow.Chosen`."""

    DEFAULT_CSS = css_beside(__file__)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tabs--current", "tabs--count"}

    current: reactive[str] = reactive("")
    counts: reactive[Mapping[str, int]] = reactive(dict, layout=True)

    def __init__(self, tabs: Sequence[tuple[str, str]], current: str) -> None:
        """`tabs`: name and label of each."""
        super().__init__()
        self._tabs = tuple(tabs)
        self.set_reactive(CountedTabs.current, current)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the tabs need."""
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """One line of tabs; brackets mark the current one beside its colour."""
        lines = self._lines(self.size.width)
        quiet = self.rich_style + self.get_component_rich_style("tabs--count", partial=True)
        chosen = self.rich_style + self.get_component_rich_style("tabs--current", partial=True)
        segments = []
        for name, label in lines[y] if y < len(lines) else ():
            here = name == self.current
            style = chosen if here else self.rich_style
            segments += [Segment("[" if here else " ", style), Segment(label, style)]
            if name in self.counts:
                segments.append(Segment(f" {self.counts[name]}", chosen if here else quiet))
            segments += [Segment("]" if here else " ", style), Segment(" ", self.rich_style)]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """To the tab under the mouse."""
        at = event.get_content_offset(self)
        lines = self._lines(self.size.width)
        if at is None or at.y >= len(lines):
            return
        start = 0
        for name, label in lines[at.y]:
            end = start + self._cells(name, label)
            if start <= at.x < end:
                self.post_message(TabRow.Chosen(name))
            start = end

    def _lines(self, width: int) -> list[list[tuple[str, str]]]:
        """The tabs, line by line."""
        lines: list[list[tuple[str, str]]] = [[]]
        used = 0
        for name, label in self._tabs:
            cells = self._cells(name, label)
            if used + cells - 1 > width and lines[-1]:
                lines.append([])
                used = 0
            lines[-1].append((name, label))
            used += cells
        return lines

    def _cells(self, name: str, label: str) -> int:
        """Label, count, brackets, and the blank behind."""
        count = len(f" {self.counts[name]}") if name in self.counts else 0
        return cell_len(label) + count + 3
