"""All that stands beside the timeline of a case, on a screen of its own for narrow consoles."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from branch_console.case_views.working import CaseView
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.cases.view.side_panel import SidePanel
from screens.signs import sign
from screens.text import one_line, plain
from screens.widgets import css_beside


class MoreScreen(BranchScreen[None]):
    """Only to be read."""

    HELP = "cases.help.more"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#more"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,v,enter", "leave", "common.back")]

    def __init__(self, view: CaseView) -> None:
        super().__init__()
        self._view = view

    def body(self) -> ComposeResult:
        """Head and panel."""
        separator = f"  {sign('separator')}  "
        head = separator.join((self._view.number, self._view.kind_label, self._view.status_label))
        yield Static(plain(one_line(head)), id="title")
        yield SidePanel(id="more")

    def on_mount(self) -> None:
        """Fill it as soon as its width is known."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        self.query_one("#more", SidePanel).show(self._view)

    def redrawn(self) -> None:
        """Another language: the case is read anew."""
        subject = self._view.subject

        def arrived(view: CaseView) -> None:
            self._view = view
            self._fill()

        self.ask(lambda: cases_of(self).case(subject), arrived)

    def action_leave(self) -> None:
        """Back to the timeline."""
        self.dismiss(None)
