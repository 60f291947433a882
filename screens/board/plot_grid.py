"""A control chart as characters: a grid of braille dots, two by four in a cell, or plain characters in ASCII.

Every cell belongs to one layer, which gives it its colour; where several meet, the most important one does.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from branch_console.figure_views.detail import PlotPoint, PlotView
from screens.board.plot_scale import Scale
from screens.signs import ascii_only, sign

Layer: TypeAlias = Literal["", "limit", "centre", "line", "unusual"]
LAYERS: Final[tuple[Layer, ...]] = ("", "limit", "centre", "line", "unusual")
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


class Grid:
    """Cells with their dots and layers."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._dots = [[0] * width for _ in range(height)]
        self._layers = [[0] * width for _ in range(height)]
        self._marks: dict[tuple[int, int], str] = {}

    def dot(self, x: int, y: int, layer: Layer) -> None:
        """Set one dot; what lies outside is nothing."""
        column, row = x // 2, y // 4
        if not (0 <= column < self.width and 0 <= row < self.height):
            return
        self._dots[row][column] |= _DOTS[y % 4][x % 2]
        self._layers[row][column] = max(self._layers[row][column], LAYERS.index(layer))

    def mark(self, column: int, row: int, character: str, layer: Layer) -> None:
        """A character instead of dots, unless something more important is there."""
        if 0 <= column < self.width and 0 <= row < self.height and LAYERS.index(layer) >= self._layers[row][column]:
            self._marks[column, row] = character
            self._layers[row][column] = LAYERS.index(layer)

    def row(self, y: int) -> list[tuple[str, Layer]]:
        """The cells of a row, left to right."""
        cells: list[tuple[str, Layer]] = []
        for x in range(self.width):
            dots = self._dots[y][x]
            character = self._marks.get((x, y)) or (chr(0x2800 + dots) if dots else " ")
            cells.append((character, LAYERS[self._layers[y][x]]))
        return cells


def column_of(index: int, count: int, width: int) -> int:
    """The cell in which a point stands: the first one left, the last one right."""
    return (width - 1) // 2 if count == 1 else round(index * (width - 1) / (count - 1))


def chart(plot: PlotView, scale: Scale, width: int, height: int) -> Grid:
    """Limits and centre as broken lines, the values as a line with gaps where nothing is known, unusual ones marked."""
    grid = Grid(width, height)
    draw = _plain if ascii_only() else _braille
    draw(grid, plot, scale)
    for index, point in enumerate(plot.points):
        if point.unusual and point.value is not None:
            row = scale.row(point.value, height * (1 if ascii_only() else 4)) // (1 if ascii_only() else 4)
            grid.mark(column_of(index, len(plot.points), width), row, sign("unusual"), "unusual")
    return grid


def _braille(grid: Grid, plot: PlotView, scale: Scale) -> None:
    rows, count = grid.height * 4, len(plot.points)
    for x in range(grid.width * 2):
        point = plot.points[_nearest(x // 2, count, grid.width)]
        for limit in (point.lower, point.upper):
            if limit is not None and x % 3 == 0:
                grid.dot(x, scale.row(limit, rows), "limit")
        if plot.centre is not None and x % 6 < 3:
            grid.dot(x, scale.row(plot.centre, rows), "centre")
    known = [
        (column_of(index, count, grid.width) * 2, scale.row(point.value, rows)) if point.value is not None else None
        for index, point in enumerate(plot.points)
    ]
    for one, other in pairwise(known):
        if one is not None and other is not None:
            for x, y in _line(one, other):
                grid.dot(x, y, "line")
    for place in known:
        if place is not None:
            for x, y in ((0, 0), (1, 0), (0, 1), (1, 1)):
                grid.dot(place[0] + x, min(place[1] + y, rows - 1), "line")


def _plain(grid: Grid, plot: PlotView, scale: Scale) -> None:
    count = len(plot.points)
    for x in range(grid.width):
        point = plot.points[_nearest(x, count, grid.width)]
        for limit in (point.lower, point.upper):
            if limit is not None and x % 2 == 0:
                grid.mark(x, scale.row(limit, grid.height), ".", "limit")
        if plot.centre is not None:
            grid.mark(x, scale.row(plot.centre, grid.height), "-", "centre")
    for index, point in enumerate(plot.points):
        if point.value is not None:
            grid.mark(column_of(index, count, grid.width), scale.row(point.value, grid.height), "o", "line")


def _nearest(column: int, count: int, width: int) -> int:
    """The point whose limits hold in a column."""
    return 0 if count == 1 or width == 1 else round(column * (count - 1) / (width - 1))


def _line(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The dots between two others (Bresenham)."""
    (x, y), (to_x, to_y) = start, end
    across, down = abs(to_x - x), -abs(to_y - y)
    step_x, step_y = (1 if x < to_x else -1), (1 if y < to_y else -1)
    error = across + down
    while True:
        yield x, y
        if (x, y) == (to_x, to_y):
            return
        twice = 2 * error
        if twice >= down:
            error += down
            x += step_x
        if twice <= across:
            error += across
            y += step_y


def labels(points: tuple[PlotPoint, ...], width: int) -> list[tuple[int, PlotPoint]]:
    """The points that are named under the plot, as many as stand apart, the last one always."""
    if not points:
        return []
    every = max(1, -(-len(points) * 8 // max(width, 1)))
    chosen = range(len(points) - 1, -1, -every)
    return [(column_of(index, len(points), width), points[index]) for index in sorted(chosen)]
