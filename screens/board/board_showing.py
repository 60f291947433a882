"""What the widgets of the board show: the view of the section that is wanted, without moving anybody's cursor."""

from typing import TYPE_CHECKING

from branch_console.errors import words
from branch_console.figure_views.board import BoardView, Section
from screens.board.board_head import BoardHead
from screens.board.figure_list import FigureList
from screens.board.lines import BoardLine, board_lines
from screens.board.target_bars import TargetBars
from screens.board.tile_strip import TileStrip

if TYPE_CHECKING:
    from screens.board.board_screen import BoardScreen


class BoardShowing:
    """Widgets are looked for each time: while the console is being left, there may be none any more."""

    def __init__(self, screen: "BoardScreen") -> None:
        self._screen = screen
        self._drawn: Section | None = None
        """The section that the list shows; None: it waits."""
        self._at: dict[Section, str] = {}
        """The row under the cursor in each section."""
        self._can: tuple[object, ...] = ()

    def show(self, view: BoardView) -> None:
        """Everything of a view. In the list of the same section the cursor stays on its row, in another one it goes
        back to where it stood there.
        """
        screen = self._screen
        for head in screen.query(BoardHead):
            head.view = view
        for tiles in screen.query(TileStrip):
            tiles.show(view.tiles)
        for targets in screen.query(TargetBars):
            targets.show(view.targets)
        at = None if self._drawn == view.section else self._at.get(view.section, "")
        for figures in self._lists():
            figures.show_lines(board_lines(view), at)
        self._drawn = view.section
        screen.beside.again()
        can = (view.previous, view.following, view.area)
        if can != self._can:
            self._can = can
            screen.refresh_bindings()

    def wait(self) -> None:
        """Nothing of the section is known yet."""
        self._drawn = None
        for figures in self._lists():
            figures.wait()

    def empty(self) -> None:
        """The widgets are new, and know nothing."""
        self._drawn = None
        for widget in (*self._screen.query(TileStrip), *self._screen.query(TargetBars)):
            widget.display = False

    def refused(self, error: Exception) -> None:
        """As long as there is nothing to show, the list says why."""
        for figures in self._lists():
            if self._screen.reading.view is None:
                figures.empty = words(error)[1]
                figures.show_lines(())

    def moved(self, line: BoardLine) -> bool:
        """The cursor stands on a row; whether the detail follows it, and not the tiles."""
        if self._drawn is None:
            return False
        self._at[self._drawn] = line.key
        focused = self._screen.focused
        return focused is None or not isinstance(focused, TileStrip)

    def _lists(self) -> list[FigureList]:
        return list(self._screen.query("#figures").results(FigureList))
