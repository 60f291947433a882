"""The detail beside the list: follows the cursor a moment behind it, so that moving never waits for it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.timer import Timer

from branch_console.errors import words
from branch_console.figure_views.detail import DetailView
from branch_console.figure_views.tables import Drill
from branch_console.locale import t
from screens.board.desk import figures_of
from screens.board.detail_body import DetailBody

if TYPE_CHECKING:
    from screens.board.board_screen import BoardScreen

PAUSE = 0.12
"""Seconds for which the cursor must rest before anything is asked."""


class Beside:
    """Asks for one detail at a time; an answer about what is no longer under the cursor is dropped."""

    def __init__(self, screen: "BoardScreen") -> None:
        self._screen = screen
        self._drill: Drill | None = None
        self._row: Sequence[tuple[str, str]] = ()
        self._timer: Timer | None = None
        self._asking = False

    @property
    def waiting(self) -> bool:
        """Whether the detail of what is under the cursor has still to come."""
        return self._asking or self._timer is not None

    @property
    def _wanted(self) -> tuple[Drill, date] | None:
        """What is under the cursor, of the day that the list shows."""
        view = self._screen.reading.view
        return None if self._drill is None or view is None else (self._drill, view.day)

    def look(self, drill: Drill | None, row: Sequence[tuple[str, str]] = (), why: str = "") -> None:
        """Show the detail of a number; without one, `why` there is none."""
        self._drill, self._row = drill, row
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if drill is None:
            self._say(why or t("board.detail.none"))
        elif self._screen.beside_shown:
            self._timer = self._screen.set_timer(PAUSE, self._ask)

    def again(self) -> None:
        """The same anew: its numbers may have changed, or there is room for it now."""
        if self._drill is not None:
            self.look(self._drill, self._row)

    def _ask(self) -> None:
        self._timer = None
        asked = self._wanted
        if asked is None or not self._screen.on_top:
            return
        if self._asking:
            self.again()
            return
        self._asking = True
        drill, day = asked
        self._screen.ask(
            lambda: figures_of(self._screen).detail(drill.figure, drill.group, drill.member, day),
            lambda view: self._arrived(asked, view),
            lambda error: self._refused(asked, error),
            group="detail",
        )

    def _arrived(self, asked: tuple[Drill, date], view: DetailView) -> None:
        self._asking = False
        if asked != self._wanted:
            return
        for body in self._screen.query("#beside").results(DetailBody):
            body.show(view, self._row)

    def _refused(self, asked: tuple[Drill, date], error: Exception) -> None:
        """Beside the list is the place to say it: nothing was asked for by hand."""
        self._asking = False
        if asked == self._wanted:
            self._say(words(error)[1])

    def _say(self, text: str) -> None:
        for body in self._screen.query("#beside").results(DetailBody):
            body.say(text)
