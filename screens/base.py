"""What all full screens share: status line above, keys below, words anew on another language."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Protocol, TypeVar, runtime_checkable

from textual import getters
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from branch_console.locale import Language
from screens.shell import Shell
from screens.taken_down import taken_down
from screens.widgets.key_bar import KeyBar
from screens.widgets.status_line import Status, StatusLine

Result = TypeVar("Result")
T = TypeVar("T")


@runtime_checkable
class Keeps(Protocol):
    """A widget that carries its own state over a redraw in another language."""

    @property
    def id(self) -> str | None:
        """The widget's id; without one its state is not kept."""

    def kept(self) -> object:
        """The state."""

    def restore(self, kept: object) -> None:
        """Take it back."""


class BranchScreen(Screen[Result]):
    """A screen of the console. Subclasses give `body`; `HELP` is the msgid of what F1 says about it."""

    HELP: ClassVar[str] = ""
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-short"), (30, "-tall")]  # noqa: RUF012

    shell = getters.app(Shell)

    def __init__(self) -> None:
        super().__init__()
        self._asked: dict[Worker[Any], tuple[Callable[[Any], None], Callable[[Exception], None]]] = {}

    def compose(self) -> ComposeResult:
        """Status line, body, keys."""
        yield StatusLine()
        yield from self.body()
        yield KeyBar()

    @abstractmethod
    def body(self) -> ComposeResult:
        """What this screen is about."""

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002
        """In words, why an action of this screen cannot be done now; empty when it can."""
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that does nothing now stays in its place, greyed, and says why when it is pressed."""
        return None if self.why_not(action, parameters) else True

    def _post_register(self, app: App[Any]) -> None:
        """A screen gets the styles of the moment: without this, Textual takes it for one that waits for them."""
        super()._post_register(app)
        self._css_update_count = app._css_update_count

    def _on_mount(self) -> None:  # type: ignore[override]
        # Textual calls the handlers of all base classes too: no super().
        self.shell.language_signal.subscribe(self, self._speak)
        self.shell.status_signal.subscribe(self, self._show_status)
        self._show_status(self.shell.status)

    def ask(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        refused: Callable[[Exception], None] | None = None,
        group: str = "ask",
    ) -> None:
        """Do something that blocks in a thread, then go on here with its answer.

        An error goes to `refused`, or to the one door for errors. When the screen has gone meanwhile, nothing is
        called.
        """
        worker = self.run_worker(work, thread=True, group=group, exit_on_error=False)
        self._asked[worker] = (then, refused or self.shell.show_error)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A thread has answered."""
        if event.worker not in self._asked or event.state not in {WorkerState.SUCCESS, WorkerState.ERROR}:
            return
        event.stop()
        then, refused = self._asked.pop(event.worker)
        if taken_down(self):
            return
        if event.state is WorkerState.SUCCESS:
            then(event.worker.result)
        elif isinstance(event.worker.error, Exception):
            refused(event.worker.error)

    def _show_status(self, status: Status) -> None:
        for line in self.query(StatusLine):
            line.status = status

    async def _speak(self, language: Language) -> None:  # noqa: ARG002
        kept = {widget.id: widget.kept() for widget in self._keeping()}
        focused = self.focused.id if self.focused is not None else None
        await self.recompose()
        if taken_down(self) or not self.query(KeyBar):  # the console was left meanwhile
            return
        for widget in self._keeping():
            if widget.id in kept:
                widget.restore(kept[widget.id])
        self._show_status(self.shell.status)
        if focused and self.query(f"#{focused}"):
            self.query_one(f"#{focused}").focus()
        self.redrawn()

    def redrawn(self) -> None:
        """Fill what `body` leaves empty; called after the words were exchanged."""

    def _keeping(self) -> Iterator[Keeps]:
        for widget in self.query("*"):
            if widget.id and isinstance(widget, Keeps):
                yield widget
