"""“How was it?” after a journey or a closed case: one key from 1 to 5; who says nothing is no answer, and no entry."""

from collections.abc import Callable
from typing import Any, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from branch_console.case_views.feedback import RatingView
from branch_console.locale import t
from branch_console.rules.errors import CodedError, FieldErrors
from branch_console.views import Choice
from screens.cases.desk import cases_of
from screens.cases.register.keeping import DELAY
from screens.gifts.goods.pick_row import PickRow
from screens.gifts.said import Said
from screens.onboarding.dialog import JourneyDialog
from screens.onboarding.option_row import OptionRow
from screens.onboarding.proceed import Proceed
from screens.shell import Shell
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.text_field import TextField

SCORES = ("1", "2", "3", "4", "5")
LONGEST = 300
FORM = "rating"
"""Under which name an unsent line is kept."""


class RatingDialog(JourneyDialog[int]):
    """Answers with the score that was written, None when the customer was not asked or did not want to say.

    A digit writes at once. After F10 it only picks, so that reasons and a line can be added before Enter writes them
    together: what the customer says in one go is one word of theirs, not two.
    """

    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#scores"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "more", show=False),
        Binding("0", "leave", show=False),
    ]
    shell = getters.app(Shell)

    def __init__(self, about: str) -> None:
        super().__init__(t("feedback.rating.title"))
        self._about = about
        self._more = False
        self._writing = False
        self._timer: Timer | None = None
        self._asked: dict[Worker[Any], Callable[[Any], None]] = {}

    def inside(self) -> ComposeResult:
        """Whose, the scores, below them what may be added, and how it is done."""
        yield Said(id="what", classes="lead")
        yield Static(plain(t("feedback.rating.ask")), id="ask")
        yield PickRow("scores", [(each, t(f"feedback.score.{each}")) for each in SCORES])
        with Vertical(id="more"):
            yield Static(plain(t("feedback.rating.reasons")), classes="asked")
            yield Vertical(id="reasons-place")
            yield Static(plain(t("feedback.rating.line")), classes="asked")
            yield TextField(id="line", max_length=LONGEST)
            yield Static(plain(t("feedback.rating.by")), classes="asked")
            ways = [(each, t(f"feedback.by.{each}")) for each in ("customer", "staff_for_customer")]
            yield PickRow("by", ways, ["customer"])
            yield Proceed(t("feedback.rating.write"), id="write")
        yield Said(t("feedback.rating.how"), id="how", classes="how")

    def on_mount(self) -> None:
        """What is rated is read in a thread, with a line that was left unsent."""
        self.query_one("#more").display = False

        def read() -> tuple[RatingView, str]:
            desk = cases_of(self)
            return desk.rating(self._about), desk.idea_form(FORM, self._about).get("line", "")

        self._ask(read, self._show)

    def _show(self, said: tuple[RatingView, str]) -> None:
        view, line = said
        if line:
            self.query_one("#line", TextField).value = line
            self.action_more()
        before = t("feedback.rating.before", score=view.score) if view.given else ""
        self.query_one("#what", Said).say(" ".join(each for each in (view.what, before) if each))
        place = self.query_one("#reasons-place")
        reasons = OptionRow([Choice(*each) for each in view.reasons], multiple=True)
        reasons.id = "reasons"
        place.mount(reasons)
        if view.why_not:
            self.query_one("#how", Said).say(view.why_not)
            for name in ("#ask", "#scores"):
                self.query_one(name).display = False
            self.query_one("#how").add_class("wrong")

    # --- answering ---

    def action_more(self) -> None:
        """Reasons and a line, too."""
        self._more = True
        self.query_one("#more").display = True
        self.query_one("#how", Said).say(t("feedback.rating.how_more"))

    @on(OptionRow.Picked)
    def _picked(self, event: OptionRow.Picked) -> None:
        event.stop()
        if event.row.id == "scores" and not self._more:
            self._write()
        elif event.row.id != "reasons" or event.by_enter:
            self.focus_next()

    @on(TextField.Changed)
    def _typed(self, event: TextField.Changed) -> None:
        """A line is kept shortly after it was typed."""
        event.stop()
        if self._timer is None and not self._writing:
            self._timer = self.set_timer(DELAY, self._keep)

    def _keep(self) -> None:
        self._timer = None
        line, about = self.query_one("#line", TextField).value, self._about
        if not self._writing:
            self._ask(lambda: cases_of(self).keep_idea_form(FORM, about, {"line": line}), lambda _nothing: None)

    @on(TextField.Submitted)
    def _next(self, event: TextField.Submitted) -> None:
        event.stop()
        self.focus_next()

    @on(Proceed.Pressed)
    def _proceed(self, event: Proceed.Pressed) -> None:
        event.stop()
        self._write()

    def _write(self) -> None:
        """Once, and only with a score."""
        score = next(iter(self.query_one("#scores", OptionRow).chosen), "")
        if not score:
            self.query_one("#how", Said).say(t("feedback.rating.score_first"))
            self.query_one("#scores").focus()
            return
        if self._writing:
            return
        self._writing = True
        reasons = tuple(each for row in self.query("#reasons").results(OptionRow) for each in row.chosen)
        line = self.query_one("#line", TextField).value
        by = next(iter(self.query_one("#by", OptionRow).chosen), "customer")
        about = self._about

        def write() -> None:
            desk = cases_of(self)
            desk.rate(about, int(score), reasons, line, by)
            desk.keep_idea_form(FORM, about, {})

        def written(_nothing: None) -> None:
            self.dismiss(int(score))

        self._ask(write, written)

    # --- asking the desk ---

    def _ask(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        worker = self.run_worker(work, thread=True, group="rating", exit_on_error=False)
        self._asked[worker] = then

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A thread has answered, or was refused: nothing typed is lost."""
        if event.worker not in self._asked or event.state not in {WorkerState.SUCCESS, WorkerState.ERROR}:
            return
        event.stop()
        then = self._asked.pop(event.worker)
        if event.state is WorkerState.SUCCESS:
            then(event.worker.result)
        elif isinstance(event.worker.error, CodedError | FieldErrors):
            self._writing = False
            self.shell.show_error(event.worker.error)
        elif event.worker.error is not None:
            raise event.worker.error
