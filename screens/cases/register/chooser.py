"""Choose by typing: a field, beside it what was chosen, below it what fits while somebody types."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.widgets import Input, Static

from screens.signs import sign
from screens.text import plain
from screens.widgets import css_beside
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing to choose. `note` stands beside the label; `value` is what the program knows it by."""

    value: str
    label: str
    note: str = ""


class ChooserField(TextField):
    """Up and down move in the list below while the typing goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "pick(-1)", show=False),
        Binding("down", "pick(1)", show=False),
        Binding("pageup", "pick(-5)", show=False),
        Binding("pagedown", "pick(5)", show=False),
    ]

    def action_pick(self, rows: int) -> None:
        """In the list."""
        if isinstance(self.parent, Horizontal) and isinstance(self.parent.parent, Chooser):
            self.parent.parent.move(rows)


class Chooser(Vertical):
    """Nothing is chosen by Enter alone: something must have been typed, or the cursor moved in the list.

    What was typed leaves the screen with the choice: it may be a whole number of a person.
    """

    DEFAULT_CSS = css_beside(__file__)

    @dataclass
    class Taken(Message):
        """Something was chosen. `again`: it had been before, and Enter only goes on."""

        chooser: "Chooser"
        again: bool

    @dataclass
    class Typed(Message):
        """The text in the field has changed."""

        chooser: "Chooser"
        text: str

    @dataclass
    class Undecided(Message):
        """Enter, and nothing to choose."""

        chooser: "Chooser"

    def __init__(self, *, id: str, empty: str, hint: str = "", most: int = 60) -> None:  # noqa: A002
        """`empty`: what the list says when nothing fits."""
        super().__init__(id=id)
        self._empty, self._hint, self._most = empty, hint, most
        self._pick: Pick | None = None
        self._moved = False

    def compose(self) -> ComposeResult:
        """Field and choice in a row, the list."""
        with Horizontal():
            yield ChooserField(id=f"{self.id}-field", placeholder=self._hint, max_length=self._most)
            yield Static(classes="chosen")
        columns = [Column(), Column(width=26)]
        yield RowList(None, columns, cells=_cells, key=lambda each: each.value, empty=self._empty)

    def on_mount(self) -> None:
        """The list belongs to the field: it has no focus of its own."""
        self.offers.can_focus = False
        self._say()

    @property
    def field(self) -> TextField:
        """Where somebody types."""
        return self.query_one(ChooserField)

    @property
    def offers(self) -> RowList[Pick]:
        """What fits."""
        return self.query_one(RowList)

    @property
    def picked(self) -> Pick | None:
        """What was chosen."""
        return self._pick

    @property
    def value(self) -> str:
        """What was chosen; empty for nothing."""
        return self._pick.value if self._pick is not None else ""

    def show(self, picks: Sequence[Pick], *, empty: str = "") -> None:
        """Offer these; the first stands under the cursor."""
        self._moved = False
        self.offers.empty = empty or self._empty
        self.offers.cursor = 0
        self.offers.show(picks)

    def put(self, pick: Pick | None) -> None:
        """This is chosen, without anybody having done it here: a draft, a journey, another kind of case."""
        self._pick = pick
        with self.prevent(Input.Changed):
            self.field.value = ""
        self._moved = False
        self._say()
        self._unfold()

    def move(self, rows: int) -> None:
        """The cursor in the list."""
        if self.has_class("-open"):
            self._moved = True
            self.offers.action_move(rows)
        elif rows < 0:
            self.screen.focus_previous()
        else:
            self.screen.focus_next()

    def decide(self) -> None:
        """Enter: choose what stands under the cursor, or go on with what was chosen."""
        row = self.offers.row
        if row is not None and (self.field.text or self._moved):
            self._take(row)
        elif self._pick is not None and not self.field.text:
            self.post_message(self.Taken(self, again=True))
        else:
            self.post_message(self.Undecided(self))

    def _take(self, pick: Pick) -> None:
        self.put(pick)
        self.post_message(self.Taken(self, again=False))

    @on(RowList.Selected)
    def _clicked(self, event: RowList.Selected) -> None:
        event.stop()
        self._take(event.row)

    @on(RowList.Highlighted)
    def _silent(self, event: RowList.Highlighted) -> None:
        event.stop()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._unfold()
        self.post_message(self.Typed(self, self.field.text))

    @on(DescendantFocus)
    def _entered(self) -> None:
        self._unfold()

    @on(DescendantBlur)
    def _left(self) -> None:
        self.call_after_refresh(self._unfold)

    def _unfold(self) -> None:
        """The list is there while somebody chooses, and takes no room otherwise."""
        for field in self.query(ChooserField):  # none while the form is being made anew
            self.set_class(field.has_focus and (bool(field.value) or self._opens_empty), "-open")

    @property
    def _opens_empty(self) -> bool:
        """Whether the list is worth its room before anything is typed."""
        return False

    def _say(self) -> None:
        words = ""
        if self._pick is not None:
            words = f"{sign('done')} {self._pick.label}  {self._pick.note}".rstrip()
        self.query_one(".chosen", Static).update(plain(words))

    def kept(self) -> object:
        """What was chosen and typed."""
        return self._pick, self.field.value

    def restore(self, kept: object) -> None:
        """Take it back after a redraw in another language."""
        match kept:
            case (pick, str(typed)):
                self._pick = pick if isinstance(pick, Pick) else None
                self.field.value = typed
                self._say()


def _cells(pick: Pick) -> list[Cell]:
    return [pick.label, (pick.note, "muted")]
