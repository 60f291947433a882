"""A campaign, or a draft of it, on one customer: the same page of reasons, and nothing can be done from here."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from branch_console.gift_views import ExplainView
from branch_console.locale import t
from screens.base import BranchScreen
from screens.gifts.desk import gifts_of
from screens.gifts.heads import who
from screens.gifts.paper import Paper
from screens.gifts.reason_tree import explain_lines
from screens.gifts.said import Said
from screens.text import one_line, plain
from screens.widgets import css_beside


class DryRunScreen(BranchScreen[None]):
    """Says on top that it is a trial."""

    HELP = "watch.help.dry_run"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#trial"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "common.back")]

    def __init__(self, campaign: str, person: str) -> None:
        super().__init__()
        self._campaign = campaign
        self._person = person

    def body(self) -> ComposeResult:
        """Title, verdict, reasons."""
        yield Static(plain(t("watch.dry_run.title")), classes="title")
        yield Said(id="trial-of")
        yield Said(id="trial-verdict")
        yield Paper(id="trial")

    def on_mount(self) -> None:
        """Try at once."""
        self.redrawn()

    def redrawn(self) -> None:
        """In the other language too."""
        self.ask(lambda: gifts_of(self).dry_run(self._campaign, self._person), self._arrived)

    def _arrived(self, view: ExplainView) -> None:
        line = view.line
        self.query_one("#trial-of", Said).say(one_line(f"{line.title} v{line.version}   {who(view.person)}"))
        self.query_one("#trial-verdict", Said).say(one_line(f"{line.verdict_words}  {view.path or line.sentence}"))
        self.query_one("#trial", Paper).show(lambda width: explain_lines(view, width))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)
