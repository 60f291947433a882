"""The Day board (F7): tiles, target, signals, and the tables of a section of one business day."""

from time import strftime
from typing import ClassVar, cast

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Resize

from branch_console.errors import words
from branch_console.figure_views.board import SECTIONS, BoardView, Section
from branch_console.locale import t
from screens.base import BranchScreen
from screens.board.beside import Beside
from screens.board.board_head import BoardHead
from screens.board.board_reading import BoardReading
from screens.board.detail_body import DetailBody
from screens.board.doing import Doing
from screens.board.exporting import why_not_export
from screens.board.figure_list import FigureList, SectionList
from screens.board.lines import BoardLine, board_lines
from screens.board.signal_line import SignalLine
from screens.board.target_bars import TargetBars
from screens.board.tile_strip import TileStrip
from screens.commands import Command
from screens.onboarding.tab_row import TabRow
from screens.widgets import css_beside
from screens.widgets.row_list import RowList

BESIDE, BROAD = 110, 150
"""From so many cells on the detail stands beside the list; from so many it is wider."""


class BoardScreen(BranchScreen[None]):
    """Follows what arrives without moving cursor, scroll or focus. Nothing of it is counted on this thread."""

    HELP = "board.help"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#figures"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+left,alt+left", "day(-1)", "board.key.previous", id="board.previous"),
        Binding("ctrl+right,alt+right", "day(1)", "board.key.next", id="board.next", show=False),
        Binding("ctrl+d,d", "pick_day", "board.key.days", id="board.days"),
        Binding("ctrl+g,g", "detail", "board.key.detail", id="board.detail"),
        Binding("ctrl+k,k", "number", "board.key.number", id="board.number", show=False),
        Binding("ctrl+x,x", "export", "board.key.export", id="board.export"),
        Binding("ctrl+a,a", "area", "board.key.area", id="board.area"),
        Binding("escape", "home", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.reading = BoardReading(self, self._show)
        self.beside = Beside(self)
        self._doing = Doing(self)
        self._drawn: Section | None = None
        """The section that the list shows; None: it waits."""
        self._at: dict[Section, str] = {}
        """The row under the cursor in each section."""
        self._minute = ""
        self._can: tuple[object, ...] = ()

    def body(self) -> ComposeResult:
        """Head, tiles, target, signals, sections, list; beside it the detail where there is room."""
        yield BoardHead()
        yield TileStrip(id="tiles")
        yield TargetBars()
        yield SignalLine()
        yield TabRow([(each, t(f"board.tab.{each}")) for each in SECTIONS], self.reading.section)
        with Horizontal(id="middle"):
            yield SectionList(empty=t("board.no_data"), id="figures")
            yield DetailBody(focusable=False, id="beside")

    # --- reading ---

    def on_mount(self) -> None:
        """Look once a second whether another minute has begun."""
        self.query_one(TileStrip).display = self.query_one(TargetBars).display = False
        self.set_interval(1, self._tick)

    def on_screen_resume(self) -> None:
        """Back from the rows, from another area, from the lock: as it is now."""
        self.heard()

    def heard(self) -> None:
        """Something has changed, here or on another terminal."""
        self._minute = this_minute()
        self.reading.read()

    def redrawn(self) -> None:
        """The desk says everything anew in the other language."""
        self._drawn = None
        self.query_one(TileStrip).display = self.query_one(TargetBars).display = False
        self.reading.forget()
        self.reading.read()

    def _tick(self) -> None:
        """What is expected by now moves with the clock; a count that goes on is looked at every second."""
        if not self.is_current or self.reading.failure is not None:
            return
        view = self.reading.view
        if this_minute() != self._minute or (view is not None and view.counting is not None):
            self.heard()

    def refused(self, error: Exception, said_already: bool) -> None:
        """Said once; the list keeps saying it as long as there is nothing to show."""
        for figures in self.query("#figures").results(FigureList):
            if self.reading.view is None:
                figures.empty = words(error)[1]
                figures.show_lines(())
        if not said_already:
            self.shell.show_error(error)

    # --- showing ---

    def _show(self, view: BoardView) -> None:
        for head in self.query(BoardHead):
            head.view = view
        for tiles in self.query(TileStrip):
            tiles.show(view.tiles)
        for targets in self.query(TargetBars):
            targets.show(view.targets if view.section == "overview" else ())
        for line in self.query(SignalLine):
            line.view = view
        for figures in self.query("#figures").results(FigureList):
            figures.show_lines(
                board_lines(view), None if self._drawn == view.section else self._at.get(view.section, "")
            )
        self._drawn = view.section
        self.beside.again()
        can = (view.previous, view.following, view.area)
        if can != self._can:
            self._can = can
            self.refresh_bindings()

    def on_resize(self, event: Resize) -> None:
        """Where there is room, the detail stands beside the list."""
        was = self.beside_shown
        self.set_class(event.size.width >= BESIDE, "-beside")
        self.set_class(event.size.width >= BROAD, "-broad")
        if self.beside_shown and not was:
            self.beside.again()

    @property
    def beside_shown(self) -> bool:
        """Whether there is room for the detail beside the list."""
        return self.has_class("-beside")

    @on(RowList.Highlighted, "#figures")
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        line: BoardLine | None = event.row
        if line is None or self._drawn is None:
            return
        self._at[self._drawn] = line.key
        if self.focused is None or self.focused.id != "tiles":
            self._look_at(line)

    @on(TileStrip.Highlighted)
    def _tile_highlighted(self, event: TileStrip.Highlighted) -> None:
        event.stop()
        if self.reading.view is not None:
            self.beside.look(event.tile.drill, self.reading.view.day)

    def on_descendant_focus(self) -> None:
        """From the tiles back to the list: the detail follows."""
        for figures in self.query("#figures").results(FigureList):
            if figures.has_focus and figures.row is not None:
                self._look_at(figures.row)

    def _look_at(self, line: BoardLine) -> None:
        view = self.reading.view
        self.beside.look(line.drill, view.day if view is not None else None, line.facts, line.why_nothing)

    # --- sections and days ---

    def action_tab(self, by: int) -> None:
        """The next section, round and round."""
        self._turn(SECTIONS[(SECTIONS.index(self.reading.section) + by) % len(SECTIONS)])

    def action_turn(self, name: str) -> None:
        """A section by its name."""
        self._turn(cast("Section", name))

    @on(TabRow.Chosen)
    def _tab_chosen(self, event: TabRow.Chosen) -> None:
        event.stop()
        self.action_turn(event.tab)

    def _turn(self, section: Section) -> None:
        self.reading.section = section
        for tabs in self.query(TabRow):
            tabs.current = section
        for figures in self.query("#figures").results(FigureList):
            figures.focus()
        self.show_known()

    def show_known(self) -> None:
        """What was read of it before, at once; then as it is now."""
        view = self.reading.view
        if view is not None:
            self._show(view)
        else:
            self._drawn = None
            for figures in self.query("#figures").results(FigureList):
                figures.wait()
        self.heard()

    def action_home(self) -> None:
        """From another day back to today; then leave the area."""
        if self.reading.day is None:
            raise SkipAction
        self._doing.open_day(None)

    # --- keys ---

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """In words."""
        view = self.reading.view
        if action == "day" and view is not None:
            if parameters == (-1,) and view.previous is None:
                return t("board.no_earlier")
            if parameters == (1,) and view.following is None:
                return t("board.no_later")
        if action in {"day", "pick_day", "export", "area"} and view is None:
            return t("common.loading")
        if action == "export":
            return why_not_export(self)
        if action == "area" and view is not None and not view.area:
            return t("board.area.not_yours")
        return super().why_not(action, parameters)

    def action_day(self, by: int) -> None:
        """The day before or after."""
        view = self.reading.view
        day = None if view is None else view.previous if by < 0 else view.following
        if day is not None:
            self._doing.open_day(day)

    def action_pick_day(self) -> None:
        """Any day."""
        self._doing.pick_day()

    def action_detail(self) -> None:
        """The number under the cursor in depth."""
        self._doing.detail()

    def action_number(self) -> None:
        """Another number of the row."""
        self._doing.number()

    def action_export(self) -> None:
        """What is on the screen, into a file."""
        self._doing.export()

    def action_area(self) -> None:
        """Several branches side by side."""
        self._doing.area()

    @on(RowList.Selected, "#figures")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self._doing.open_line(event.row)

    @on(TileStrip.Selected)
    def _tile_selected(self, event: TileStrip.Selected) -> None:
        event.stop()
        self._doing.rows(event.tile.drill)

    def commands(self) -> list[Command]:
        """The sections for the palette."""
        return [Command(f"board.go.{each}", f"turn('{each}')") for each in SECTIONS]


def this_minute() -> str:
    """The minute by the clock on the wall."""
    return strftime("%H:%M")
