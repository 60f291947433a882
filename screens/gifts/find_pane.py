"""Find the customer: one field for everything, the customers of today while it is empty, Enter checks."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input, Static

from branch_console.gift_views import PersonView
from branch_console.locale import t
from screens.gifts.check_screen import CheckScreen
from screens.gifts.desk import gifts_of
from screens.gifts.pane import GiftPane, TabList
from screens.taken_down import taken_down
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField

FIND_DELAY = 0.12
"""Seconds after the last key until a look-up starts."""


class FindField(TextField):
    """Up and down move in the list below while the typing goes on; left and right in an empty field change the tab."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "gifts.key.check"),
        Binding("right", "cursor_right", "gifts.key.tabs"),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", show=False),
    ]

    async def action_move(self, rows: int) -> None:
        """In the list."""
        self.screen.query_one("#people", RowList).action_move(rows)

    def action_cursor_left(self, select: bool = False) -> None:
        """In the text, or to the tab before."""
        if self.value:
            super().action_cursor_left(select)
        else:
            self.app.call_later(self.screen.run_action, "tab(-1)")

    def action_cursor_right(self, select: bool = False) -> None:
        """In the text, or to the next tab."""
        if self.value:
            super().action_cursor_right(select)
        else:
            self.app.call_later(self.screen.run_action, "tab(1)")


class FindPane(GiftPane):
    """What is typed leaves the screen as soon as the customer has been found: it may be a whole document number."""

    DEFAULT_CSS = css_beside(__file__)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+f", "find", "gifts.key.find", id="gifts.find", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: str | None = None
        """What the list shows the people of; None: nothing yet."""
        self._asked: str | None = None
        """What is being looked up; None: nothing."""
        self._open_next = False
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The field, the list."""
        with Horizontal(id="find-row"):
            yield Static(plain(t("gifts.find")), classes="label")
            yield FindField(placeholder=t("gifts.find.hint"), id="find", max_length=60)
        yield TabList(
            None,
            [
                Column(t("gifts.column.customer"), 14),
                Column(t("gifts.column.phone"), 14),
                Column(t("gifts.column.known_by")),
            ],
            cells=_cells,
            key=lambda person: person.id,
            empty=t("gifts.empty.recent"),
            id="people",
        )

    def on_mount(self) -> None:
        """The customers of today; after a redraw, whoever was being looked for."""
        self.call_after_refresh(self._look_up)

    def heard(self) -> None:
        """The list as it is now."""
        self._found = None
        self._look_up()

    def focus_first(self) -> None:
        """Typing goes to the field."""
        self._field.focus()

    @property
    def _field(self) -> TextField:
        return self.query_one("#find", TextField)

    @property
    def _list(self) -> RowList[PersonView]:
        return self.query_one("#people", RowList)

    # --- look-up ---

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._open_next = False
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(FIND_DELAY, self._look_up)

    def _look_up(self) -> None:
        text = self._field.text
        if text in (self._found, self._asked):
            return
        self._asked = text

        def read() -> tuple[PersonView, ...]:
            desk = gifts_of(self)
            return desk.people(text) if text else desk.recent()

        self.host.ask(read, lambda people: self._arrived(text, people), self._failed, group="find")

    def _failed(self, error: Exception) -> None:
        self._asked = None
        self.host.shell.show_error(error)

    def _arrived(self, text: str, people: tuple[PersonView, ...]) -> None:
        self._asked = None if text == self._asked else self._asked
        if taken_down(self) or text != self._field.text:  # somebody has typed on; another answer is on its way
            return
        other = text != self._found
        self._found = text
        self._list.empty = t("gifts.empty.found" if text else "gifts.empty.recent")
        if other:
            self._list.cursor = 0
        self._list.show(people)
        if self._open_next and people:
            self._open_next = False
            if len(people) == 1:
                self._open(people[0])

    @on(Input.Submitted, "#find")
    def _submitted(self, event: Input.Submitted) -> None:
        """Enter opens who stands under the cursor, as soon as the list fits what was typed."""
        event.stop()
        if self._field.text != self._found:
            self._open_next = True
            self._look_up()
        elif self._list.row is not None:
            self._open(self._list.row)

    @on(RowList.Selected, "#people")
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self._open(event.row)

    def _open(self, person: PersonView) -> None:
        if self.host.is_current:
            self._field.value = ""
            self.app.push_screen(CheckScreen(person.id))

    def action_find(self) -> None:
        """To the field."""
        self._field.focus()

    def clear(self) -> bool:
        """Forget what was typed."""
        if not self._field.value:
            return False
        self._field.value = ""
        self._field.focus()
        return True


def _cells(person: PersonView) -> list[Cell]:
    known = t("common.list_separator").join(person.known_by)
    return [person.name or t("onboarding.new_customer"), (person.phone, "muted"), (known, "muted")]
