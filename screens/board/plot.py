"""A control chart in cells: the values with their centre and limits, a value axis left, days below."""

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from branch_console.figure_views.detail import PlotView
from screens.board.plot_grid import LAYERS, Grid, chart, labels
from screens.board.plot_scale import Scale, number, scale_of
from screens.text import fit, one_line
from screens.widgets import css_beside


class Plot(Widget):
    """Draws one plot into the room that it is given. What it shows is also said in words (plot_words.py).

    Own, on the Line API: tokens of the theme, both sets of characters, and no state beside the plot.
    """

    DEFAULT_CSS = css_beside(__file__)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"plot--axis", *(f"plot--{layer}" for layer in LAYERS if layer)}

    plot: reactive[PlotView | None] = reactive(None)

    def __init__(self, plot: PlotView | None = None) -> None:
        super().__init__()
        self.set_reactive(Plot.plot, plot)
        self._drawn: tuple[object, Scale, Grid] | None = None

    def watch_plot(self) -> None:
        """Draw anew."""
        self._drawn = None

    def notify_style_update(self) -> None:
        """Other characters perhaps."""
        self._drawn = None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """A row of the plot, or the days below it."""
        width, height, base = self.size.width, self.size.height, self.rich_style
        plot = self.plot
        if plot is None or not plot.points or height < 3 or width < 16:
            return Strip.blank(width, base)
        rows = height - 1
        scale = scale_of(plot, rows)
        marks = {scale.row(mark, rows): number(mark, plot.unit) for mark in scale.marks}
        axis = max(cell_len(each) for each in marks.values()) + 1
        room = width - axis
        quiet = base + self._part("axis")
        if y >= rows:
            return Strip([Segment(" " * axis, base), Segment(_days(plot, room), quiet)]).adjust_cell_length(width, base)
        segments = [Segment(f"{fit(marks.get(y, ''), axis - 1, right=True)} ", quiet)]
        for character, layer in self._grid(plot, scale, room, rows).row(y):
            segments.append(Segment(character, base + self._part(layer) if layer else base))
        return Strip(segments).simplify().adjust_cell_length(width, base)

    def _grid(self, plot: PlotView, scale: Scale, width: int, height: int) -> Grid:
        size = (plot, width, height)
        if self._drawn is None or self._drawn[0] != size:
            self._drawn = (size, scale, chart(plot, scale, width, height))
        return self._drawn[2]

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(f"plot--{name}", partial=True)


def _days(plot: PlotView, width: int) -> str:
    """The labels under their points; one that would touch the one before it is left out."""
    text = ""
    for column, point in labels(plot.points, width):
        label = one_line(point.label)
        at = min(column - cell_len(label) // 2, width - cell_len(label))
        if at > cell_len(text) or not text:
            text += " " * max(at - cell_len(text), 0) + label
    return fit(text, width)
