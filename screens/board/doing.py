"""What the keys of the board lead to: days, rows, details, branches, files."""

from datetime import date
from typing import TYPE_CHECKING

from branch_console.figure_views.board import SECTIONS, DaySpan
from branch_console.figure_views.tables import Drill
from branch_console.locale import t
from screens.board.area_screen import AreaScreen
from screens.board.day_picker import DayPicker
from screens.board.defining import asked_figures
from screens.board.definitions_screen import DefinitionsScreen
from screens.board.desk import figures_of
from screens.board.detail_screen import DetailScreen
from screens.board.exporting import open_export, why_not_export
from screens.board.figure_list import FigureList
from screens.board.lines import BoardLine
from screens.board.rows_screen import RowsScreen
from screens.board.tile_strip import TileStrip
from screens.commands import Command
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.widgets.choices import Option

if TYPE_CHECKING:
    from screens.board.board_screen import BoardScreen


class Doing:
    """One screen above the board at a time: a second key before it is there does nothing."""

    def __init__(self, screen: "BoardScreen") -> None:
        self._screen = screen
        self._asking_days = False

    @property
    def _day(self) -> date | None:
        view = self._screen.reading.view
        return view.day if view is not None else None

    def do(self, what: str) -> None:
        """What a key stands for, by its name."""
        acts = {
            "pick_day": self._pick_day,
            "detail": self._under_cursor,
            "number": self._number,
            "export": self._export,
            "area": self._area,
            "define": self._define,
        }
        acts[what]()

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """In words, why a key does nothing now."""
        view = self._screen.reading.view
        what = str(parameters[0]) if action == "do" and parameters else action
        if what not in {"day", "pick_day", "export", "area"}:
            return ""
        if view is None:
            return t("common.loading")
        why = ""
        if what == "day":
            earlier = parameters == (-1,)
            if (view.previous if earlier else view.following) is None:
                why = t("board.no_earlier" if earlier else "board.no_later")
        elif what == "export":
            why = why_not_export(self._screen)
        elif what == "area" and not view.area:
            why = t("board.area.not_yours")
        return why

    def commands(self) -> list[Command]:
        """Days and sections for the palette."""
        days = [
            Command("command.board.previous", "day(-1)", "ctrl+left", not self.why_not("day", (-1,))),
            Command("command.board.next", "day(1)", "ctrl+right", not self.why_not("day", (1,))),
            Command("command.board.days", "do('pick_day')", "ctrl+d"),
            Command("command.board.define", "do('define')", "ctrl+e"),
        ]
        return [*days, *(Command(f"board.go.{each}", f"turn('{each}')") for each in SECTIONS)]

    # --- days ---

    def go(self, by: int) -> None:
        """The day before or after."""
        view = self._screen.reading.view
        day = None if view is None else view.previous if by < 0 else view.following
        if day is not None:
            self.open_day(day)

    def open_day(self, day: date | None) -> None:
        """Another day; None: today."""
        reading = self._screen.reading
        reading.day = day
        reading.forget()
        self._screen.show_known()

    def _pick_day(self) -> None:
        """The days that can be opened."""
        if not self._asking_days:
            self._asking_days = True
            self._screen.ask(lambda: figures_of(self._screen).days(), self._choose, self._no_days, group="days")

    def _choose(self, days: DaySpan) -> None:
        self._asking_days = False
        shown = self._day
        if self._screen.on_top and shown is not None:
            self._screen.app.push_screen(DayPicker(days, shown), self._chosen)

    def _no_days(self, error: Exception) -> None:
        self._asking_days = False
        if self._screen.on_top:
            self._screen.shell.show_error(error)

    def _chosen(self, day: date | None) -> None:
        view = self._screen.reading.view
        if day is not None and (view is None or day != view.day):
            self.open_day(day)

    # --- the number under the cursor ---

    def open_line(self, line: BoardLine) -> None:
        """The rows behind a row's number; of a signal its chart."""
        if line.signal and line.drill is not None:
            self._detail(line.drill)
        elif line.kind != "empty":
            self.rows(line.drill, line)

    def rows(self, drill: Drill | None, line: BoardLine | None = None) -> None:
        """The rows behind a number, or why there are none."""
        if line is not None and line.why_nothing:
            self._screen.notify(line.why_nothing, severity="warning")
        elif drill is not None and self._day is not None and self._screen.on_top:
            self._screen.app.push_screen(RowsScreen(drill, self._day))

    def _under_cursor(self) -> None:
        """The number under the cursor in depth, of the tiles or of the list."""
        tiles = self._screen.query_one(TileStrip)
        if tiles.has_focus and tiles.tile is not None:
            self._detail(tiles.tile.drill)
        elif (line := self._line()) is not None:
            if line.why_nothing:
                self._screen.notify(line.why_nothing, severity="warning")
            elif line.drill is not None:
                self._detail(line.drill, line)

    def _define(self) -> None:
        """How the number under the cursor is defined, and all others of the section."""
        tiles, view = self._screen.query_one(TileStrip), self._screen.reading.view
        tile = tiles.tile if tiles.has_focus else None
        figures = asked_figures(
            view, tile.drill if tile is not None else None, None if tile is not None else self._line()
        )
        if self._screen.on_top:
            self._screen.app.push_screen(DefinitionsScreen(figures))

    def _detail(self, drill: Drill, line: BoardLine | None = None) -> None:
        if self._day is not None and self._screen.on_top:
            self._screen.app.push_screen(DetailScreen(drill, self._day, line.facts if line is not None else ()))

    def _number(self) -> None:
        """The rows behind another number of the row: which one is asked."""
        line = self._line()
        if line is None or line.why_nothing or not line.numbers:
            self._screen.notify(t("board.number.none"), severity="warning")
            return
        options = [Option(drill.figure, label, note=text) for drill, label, text in line.numbers]
        drills = {drill.figure: drill for drill, _label, _text in line.numbers}

        def picked(answer: Picked | None) -> None:
            if answer is not None:
                self.rows(drills[answer.value])

        self._screen.app.push_screen(PickDialog(t("board.number.title"), options), picked)

    def _line(self) -> BoardLine | None:
        line = self._screen.query_one("#figures", FigureList).row
        return line if line is not None and line.stands and line.kind != "empty" else None

    # --- others ---

    def _export(self) -> None:
        """What is on the screen, into a file."""
        view = self._screen.reading.view
        if view is not None and self._screen.on_top:
            open_export(self._screen, view)

    def _area(self) -> None:
        """Several branches side by side."""
        if self._day is not None and self._screen.on_top:
            self._screen.app.push_screen(AreaScreen(self._day))
