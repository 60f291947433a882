"""The figures of a section as tiles: value, comparison, sparkline. Enter opens the rows behind one."""

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from branch_console.figure_views.board import TileView
from screens.board.tile_drawing import Styles, tile_lines
from screens.board.tones import STYLES
from screens.widgets import css_beside

NARROWEST = 24
"""Cells of a tile at least, one of them between it and the next."""
TALL = 30
"""From so many lines of console on a tile has three of them."""
MOST_ROWS = 4
"""Rows of tiles in sight on a small console; the others are reached with the cursor."""


class TileStrip(Widget, can_focus=True):
    """As many tiles side by side as there is room for, in rows. A click opens what stands under the cursor already."""

    DEFAULT_CSS = css_beside(__file__)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tiles--label", "tiles--value", "tiles--spark", "tiles--cursor",
        *(f"tiles--{style}" for style in STYLES.values() if style),
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("up", "row(-1)", show=False),
        Binding("down", "row(1)", show=False),
        Binding("home", "move(-99)", show=False),
        Binding("end", "move(99)", show=False),
        Binding("enter", "select", "common.open"),
    ]

    tiles: reactive[tuple[TileView, ...]] = reactive((), layout=True)
    cursor: reactive[int] = reactive(0)

    @dataclass
    class Selected(Message):
        """Enter, or a click on the tile under the cursor."""

        tile: TileView

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another tile."""

        tile: TileView

    def show(self, tiles: tuple[TileView, ...]) -> None:
        """Other tiles, or the same with other values; the cursor stays on its figure."""
        before = self.tile
        self.display = bool(tiles)
        self.tiles = tiles
        if before is not None:
            same = [at for at, tile in enumerate(tiles) if tile.drill == before.drill]
            self.cursor = same[0] if same else self.cursor
        self.cursor = self.validate_cursor(self.cursor)

    @property
    def tile(self) -> TileView | None:
        """The tile under the cursor."""
        return self.tiles[self.cursor] if self.cursor < len(self.tiles) else None

    # --- geometry ---

    def _across(self, width: int) -> int:
        return max(1, min(len(self.tiles), (width + 1) // NARROWEST)) if self.tiles else 1

    def _each(self) -> int:
        return 3 if self.app.size.height >= TALL else 2

    def _rows(self, width: int) -> int:
        return -(-len(self.tiles) // self._across(width))

    def _top(self, width: int) -> int:
        """The first row in sight: the cursor's row is always there."""
        seen = max(self.size.height // self._each(), 1)
        return max(0, self.cursor // self._across(width) - seen + 1)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """All rows; on a small console no more than leave room for the list."""
        return min(self._rows(width), MOST_ROWS) * self._each()

    # --- cursor ---

    def validate_cursor(self, cursor: int) -> int:
        """Stay within the tiles."""
        return max(0, min(cursor, len(self.tiles) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Say which tile it is."""
        if old != new and self.tile is not None:
            self.post_message(self.Highlighted(self.tile))

    def on_focus(self) -> None:
        """The detail follows from now on."""
        if self.tile is not None:
            self.post_message(self.Highlighted(self.tile))

    def action_move(self, by: int) -> None:
        """Along the tiles."""
        self.cursor += by

    def action_row(self, by: int) -> None:
        """A row of tiles up or down; down from the last one to the list."""
        across = self._across(self.size.width)
        if by > 0 and self.cursor // across == self._rows(self.size.width) - 1:
            self.screen.focus_next()
        elif self.cursor + by * across >= 0:
            self.cursor += by * across

    def action_select(self) -> None:
        """Open the rows."""
        if self.tile is not None:
            self.post_message(self.Selected(self.tile))

    def on_click(self, event: events.Click) -> None:
        """To the tile under the mouse, or into it."""
        at = event.get_content_offset(self)
        if at is None:
            return
        across = self._across(self.size.width)
        each = self.size.width // across
        index = (at.y // self._each() + self._top(self.size.width)) * across + min(at.x // each, across - 1)
        if index == self.cursor:
            self.action_select()
        elif index < len(self.tiles):
            self.cursor = index

    # --- drawing ---

    def kept(self) -> object:
        """Where the cursor stands."""
        return self.cursor

    def restore(self, kept: object) -> None:
        """Take it back after a redraw in another language; the tiles come with the next answer."""
        if isinstance(kept, int):
            self.set_reactive(TileStrip.cursor, kept)

    def render_line(self, y: int) -> Strip:
        """One line of a row of tiles."""
        width, base = self.size.width, self.rich_style
        if not self.tiles:
            return Strip.blank(width, base)
        across, lines = self._across(width), self._each()
        each = width // across
        row = y // lines + self._top(width)
        segments: list[Segment] = []
        for index in range(row * across, min((row + 1) * across, len(self.tiles))):
            here = index == self.cursor and self.has_focus
            styles = self._styles(base + self._part("cursor") if here else base)
            segments += tile_lines(self.tiles[index], each - 1, lines, styles, here)[y % lines]
            segments.append(Segment(" ", base))
        return self._hinted(Strip(segments).adjust_cell_length(width, base), y)

    def _hinted(self, strip: Strip, y: int) -> Strip:
        """How many tiles are out of sight, at the end of the last line."""
        width = self.size.width
        across, each = self._across(width), self._each()
        shown = min(self.size.height // each, self._rows(width)) * across
        hidden = len(self.tiles) - min(shown, len(self.tiles) - self._top(width) * across)
        if hidden <= 0 or y != self.size.height - 1:
            return strip
        more = f" +{hidden}"
        return Strip([*strip.crop(0, width - len(more)), Segment(more, self.rich_style + self._part("label"))])

    def _styles(self, ground: Style) -> Styles:
        return Styles(ground, lambda name: ground + self._part(name))

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(f"tiles--{name}", partial=True)
