"""One tile in two or three lines of a given width."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from branch_console.figure_views.board import TileView
from screens.board.blocks import spark
from screens.board.tones import STYLES, tone_sign
from screens.signs import sign
from screens.text import fit, one_line

LEAST_SPARK = 5


@dataclass(frozen=True, slots=True)
class Styles:
    """The tile's own ground, and what lies on it by name."""

    base: Style
    named: Callable[[str], Style]


def tile_lines(tile: TileView, width: int, lines: int, styles: Styles, here: bool) -> list[list[Segment]]:
    """Segments of exactly `width` cells for each line."""
    mark = Segment(f"{sign('cursor')} " if here else "  ", styles.named("spark"))
    inner = width - 2
    value = one_line(tile.value)
    before = _before(tile, inner, styles)
    if lines == 2:
        return [[mark, *_tight(tile, value, inner, styles)], [mark, before]]
    detail = fit(one_line(tile.detail), max(inner - cell_len(one_line(tile.label)) - 2, 0), right=True)
    label = fit(one_line(tile.label), inner - cell_len(detail))
    head = [Segment(label, styles.named("label")), Segment(detail, styles.named("label"))]
    return [[mark, *head], [mark, *_value(tile, value, inner, styles)], [mark, before]]


def _tight(tile: TileView, value: str, inner: int, styles: Styles) -> list[Segment]:
    """Label, value and as much of the sparkline as there is room for, in one line."""
    label = one_line(tile.label)
    label_cells = min(cell_len(label), max(inner - cell_len(value) - 1, 4))
    rest = inner - label_cells - 1
    value_cells = min(cell_len(value), rest)
    drawn = spark(tile.spark, rest - value_cells - 1) if rest - value_cells - 1 >= LEAST_SPARK else ""
    return [
        Segment(fit(label, label_cells), styles.named("label")),
        Segment(" ", styles.base),
        Segment(fit(value, value_cells), styles.named("value")),
        Segment(fit(f" {drawn}", rest - value_cells), styles.named("spark")),
    ]


def _value(tile: TileView, value: str, inner: int, styles: Styles) -> list[Segment]:
    cells = min(cell_len(value), inner)
    return [
        Segment(fit(value, cells), styles.named("value")),
        Segment(fit(f"  {spark(tile.spark, inner - cells - 2)}", inner - cells), styles.named("spark")),
    ]


def _before(tile: TileView, inner: int, styles: Styles) -> Segment:
    """The comparison, with the sign of its tone."""
    mark = tone_sign(tile.tone).strip()
    mark = f"{mark} " if mark else ""
    return Segment(fit(mark + one_line(tile.before), inner), styles.named(STYLES[tile.tone] or "muted"))
