"""Which day to open: any from the branch's first on, each with its state and how many were onboarded; or typed."""

from datetime import date
from typing import Any, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from branch_console.figure_views.board import DayChoice, DaySpan
from branch_console.locale import known, t
from screens.board.day_source import DaySource
from screens.board.desk import figures_of
from screens.board.tones import state_sign
from screens.board.typed_day import NoDayError, typed_day
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.field import Field
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField


class DayPicker(ModalScreen[date | None]):
    """Enter opens the day under the cursor, which stands on the one that is shown, or the typed one.

    A digit that is typed in the list goes into the field.
    """

    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "#days"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, days: DaySpan, shown: date) -> None:
        super().__init__()
        self._days = days
        self._shown = shown

    def compose(self) -> ComposeResult:
        """Title, field, days, keys."""
        first = self._days.first.isoformat()
        with Vertical(id="picker"):
            yield Static(plain(t("board.days.title")), classes="title")
            field = TextField(placeholder="YYYY-MM-DD", max_length=20, id="typed")
            yield Field(t("board.days.typed"), field, hint=t("board.days.from", first=first), id="day")
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
        source = DaySource(self._days, lambda first, last: figures_of(self).days_between(first, last))
        days = cast("RowList[Any]", self.query_one("#days"))
        days.source = source
        days.restore(source.place(self._shown))
        days.load()

    def give_way(self) -> None:
        """The console speaks another language now."""
        self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Typing starts in the list as well; the field gets its focus only after the keys that follow fast."""
        field = self.query_one("#typed", TextField)
        begun = bool(field.value) and event.character in {"-", "/", "."}
        if event.character is not None and (event.character.isdigit() or begun) and not field.has_focus:
            event.stop()
            field.focus()
            field.insert_text_at_cursor(event.character)

    @on(Input.Changed, "#typed")
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one("#day", Field).error = ""

    @on(Input.Submitted, "#typed")
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self.dismiss(typed_day(self.query_one("#typed", TextField).text, self._days))
        except NoDayError as wrong:
            self.query_one("#day", Field).error = str(wrong)

    @on(RowList.Selected)
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self.dismiss(event.row.day)


def cells(choice: DayChoice) -> list[Cell]:
    """Day, state by sign and word, how many were onboarded."""
    msgid = f"board.state.{choice.state}"
    words = t(msgid) if known(msgid) else choice.state
    return [choice.label, (f"{state_sign(choice.state)} {words}", "muted"), choice.onboarded]
