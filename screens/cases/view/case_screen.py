"""One case: its timeline, its clocks and the next promise beside each other, and a key for every act."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.widgets import Static

from branch_console.case_views.working import CaseView, Clocks
from branch_console.locale import t
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.cases.view import clock_words
from screens.cases.view.case_acts import ELSEWHERE, CaseActs
from screens.cases.view.case_head import Timeline, about, head, notice
from screens.cases.view.entry_rows import cells, columns, said
from screens.cases.view.side_panel import SidePanel
from screens.commands import Command
from screens.gifts.said import Said
from screens.signs import sign
from screens.widgets import css_beside
from screens.widgets.row_list import RowList

TICK_SECONDS = 60
"""How often the clocks are reckoned anew while nothing happens."""
KEYS = {
    "contact_out": "r", "contact_in": "i", "noted": "n", "escalated": "e", "extended": "x", "decided": "d",
    "merged": "m",
}  # fmt: skip
"""Acts with a letter of their own."""


class CaseScreen(BranchScreen[None]):
    """Enter opens an entry; letters act. What a letter does an input method may swallow, so F10 lists every act."""

    HELP = "cases.help.case"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#timeline"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "acts", "cases.key.acts", id="cases.acts"),
        Binding("r", "act('contact_out')", "cases.key.contact_out", id="cases.contact_out"),
        Binding("i", "act('contact_in')", "cases.key.contact_in", id="cases.contact_in"),
        Binding("n", "act('noted')", "cases.key.noted", id="cases.noted"),
        Binding("e", "act('escalated')", "cases.key.escalated", id="cases.escalated"),
        Binding("x", "act('extended')", "cases.key.extended", id="cases.extended"),
        Binding("d", "act('decided')", "cases.key.decided", id="cases.decided"),
        Binding("m", "act('merged')", "cases.key.merged", id="cases.merged"),
        Binding("p", "slip", "cases.key.slip", id="cases.slip"),
        Binding("v", "more", "cases.key.more", id="cases.more"),
        Binding("g", "goes_on", "cases.key.goes_on", id="cases.goes_on", show=False),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, subject: str) -> None:
        super().__init__()
        self._subject = subject
        self._view: CaseView | None = None
        self._asking = self._again = False
        self._acts = CaseActs(self, subject, self.reload)

    def body(self) -> ComposeResult:
        """Head; clocks as a strip or a panel, by the width; the timeline, and the entry under the cursor."""
        yield Static(id="head")
        yield Static(id="about")
        yield Said(id="notice")
        yield Static(id="strip")
        with Horizontal(id="middle"):
            with Vertical(id="left"):
                yield Timeline(
                    None, columns(), cells=cells, key=lambda row: row.id, empty=t("cases.timeline.empty"), id="timeline"
                )
                with Vertical(id="detail"):
                    yield Said(id="said")
                    yield Said(id="marks")
            yield SidePanel(id="side", can_focus=False)

    # --- reading ---

    def on_mount(self) -> None:
        """Read the case; its clocks go on by themselves."""
        self.reload()
        self.set_interval(TICK_SECONDS, self.tick)

    def heard(self) -> None:
        """Something has changed, here or elsewhere."""
        self.reload()

    def redrawn(self) -> None:
        """Another language: the desk says everything anew in it."""
        if self._view is not None:
            self._show(self._view)
        self.reload()

    def reload(self) -> None:
        """Read it anew; a wish while reading is remembered."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        subject = self._subject
        self.ask(lambda: cases_of(self).case(subject), self._arrived, self._failed, group="case")

    def _arrived(self, view: CaseView) -> None:
        self._asking = False
        self._show(view)
        if self._again:
            self._again = False
            self.reload()

    def _failed(self, error: Exception) -> None:
        self._asking = self._again = False
        self.shell.show_error(error)

    def tick(self) -> None:
        """The clocks of this minute, without a look into the store."""
        view = self._view
        if view is not None and self.is_current:
            self.ask(lambda: cases_of(self).clocks(view.source), self._tell, group="clocks")

    # --- showing ---

    def _show(self, view: CaseView) -> None:
        self._view = view
        self.query_one("#timeline", RowList).show(view.entries)
        self.query_one("#notice", Said).say(notice(view))
        self.query_one("#side", SidePanel).show(view)
        self._fit(self.size.width)
        self._tell(view.clocks)
        self._detail()

    def _fit(self, width: int) -> None:
        view = self._view
        if view is None:
            return
        self.query_one("#head", Static).update(head(view, width - 4))
        self.query_one("#about", Static).update(about(view))

    def _tell(self, clocks: Clocks) -> None:
        self.query_one("#strip", Static).update(clock_words.strip(clocks, max(self.size.width - 4, 40)))
        self.query_one("#side", SidePanel).tell(clocks)

    def on_resize(self, event: Resize) -> None:
        """The lines that are cut to the width of the console."""
        self._fit(event.size.width)
        if self._view is not None:
            self._tell(self._view.clocks)

    @on(RowList.Highlighted, "#timeline")
    def _moved(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._detail()

    def _detail(self) -> None:
        row = next((each.row for each in self.query("#timeline").results(RowList)), None)
        self.query_one("#said", Said).say(said(row) if row is not None else "")
        marks = f" {sign('separator')} ".join(row.marks) if row is not None else ""
        self.query_one("#marks", Said).say(f"{sign('warning')} {marks}" if marks else "")
        self.refresh_bindings()

    # --- acts ---

    def commands(self) -> list[Command]:
        """Every act by its whole name, also those without a key."""
        found = self._view.acts.values() if self._view is not None else ()
        return [
            Command(f"cases.act.{each.id}", f"act('{each.id}')", KEYS.get(each.id, ""), enabled=not each.why_not)
            for each in found
            if each.id not in ELSEWHERE
        ]

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why a key is greyed: the state, the kind, the role, or what an act would need."""
        if action not in {"act", "slip", "acts", "more", "goes_on"}:
            return ""
        if self._view is None:
            return t("common.loading")
        if action == "act":
            line = self._view.acts.get(str(parameters[0])) if parameters else None
            return line.why_not if line is not None else ""
        if action == "goes_on" and not self._view.goes_on:
            return t("error.case_not_merged")
        return ""

    def action_act(self, act: str) -> None:
        """The form of one act."""
        if self._view is not None:
            self._acts.begin(self._view, act)

    def action_acts(self) -> None:
        """All acts, also those that cannot be done now, each with why not."""
        if self._view is not None:
            self._acts.choose(self._view)

    def action_slip(self) -> None:
        """A slip; which, is asked where there are several."""
        if self._view is not None:
            self._acts.slip(self._view)

    def action_more(self) -> None:
        """What a narrow console has no room for beside the timeline."""
        if self._view is not None:
            self._acts.more(self._view)

    def action_goes_on(self) -> None:
        """The case that this one was merged into."""
        if self._view is not None and self._view.goes_on and self.is_current:
            self.app.push_screen(CaseScreen(self._view.goes_on), lambda _: self.reload())

    @on(RowList.Selected, "#timeline")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        if self._view is not None:
            self._acts.entry(self._view, event.row)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)
