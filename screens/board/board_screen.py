"""The Day board (F7): tiles, target, signals, and the tables of a section of one business day."""

from typing import ClassVar, cast

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Resize

from branch_console.figure_views.board import SECTIONS, Section
from branch_console.locale import t
from screens.base import BranchScreen
from screens.board.asking_central import AskingCentral
from screens.board.beside import Beside
from screens.board.board_head import BoardHead
from screens.board.board_reading import BoardReading
from screens.board.board_showing import BoardShowing
from screens.board.detail_body import DetailBody
from screens.board.doing import Doing
from screens.board.figure_list import FigureList, SectionList
from screens.board.lines import BoardLine
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
        # Arrows with Ctrl pass every input method; those with Alt are for consoles that keep the others to themselves.
        Binding("ctrl+left,alt+left", "day(-1)", "board.key.previous", id="board.previous"),
        Binding("ctrl+right,alt+right", "day(1)", "board.key.next", id="board.next", show=False),
        Binding("ctrl+d,d", "do('pick_day')", "board.key.days", id="board.days"),
        Binding("ctrl+g,g", "do('detail')", "board.key.detail", id="board.detail"),
        Binding("ctrl+k,k", "do('number')", "board.key.number", id="board.number", show=False),
        Binding("question_mark,ctrl+e", "do('define')", "board.key.define", id="board.define", show=False),
        Binding("ctrl+x,x", "do('export')", "board.key.export", id="board.export"),
        Binding("ctrl+a,a", "do('area')", "board.key.area", id="board.area"),
        Binding("escape", "home", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.showing = BoardShowing(self)
        self.reading = BoardReading(self, self.showing.show)
        self.beside = Beside(self)
        self._doing = Doing(self)
        self._central = AskingCentral(self, self.heard)

    def body(self) -> ComposeResult:
        """Head, tiles, target, sections, list; beside it the detail where there is room."""
        yield BoardHead()
        yield TileStrip(id="tiles")
        yield TargetBars()
        yield TabRow([(each, t(f"board.tab.{each}")) for each in SECTIONS], self.reading.section)
        with Horizontal(id="middle"):
            yield SectionList(empty=t("board.no_data"), id="figures")
            yield DetailBody(brief=True, id="beside")

    # --- reading ---

    def on_mount(self) -> None:
        """Look once a second whether there is something to read."""
        self.showing.empty()
        self.set_interval(1, self._tick)

    def on_screen_resume(self) -> None:
        """Back from the rows, from another area, from the lock: as it is now, and as central says it."""
        self.heard()
        self.beside.again()
        self._central.look()

    def heard(self) -> None:
        """Something has changed, here or on another terminal."""
        self.reading.read()

    def redrawn(self) -> None:
        """The desk says everything anew in the other language."""
        self.showing.empty()
        self.reading.forget()
        self.reading.read()

    def _tick(self) -> None:
        if self.on_top and self.reading.failure is None:
            self._central.look()
            if self.reading.due:
                self.heard()

    # --- the detail beside ---

    def on_resize(self, event: Resize) -> None:
        """Where there is room, the detail stands beside the list."""
        was = self.beside_shown
        self.set_class(event.size.width >= BESIDE, "-beside")
        self.set_class(event.size.width >= BROAD, "-broad")
        if self.beside_shown and not was:
            self.beside.again()

    @property
    def on_top(self) -> bool:
        """Whether keys come here. `is_current` says so of a screen right below another one too."""
        return bool(self.app.screen_stack) and self.app.screen is self

    @property
    def beside_shown(self) -> bool:
        """Whether there is room for the detail beside the list."""
        return self.has_class("-beside")

    @on(RowList.Highlighted, "#figures")
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        line: BoardLine | None = event.row
        if line is not None and self.showing.moved(line):
            self.beside.look(line.drill, line.facts, line.why_nothing)

    @on(TileStrip.Highlighted)
    def _tile_highlighted(self, event: TileStrip.Highlighted) -> None:
        event.stop()
        self.beside.look(event.tile.drill)

    # --- sections and days ---

    def action_tab(self, by: int) -> None:
        """The next section, round and round."""
        self.action_turn(SECTIONS[(SECTIONS.index(self.reading.section) + by) % len(SECTIONS)])

    @on(TabRow.Chosen)
    def _tab_chosen(self, event: TabRow.Chosen) -> None:
        event.stop()
        self.action_turn(event.tab)

    def action_turn(self, section: str) -> None:
        """A section by its name."""
        self.reading.section = cast("Section", section)
        for tabs in self.query(TabRow):
            tabs.current = section
        for figures in self.query("#figures").results(FigureList):
            figures.focus()
        self.show_known()

    def show_known(self) -> None:
        """What was read of it before, at once; then as it is now."""
        view = self.reading.view
        if view is not None:
            self.showing.show(view)
        else:
            self.showing.wait()
        self.heard()

    def action_day(self, by: int) -> None:
        """The day before or after."""
        self._doing.go(by)

    def action_home(self) -> None:
        """From another day back to today; then leave the area."""
        if self.reading.day is None:
            raise SkipAction
        self._doing.open_day(None)

    # --- keys ---

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """In words."""
        return self._doing.why_not(action, parameters)

    def action_do(self, what: str) -> None:
        """A key that leads to something else."""
        self._doing.do(what)

    @on(RowList.Selected, "#figures")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self._doing.open_line(event.row)

    @on(TileStrip.Selected)
    def _tile_selected(self, event: TileStrip.Selected) -> None:
        event.stop()
        self._doing.rows(event.tile.drill)

    def commands(self) -> list[Command]:
        """Days and sections for the palette."""
        return self._doing.commands()
