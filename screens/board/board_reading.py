"""Which section of which day is wanted, and the way to it: one question at a time, what is known is only refreshed."""

from collections.abc import Callable
from datetime import date
from time import strftime
from typing import TYPE_CHECKING

from branch_console.figure_views.board import BoardView, Section
from screens.board.desk import figures_of

if TYPE_CHECKING:
    from screens.board.board_screen import BoardScreen


class BoardReading:
    """`arrived` is called with every view that differs from the one before, in the section that is wanted then."""

    def __init__(self, screen: "BoardScreen", arrived: Callable[[BoardView], None]) -> None:
        self._screen = screen
        self._arrived = arrived
        self.day: date | None = None
        """None: today. What was today becomes the next day at midnight, in a refresh."""
        self.section: Section = "overview"
        self._views: dict[Section, BoardView] = {}
        self._asking = self._again = False
        self._round = 0
        self._minute = ""
        self.failure: Exception | None = None
        """Why the last question was not answered; said once, until an answer comes."""

    @property
    def view(self) -> BoardView | None:
        """The section that is wanted, as it was when it was last read."""
        return self._views.get(self.section)

    @property
    def due(self) -> bool:
        """What is expected by now moves with the clock; a count that goes on is looked at again and again."""
        return this_minute() != self._minute or (self.view is not None and self.view.counting is not None)

    def forget(self) -> None:
        """What was read is of another day, or in another language; an answer that is still under way too."""
        self._views.clear()
        self._round += 1

    def read(self) -> None:
        """Ask for what is wanted; a wish while asking is remembered."""
        self._minute = this_minute()
        if self._asking:
            self._again = True
            return
        self._asking = True
        day, section, known, asked = self.day, self.section, self.view, self._round

        def work() -> BoardView | None:
            figures = figures_of(self._screen)
            return figures.board(day, section, whole=False) if known is None else figures.refresh(known)

        def answered(view: BoardView | None) -> None:
            self._asking, self.failure = False, None
            if asked == self._round and view is not None:
                self._take(view)
            self._go_on()

        self._screen.ask(work, answered, self._refused, group="board")

    def _take(self, view: BoardView) -> None:
        self._views[view.section] = view
        self._again = self._again or view.unfinished
        if view.section == self.section:
            self._arrived(view)

    def _refused(self, error: Exception) -> None:
        self._asking = False
        if self._screen.on_top:  # else: locked or left meanwhile, and read anew when it is shown again
            said_already, self.failure = self.failure is not None, error
            self._screen.showing.refused(error)
            if not said_already:
                self._screen.shell.show_error(error)
        self._again = self._again and self.failure is None
        self._go_on()

    def _go_on(self) -> None:
        if self._again or (self.view is None and self.failure is None and self._screen.on_top):
            self._again = False
            self.read()


def this_minute() -> str:
    """The minute by the clock on the wall."""
    return strftime("%H:%M")
