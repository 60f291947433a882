"""Ratings and ideas (F5): the board of ideas, and from it the list for the wall and the pack of the meeting."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from branch_console.case_views.feedback import IDEA_TABS, IdeaLine, IdeaTab, SuggestScene
from branch_console.locale import t
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.cases.feedback.idea_menu import IdeaMenu
from screens.cases.feedback.idea_rows import Ideas, cells, columns, in_full
from screens.cases.feedback.idea_screen import IdeaScreen
from screens.cases.feedback.pack_screen import PackScreen
from screens.cases.feedback.port import Port
from screens.cases.feedback.suggest_screen import SuggestScreen
from screens.cases.feedback.wall_screen import WallScreen
from screens.cases.queue.counted_tabs import CountedTabs
from screens.commands import Command
from screens.gifts.said import Said
from screens.onboarding.tab_row import TabRow
from screens.text import one_line
from screens.widgets import css_beside
from screens.widgets.row_list import RowList


class IdeaList(RowList[IdeaLine]):
    """Left and right, which a list has no use for, change the tab."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.tab(-1)", show=False),
        Binding("right", "screen.tab(1)", "feedback.key.tabs", id="feedback.tabs"),
    ]


class FeedbackScreen(BranchScreen[None]):
    """What most people want stands first."""

    HELP = "feedback.help.board"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#ideas"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,s", "suggest", "feedback.key.suggest", id="feedback.suggest"),
        Binding("ctrl+e,e", "support", "feedback.key.support", id="feedback.support"),
        Binding("f10", "menu", "feedback.key.menu", id="feedback.menu"),
        Binding("ctrl+g,g", "pack", "feedback.key.pack", id="feedback.pack"),
        Binding("ctrl+y,y", "wall", "feedback.key.wall", id="feedback.wall"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._tab: IdeaTab = "received"
        self._menu = IdeaMenu(self, self._written)

    def body(self) -> ComposeResult:
        """Tabs, the board, the idea under the cursor."""
        yield CountedTabs([(each, t(f"feedback.tab.{each}")) for each in IDEA_TABS], self._tab)
        yield IdeaList(
            self._source(),
            columns(),
            cells=cells,
            key=lambda line: line.subject,
            empty=t(f"feedback.empty.{self._tab}"),
            id="ideas",
        )
        yield Said(id="in-full")

    @property
    def _desk(self) -> Port:
        return cases_of(self)

    @property
    def _list(self) -> RowList[IdeaLine]:
        return self.query_one("#ideas", RowList)

    def _source(self) -> Ideas:
        return Ideas(self._desk, self._tab)

    # --- showing ---

    def on_mount(self) -> None:
        """How many stand where."""
        self._count()

    def on_screen_resume(self) -> None:
        """Back from an idea: everything as it is now."""
        self.heard()

    def redrawn(self) -> None:
        """The counts stand on other tabs now."""
        self._count()

    def heard(self) -> None:
        """Something has changed, here or on another terminal."""
        for lists in self.query("#ideas").results(RowList):
            lists.load()
        self._count()

    def _count(self) -> None:
        def read() -> dict[str, int]:
            desk = cases_of(self)
            return {each: desk.count_ideas(each) for each in IDEA_TABS}

        self.ask(read, self._counted, group="counts")

    def _counted(self, counts: dict[str, int]) -> None:
        for tabs in self.query(CountedTabs):
            tabs.counts = counts

    @on(RowList.Highlighted, "#ideas")
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self.query_one("#in-full", Said).say(in_full(event.row))
        self.refresh_bindings()

    def action_tab(self, by: int) -> None:
        """The next tab, round and round."""
        self._show(IDEA_TABS[(IDEA_TABS.index(self._tab) + by) % len(IDEA_TABS)])

    def action_turn(self, name: str) -> None:
        """A tab by its name."""
        self._show(next(each for each in IDEA_TABS if each == name))

    @on(TabRow.Chosen)
    def _chosen(self, event: TabRow.Chosen) -> None:
        event.stop()
        self.action_turn(event.tab)

    def _show(self, tab: IdeaTab) -> None:
        self._tab = tab
        self.query_one(CountedTabs).current = tab
        ideas = self._list
        ideas.source = self._source()
        ideas.empty = t(f"feedback.empty.{tab}")
        ideas.cursor = 0
        ideas.load()

    def commands(self) -> list[Command]:
        """The tabs for the palette."""
        return [Command(f"feedback.go.{each}", f"turn('{each}')") for each in IDEA_TABS]

    # --- acts ---

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002  no action has any
        """There must be an idea."""
        if action not in {"support", "menu"}:
            return ""
        row = next((each.row for each in self.query("#ideas").results(RowList)), None)
        return "" if row is not None else t("feedback.no_idea")

    @on(RowList.Selected, "#ideas")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self.app.push_screen(IdeaScreen(event.row.subject))

    @on(RowList.Failed)
    def _failed(self, event: RowList.Failed) -> None:
        event.stop()
        if isinstance(event.error, Exception):
            self.shell.show_error(event.error)

    def action_menu(self) -> None:
        """Everything that can be done with the idea under the cursor."""
        if (row := self._list.row) is not None:
            self._menu.open(row.subject)

    def action_support(self) -> None:
        """Somebody else wants the idea under the cursor."""
        if (row := self._list.row) is not None:
            self._menu.act("support", row)

    def action_suggest(self) -> None:
        """A new idea."""

        def read() -> tuple[SuggestScene, tuple[str, str, str]]:
            desk = cases_of(self)
            return desk.suggest_scene(), desk.idea_draft()

        def show(said: tuple[SuggestScene, tuple[str, str, str]]) -> None:
            if self.is_current:
                self.app.push_screen(SuggestScreen(*said), self._suggested)

        self.ask(read, show, group="form")

    def _suggested(self, line: IdeaLine | None) -> None:
        if line is not None:
            self.notify(t("feedback.suggested", number=one_line(line.number)), markup=False)
            self.heard()

    def _written(self, _line: IdeaLine) -> None:
        self.heard()

    def action_wall(self) -> None:
        """“You said, we did.”"""
        self.app.push_screen(WallScreen())

    def action_pack(self) -> None:
        """The pack of the feedback meeting."""
        self.app.push_screen(PackScreen())
