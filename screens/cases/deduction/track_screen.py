"""The checklist of one abnormal deduction: what to do now, how long it takes, and what is known of a freeze."""

from time import monotonic
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from branch_console.case_views.deduction import StepView, TrackView
from branch_console.locale import t
from screens.base import BranchScreen
from screens.cases.deduction.contain_block import ContainBlock
from screens.cases.deduction.doing import Doing
from screens.cases.deduction.step_rows import cells, columns, more
from screens.cases.deduction.track_head import TrackHead
from screens.cases.desk import cases_of
from screens.gifts.said import Said
from screens.widgets import css_beside
from screens.widgets.row_list import RowList


class TrackScreen(BranchScreen[None]):
    """Enter does the step under the cursor, which goes on to the next by itself. Everything done is in the journal."""

    HELP = "deduction.help.track"
    CSS = css_beside(__file__)
    AUTO_FOCUS = "#steps"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hotline", "deduction.key.hotline", id="deduction.hotline"),
        Binding("x", "leave_out", "deduction.key.leave_out", id="deduction.leave_out"),
        Binding("o", "open_case", "deduction.key.open_case", id="deduction.open_case"),
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self, case: str) -> None:
        super().__init__()
        self._case = case
        self._view: TrackView | None = None
        self._read_at = monotonic()
        self._asking = False
        self._again = False
        self._next = True
        """The cursor goes to the next step when the answer is here."""
        self.doing = Doing(self)

    @property
    def case(self) -> str:
        """Which case it is."""
        return self._case

    @property
    def view(self) -> TrackView | None:
        """As it was read last."""
        return self._view

    def body(self) -> ComposeResult:
        """Which case, what never to ask, what is known of a freeze, the steps, the one under the cursor."""
        yield TrackHead()
        yield RowList[StepView](
            None, columns(), cells=self._cells, key=lambda step: step.code, empty=t("deduction.reading"), id="steps"
        )
        yield Said(id="text")
        yield Said(id="more")
        yield ContainBlock()

    # --- reading ---

    def on_mount(self) -> None:
        """Read it, and count the seconds."""
        self.reload()
        self.set_interval(1, self._tick)

    def on_screen_resume(self) -> None:
        """Back from a form or another area."""
        self.reload()

    def heard(self) -> None:
        """Something has changed, here, elsewhere, or at central: the core may have answered."""
        self.reload()

    def redrawn(self) -> None:
        """Another language: the desk says everything anew in it."""
        if self._view is not None:
            self.show_track(self._view)
        self.reload()

    def reload(self) -> None:
        """Read it again; a wish while reading is remembered."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        self.ask(lambda: cases_of(self).track(self._case), self._arrived, self._failed, group="track")

    def _arrived(self, view: TrackView) -> None:
        self._asking = False
        self.show_track(view)
        if self._again:
            self._again = False
            self.reload()

    def _failed(self, error: Exception) -> None:
        self._asking = self._again = False
        self.shell.show_error(error)

    def done(self, view: TrackView) -> None:
        """A step was done: as it is now, with the cursor on what follows."""
        self._next = True
        self.show_track(view)

    def follow(self) -> None:
        """Something was done elsewhere: read it, with the cursor on what follows."""
        self._next = True
        self.reload()

    # --- showing ---

    def show_track(self, view: TrackView) -> None:
        """As it is now."""
        self._view, self._read_at = view, monotonic()
        rows = self.query_one("#steps", RowList)
        rows.show(view.steps)
        if self._next and view.current:
            self._next = False
            rows.cursor = next(at for at, step in enumerate(view.steps) if step.code == view.current)
        self.query_one(TrackHead).show(view)
        self.query_one(ContainBlock).show(view.contain)
        self._detail()
        self.refresh_bindings()

    @on(RowList.Highlighted, "#steps")
    def _moved(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._detail()
        self.refresh_bindings()

    @property
    def step(self) -> StepView | None:
        """The step under the cursor."""
        row: StepView | None = self.query_one("#steps", RowList).row
        return row

    def _detail(self) -> None:
        view, step = self._view, self.step
        contain = step is not None and step.code == "contain"
        self.query_one(ContainBlock).display = contain
        if view is None or step is None:
            return
        cut_off = contain and not view.online
        self.query_one("#text", Said).say("" if cut_off else step.text)
        self.query_one("#more", Said).say(more(view, step))

    def _cells(self, step: StepView) -> list[str | tuple[str, str]]:
        return [] if self._view is None else cells(self._view, step, self._seconds)

    def _seconds(self, step: StepView) -> int | None:
        return None if step.running is None else step.running + int(monotonic() - self._read_at)

    def _tick(self) -> None:
        if self._view is not None and self._view.current:
            self.query_one("#steps", RowList).load()

    # --- keys ---

    @on(RowList.Selected, "#steps")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        if self._view is not None:
            self.doing.do(self._view, event.row)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002  the step is on the screen
        """In words."""
        view, step = self._view, self.step
        if action in {"hotline", "leave_out"} and (view is None or step is None):
            return t("deduction.reading")
        if action in {"hotline", "leave_out"} and view is not None and view.ended:
            return view.ended
        if action == "leave_out" and step is not None and step.state != "open":
            return t("deduction.through_already")
        return ""

    def action_hotline(self) -> None:
        """Write down that the customer has called."""
        if self._view is not None:
            self.doing.call(self._view)

    def action_leave_out(self) -> None:
        """Leave the step out, with a reason."""
        if self._view is not None and self.step is not None:
            self.doing.leave_out(self.step)

    def action_turn(self, by: int) -> None:
        """To another hotline."""
        self.query_one(ContainBlock).turn(by)

    def action_open_case(self) -> None:
        """The whole case."""
        self.doing.open_case()

    def action_leave(self) -> None:
        """Back to the start; whoever comes next goes on where this one stopped."""
        self.dismiss(None)
