"""The sync: what waits, what is held back and why, and the proof that nothing is missing at central."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from branch_console.locale import t
from branch_console.views import SyncView
from screens.base import BranchScreen
from screens.port import ConsoleServices
from screens.sync_facts import entry_words, facts
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.error_box import ErrorBox
from screens.widgets.facts import Facts
from screens.widgets.row_drawing import Column
from screens.widgets.row_list import RowList


class Sync(BranchScreen[None]):
    """Facts above; below, what waits and what is held back."""

    HELP = "sync.help"
    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#waiting"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "try_now", "sync.key.try_now", id="try-now"),
        Binding("escape", "app.go('today')", "common.back", id="back"),
    ]

    def __init__(self, services: ConsoleServices) -> None:
        super().__init__()
        self._services = services
        self._view: SyncView | None = None
        self._asking = False

    def body(self) -> ComposeResult:
        """Facts, then two lists side by side."""
        with Vertical(id="sync-top"), Vertical(id="sync-facts-panel", classes="panel"):
            yield Facts(id="sync-facts")
        with Horizontal(id="sync-lists"):
            with Vertical(id="waiting-panel", classes="panel"):
                yield RowList(
                    None,
                    [Column(width=8), Column(), Column(width=8, wide_only=True)],
                    cells=lambda row: [(row[0], "muted"), entry_words(row[1]), (row[2], "muted")],
                    key=_waiting_key,
                    empty=t("sync.waiting.none"),
                    openable=False,
                    id="waiting",
                )
            with Vertical(id="held-panel", classes="panel"):
                yield RowList(
                    None,
                    [Column(width=6, right=True), Column(), Column(width=18)],
                    cells=lambda row: [(f"#{row[0]}", "muted"), entry_words(row[1]), (row[2], "error")],
                    key=lambda row: str(row[0]),
                    empty=t("sync.held.none"),
                    id="held",
                )

    def on_mount(self) -> None:
        """Titles of the panels."""
        self.redrawn()

    def on_screen_resume(self) -> None:
        """The sync goes on while other screens are shown."""
        self.reload()

    def redrawn(self) -> None:
        """Words that no widget draws itself."""
        self.query_one("#sync-facts-panel").border_title = plain(t("sync.title"))
        self._show(self._view or self._services.sync_view())

    def heard(self) -> None:
        """Something has changed."""
        self.reload()

    def reload(self) -> None:
        """Read anew what waits; asked while reading, the answer on its way is new enough."""
        if not self._asking:
            self._asking = True
            self.ask(self._services.sync_details, self._arrived, self._failed)

    def _arrived(self, view: SyncView) -> None:
        self._asking = False
        self._show(view)

    def _failed(self, error: Exception) -> None:
        self._asking = False
        self.shell.show_error(error)

    def _show(self, view: SyncView) -> None:
        self._view = view
        self.query_one(Facts).show(facts(view))
        waiting, held = t("sync.waiting", count=view.pending), t("sync.held", count=len(view.quarantined))
        self.query_one("#waiting-panel").border_title = plain(waiting)
        self.query_one("#held-panel").border_title = plain(held)
        self.query_one("#waiting", RowList).show(view.waiting)
        self.query_one("#held", RowList).show(view.quarantined)

    def action_try_now(self) -> None:
        """Contact central at once."""
        self._services.try_now()
        self.notify(t("sync.trying"))

    @on(RowList.Selected, "#held")
    def explain(self, event: RowList.Selected) -> None:
        """Why central holds an entry back."""
        event.stop()
        seq, kind, code, detail = event.row
        self.app.push_screen(
            ErrorBox(
                t("sync.held.title", seq=seq, type=entry_words(kind)), t("sync.held.why", code=code, detail=detail)
            )
        )


def _waiting_key(row: tuple[str, str, str]) -> str:
    """Time, type and subject."""
    return "|".join(row)
