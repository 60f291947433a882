"""Into which kind of file what is on the screen goes; where it is then, or why it is not there."""

from collections.abc import Callable
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.worker import Worker, WorkerState

from branch_console.errors import words
from branch_console.figure_views.board import BoardView
from branch_console.figure_views.tables import RowsView
from branch_console.locale import t
from screens.gifts.said import Said
from screens.onboarding.dialog import JourneyDialog
from screens.signs import sign
from screens.text import one_line
from screens.widgets import css_beside
from screens.widgets.choices import Choices, Option

BOARD_FORMS = ("pdf", "xlsx", "csv")
ROWS_FORMS = ("xlsx", "csv")


class ExportScreen(JourneyDialog[None]):
    """Stays open when a file is written, so that the same view can go into another form, too.

    `view` is what was on the screen when the key was pressed: what is written stays that, whatever comes in meanwhile.
    `save` blocks; it runs in a thread.
    """

    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "Choices"

    def __init__(self, view: BoardView | RowsView, save: Callable[[str], Path]) -> None:
        super().__init__(t("export.title"))
        self._view = view
        self._save = save
        self._worker: Worker[Path] | None = None

    def inside(self) -> ComposeResult:
        """What is exported and as of when, the forms, what came of it."""
        yield Said(one_line(self._view.title), classes="lead")
        stands = (one_line(each) for each in self._stands() if each)
        yield Said(f" {sign('separator')} ".join(stands), classes="quiet")
        forms = BOARD_FORMS if isinstance(self._view, BoardView) else ROWS_FORMS
        yield Choices([Option(form, t(f"export.form.{form}")) for form in forms])
        yield Said(id="came")
        yield Said(t("export.how"), classes="how")

    def _stands(self) -> tuple[str, ...]:
        if isinstance(self._view, BoardView):
            return (self._view.state.label, self._view.completeness, self._view.as_of)
        return (self._view.value, self._view.as_of)

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        if self._worker is not None:
            return
        form = event.value
        self._say(t("export.writing"))
        self._worker = self.run_worker(lambda: self._save(form), thread=True, group="export", exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The file is there, or is not."""
        if event.worker is not self._worker or event.state not in {WorkerState.SUCCESS, WorkerState.ERROR}:
            return
        event.stop()
        self._worker = None
        if event.state is WorkerState.SUCCESS:
            self._say(f"{sign('done')} {t('gifts.saved', path=one_line(str(event.worker.result)))}")
        elif isinstance(event.worker.error, Exception):
            self._say(f"{sign('warning')} {words(event.worker.error)[1]}", wrong=True)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        came = self.query_one("#came", Said)
        came.set_class(wrong, "wrong")
        came.say(text)
