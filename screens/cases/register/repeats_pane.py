"""At the side of the form: cases that it may repeat. They hinder nobody; Enter on one adds what was typed to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from branch_console.case_views.register import RepeatView
from branch_console.locale import t
from screens.gifts.said import Said
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList


class RepeatsPane(Vertical):
    """Takes no room while there is none."""

    DEFAULT_CSS = css_beside(__file__)

    @dataclass
    class Chosen(Message):
        """Somebody says that this is the same matter."""

        repeat: RepeatView

    def __init__(self) -> None:
        super().__init__(id="repeats")
        self._repeats: tuple[RepeatView, ...] = ()

    def compose(self) -> ComposeResult:
        """How many, the list, the one under the cursor."""
        yield Static(classes="title")
        columns = [Column(), Column(width=12)]
        yield RowList(None, columns, cells=_cells, key=lambda each: each.subject, empty="", id="repeats-list")
        yield Said(classes="number")
        yield Said(classes="text")

    def on_mount(self) -> None:
        """Nothing yet; after a redraw, what was there."""
        self.show(self._repeats)

    def show(self, repeats: Sequence[RepeatView]) -> None:
        """Other ones. The cursor stays on the same case if that is still there."""
        self._repeats = tuple(repeats)
        self.display = bool(repeats)
        self.query_one(".title", Static).update(plain(t("register.repeats", n=len(repeats))))
        self.query_one(RowList).show(self._repeats)
        self._detail(self._repeats[0] if self._repeats else None)

    def focus_list(self) -> None:
        """To the list."""
        self.query_one(RowList).focus()

    @on(RowList.Highlighted)
    def _moved(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._detail(event.row)

    def _detail(self, repeat: RepeatView | None) -> None:
        number, text = self.query_one(".number", Said), self.query_one(".text", Said)
        number.say(repeat.number if repeat is not None else "")
        text.say(t("register.repeats.elsewhere") if repeat is not None and repeat.elsewhere else _text(repeat))

    @on(RowList.Selected)
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()
        self.post_message(self.Chosen(event.row))


def _text(repeat: RepeatView | None) -> str:
    return one_line(repeat.text) if repeat is not None else ""


def _cells(repeat: RepeatView) -> list[Cell]:
    return [(repeat.why, "warning" if repeat.open else "muted"), (f"{repeat.day[:5]} {repeat.status}", "muted")]
