"""The claims: what is open, those of today, all of them; Enter goes on, or shows the slip of what is done."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from branch_console.gift_views import ClaimLine
from branch_console.locale import t
from branch_console.views import StaffChoice
from screens.gifts.acts import GiftActs
from screens.gifts.claim_rows import Claims, cells, columns, why_not
from screens.gifts.desk import gifts_of
from screens.gifts.give_back_screen import GiveBackScreen
from screens.gifts.pane import GiftPane, TabList
from screens.onboarding.tab_row import TabRow
from screens.taken_down import taken_down
from screens.widgets import css_beside
from screens.widgets.row_list import RowList

LISTS = ("open", "today", "all")


class ClaimsPane(GiftPane):
    """F10 turns to the next list, because left and right turn to the next tab."""

    DEFAULT_CSS = css_beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "turn", "gifts.key.lists", id="gifts.lists"),
        Binding("ctrl+s", "slip", "gifts.key.slip", id="gifts.slip"),
        Binding("ctrl+r", "give_back", "gifts.key.give_back", id="gifts.give_back"),
    ]

    def __init__(self, which: str = "open") -> None:
        super().__init__(id="claims-pane")
        self._which = which

    def compose(self) -> ComposeResult:
        """Which claims, and they."""
        yield TabRow([(each, t(f"gifts.claims.{each}")) for each in LISTS], self._which)
        yield TabList(
            self._source(),
            columns(),
            cells=cells,
            key=lambda line: line.subject,
            empty=t(f"gifts.claims.empty.{self._which}"),
            id="claims",
        )

    def on_mount(self) -> None:
        """The acts belong to the screen around."""
        self._acts = GiftActs(self.host, self._after)

    def _after(self) -> None:
        if not taken_down(self):
            self.heard()

    def _source(self) -> Claims:
        return Claims(lambda: gifts_of(self), self._which)

    @property
    def _list(self) -> RowList[ClaimLine]:
        return self.query_one("#claims", RowList)

    def focus_first(self) -> None:
        """The list."""
        self._list.focus()

    def heard(self) -> None:
        """The list as it is now."""
        self._list.load()

    def kept(self) -> object:
        """Which list is shown."""
        return self._which

    def restore(self, kept: object) -> None:
        """Take it back after a redraw in another language."""
        if isinstance(kept, str) and kept != self._which:
            self._show(kept)

    # --- which list ---

    def action_turn(self) -> None:
        """The next list."""
        self._show(LISTS[(LISTS.index(self._which) + 1) % len(LISTS)])

    @on(TabRow.Chosen)
    def _turned(self, event: TabRow.Chosen) -> None:
        event.stop()
        self._show(event.tab)

    def _show(self, which: str) -> None:
        self._which = which
        self.query_one(TabRow).current = which
        claims = self._list
        claims.source = self._source()
        claims.empty = t(f"gifts.claims.empty.{which}")
        claims.cursor = 0
        claims.load()

    @on(RowList.Highlighted, "#claims")
    def _moved(self, event: RowList.Highlighted) -> None:
        event.stop()
        self.screen.refresh_bindings()

    # --- acts ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that does nothing for this claim is greyed."""
        return None if self.why_not(action, parameters) else True

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002  no action has any
        """In words."""
        rows = self.query("#claims").results(RowList)
        return why_not(action, next((each.row for each in rows), None)) if action in {"slip", "give_back"} else ""

    @on(RowList.Selected, "#claims")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        line: ClaimLine = event.row
        if not why_not("resume", line):
            self._acts.resume(line.subject)
        elif why := why_not("slip", line):
            self.notify(why, severity="warning", markup=False)
        else:
            self._acts.slip(line.subject)

    def action_slip(self) -> None:
        """The slip again."""
        if (line := self._list.row) is not None:
            self._acts.slip(line.subject)

    def action_give_back(self) -> None:
        """The form for a gift that comes back."""
        line = self._list.row
        if line is None:
            return

        def read() -> tuple[tuple[tuple[str, str], ...], tuple[StaffChoice, ...]]:
            desk = gifts_of(self)
            return desk.reasons("return"), desk.colleagues()

        def show(said: tuple[tuple[tuple[str, str], ...], tuple[StaffChoice, ...]]) -> None:
            if self.host.is_current:
                self.app.push_screen(GiveBackScreen(line, *said), self._given_back)

        self.ask(read, show)

    def _given_back(self, line: ClaimLine | None) -> None:
        if line is not None:
            self.notify(t("gifts.back.done"), markup=False)
            self._after()
