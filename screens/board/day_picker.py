"""Which day to open: the days that the store knows, each with its state and how many were onboarded."""

from datetime import date
from typing import Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from branch_console.figure_views.board import DayChoice
from branch_console.locale import known, t
from screens.board.tones import state_sign
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList


class DayPicker(ModalScreen[date | None]):
    """Enter opens the day under the cursor, which stands on the one that is shown."""

    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#days"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, days: tuple[DayChoice, ...], shown: date) -> None:
        super().__init__()
        self._days = days
        self._shown = shown

    def compose(self) -> ComposeResult:
        """Title, days, keys."""
        with Vertical(id="picker"):
            yield Static(plain(t("board.days.title")), classes="title")
            yield RowList(
                None,
                [
                    Column(t("board.days.day")),
                    Column(t("board.days.state"), width=16),
                    Column(t("board.days.onboarded"), width=9, right=True),
                ],
                cells=cells,
                key=lambda each: each.day.isoformat(),
                empty=t("board.days.none"),
                id="days",
            )
            yield Static(plain(t("board.days.how")), classes="how")

    def on_mount(self) -> None:
        """The cursor to the day that is shown."""
        days = cast("RowList[Any]", self.query_one("#days"))
        days.show(self._days)
        days.cursor = next((at for at, each in enumerate(self._days) if each.day == self._shown), 0)

    def give_way(self) -> None:
        """The console speaks another language now."""
        self.dismiss(None)

    @on(RowList.Selected)
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self.dismiss(event.row.day)


def cells(choice: DayChoice) -> list[Cell]:
    """Day, state by sign and word, how many were onboarded."""
    msgid = f"board.state.{choice.state}"
    words = t(msgid) if known(msgid) else choice.state
    return [choice.label, (f"{state_sign(choice.state)} {words}", "muted"), choice.onboarded]
