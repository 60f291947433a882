"""The gift area: tabs, of which the first one finds the customer."""

from typing import ClassVar, cast

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from branch_console.locale import t
from screens.base import BranchScreen
from screens.commands import Command
from screens.gifts.pane import Doorway, GiftPane
from screens.gifts.tabs import Tab, tabs_for
from screens.onboarding.tab_row import TabRow
from screens.port import ConsoleServices
from screens.widgets import css_beside


class GiftsScreen(BranchScreen[None]):
    """A tab is made when it is first shown, and stays: what was typed in it is there when one comes back."""

    HELP = "gifts.help.home"
    CSS = css_beside(__file__)
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "clear", show=False)]

    def __init__(self, tab: str = "check") -> None:
        super().__init__()
        self._current = tab
        self._wanted = tab
        """The tab that was asked for last: a second key may come before the first one has had its effect."""
        self._opened: list[str] = [tab]

    @property
    def _tabs(self) -> tuple[Tab, ...]:
        session = cast(ConsoleServices, self.shell.services).session  # type: ignore[attr-defined]
        return tabs_for(session.role if session is not None else "")

    def body(self) -> ComposeResult:
        """The row of tabs, and the panes that were opened."""
        yield TabRow([(tab.name, t(f"gifts.tab.{tab.name}")) for tab in self._tabs], self._current)
        for tab in self._tabs:
            if tab.name in self._opened:
                yield self._pane(tab)

    def _pane(self, tab: Tab) -> GiftPane:
        pane = tab.make()
        pane.add_class(f"-tab-{tab.name}")
        pane.display = tab.name == self._current
        return pane

    @property
    def pane(self) -> GiftPane:
        """The pane of the tab that is shown."""
        return self.query_one(f".-tab-{self._current}", GiftPane)

    def on_mount(self) -> None:
        """Typing goes to the first tab."""
        self.pane.focus_first()

    def on_screen_resume(self) -> None:
        """Back from a customer, or from another area: as it is now."""
        for pane in self.query(f".-tab-{self._current}").results(GiftPane):
            pane.heard()

    def heard(self) -> None:
        """Something has changed, here or on another terminal."""
        self.pane.heard()

    # --- tabs ---

    def action_tab(self, by: int) -> None:
        """The next tab, round and round."""
        names = [tab.name for tab in self._tabs]
        self._wanted = names[(names.index(self._wanted) + by) % len(names)]
        self.run_worker(self.turn(self._wanted), group="turn", exclusive=True)

    def action_turn(self, name: str) -> None:
        """A tab by its name; one that leads to a screen goes through at once."""
        self.run_worker(self.turn(name, through=True), group="turn", exclusive=True)

    @on(TabRow.Chosen)
    def _chosen(self, event: TabRow.Chosen) -> None:
        event.stop()
        self.action_turn(event.tab)

    async def turn(self, name: str, through: bool = False) -> None:
        """Show a tab."""
        tab = next(each for each in self._tabs if each.name == name)
        self._current = self._wanted = name
        self.query_one(TabRow).current = name
        if name not in self._opened:
            self._opened.append(name)
            await self.mount(self._pane(tab), before="KeyBar")
        for pane in self.query(GiftPane):
            pane.display = pane.has_class(f"-tab-{name}")
        pane = self.pane
        pane.focus_first()
        if through and isinstance(pane, Doorway):
            pane.go()
        else:
            pane.heard()

    def commands(self) -> list[Command]:
        """The tabs for the palette."""
        return [Command(f"gifts.go.{tab.name}", f"turn('{tab.name}')") for tab in self._tabs]

    def action_clear(self) -> None:
        """Forget what was typed; then to the first tab; then leave the area."""
        if self.pane.clear():
            return
        first = self._tabs[0].name
        if self._current == first:
            raise SkipAction
        self.action_turn(first)
