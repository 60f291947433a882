"""Options side by side, for a question in a form: one key each, or arrows and Enter, or the mouse."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from branch_console.views import Choice
from screens.signs import sign
from screens.text import fit, one_line
from screens.widgets import css_beside

KEYS = "123456789abcdefghijklmopqrstuvwxz"
"""Without n and y, which mean no and yes."""
GAP = 3
NOWHERE = -1


class OptionRow(Widget, can_focus=True):
    """Options in reading order, as many rows as they need.

    A key picks; with one answer that confirms it at once, with several Enter confirms all ticked ones. A character
    that an input method makes is understood when it is the label itself (是). Without an answer the cursor stands
    nowhere, so that Enter, pressed once too often, answers nothing.
    """

    DEFAULT_CSS = css_beside(__file__)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"option-row--key", "option-row--cursor", "option-row--chosen"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("space", "pick(False)", show=False),
        Binding("enter", "pick(True)", show=False),
    ]

    cursor: reactive[int] = reactive(0)

    @dataclass
    class Picked(Message):
        """An answer was decided on. `by_enter`: with Enter, that is, "this and go on"."""

        row: "OptionRow"
        values: tuple[str, ...]
        by_enter: bool

    def __init__(self, options: Sequence[Choice], chosen: Iterable[str] = (), multiple: bool = False) -> None:
        super().__init__()
        self._options = tuple(options)
        self._multiple = multiple
        self._chosen = {option.value for option in options} & set(chosen)
        at = next((index for index, option in enumerate(self._options) if option.value in self._chosen), NOWHERE)
        self.set_reactive(OptionRow.cursor, at)

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is picked, in the order of the options."""
        return tuple(option.value for option in self._options if option.value in self._chosen)

    @chosen.setter
    def chosen(self, values: Iterable[str]) -> None:
        self._chosen = {option.value for option in self._options} & set(values)
        self.cursor = next((at for at, each in enumerate(self._options) if each.value in self._chosen), self.cursor)
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Round and round."""
        return cursor if cursor == NOWHERE else cursor % max(len(self._options), 1)

    def action_move(self, by: int) -> None:
        """To the next or previous option; from nowhere to the first or the last."""
        if self.cursor == NOWHERE:
            self.cursor = 0 if by > 0 else len(self._options) - 1
        else:
            self.cursor = (self.cursor + by) % max(len(self._options), 1)

    def action_pick(self, by_enter: bool) -> None:
        """Pick or tick the option under the cursor; Enter confirms."""
        if self.cursor != NOWHERE:
            self._pick(self.cursor, by_enter)
        elif by_enter:
            self.post_message(self.Picked(self, self.chosen, by_enter=True))

    def on_key(self, event: events.Key) -> None:
        """A character may be an answer."""
        if self.press(event.character or ""):
            event.stop()

    def press(self, character: str) -> bool:
        """An option's own key, y and n for yes and no, or the label itself; whether it was any of these."""
        index = KEYS.find(character.lower()) if character else -1
        for at, option in enumerate(self._options):
            if option.label == character or (option.value, character.lower()) in (("yes", "y"), ("no", "n")):
                index = at
        if not 0 <= index < len(self._options):
            return False
        self.cursor = index
        self._pick(index, by_enter=False)
        return True

    def on_click(self, event: events.Click) -> None:
        """A click picks or ticks."""
        at = event.get_content_offset(self)
        for index, (row, start, text) in enumerate(self._places(self.content_size.width)):
            if at is not None and at.y == row and start <= at.x < start + cell_len(text):
                self.cursor = index
                self._pick(index, by_enter=False)

    def _pick(self, index: int, by_enter: bool) -> None:
        value = self._options[index].value
        if not self._multiple:
            self._chosen = {value}
            self.post_message(self.Picked(self, (value,), by_enter))
        elif by_enter:
            self.post_message(self.Picked(self, self.chosen, by_enter=True))
        else:
            self._chosen ^= {value}
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many rows as the options need side by side."""
        return max((row for row, _start, _text in self._places(width)), default=0) + 1

    def _places(self, width: int) -> list[tuple[int, int, str]]:
        """Row, first cell and text of each option, its own key first."""
        places: list[tuple[int, int, str]] = []
        row = start = 0
        for index, option in enumerate(self._options):
            ticked = option.value in self._chosen
            mark = sign(
                ("checked" if ticked else "not_started") if self._multiple else ("chosen" if ticked else "open")
            )
            text = f"{KEYS[index] if index < len(KEYS) else ' '} {mark} {one_line(option.label)}"
            text = fit(text, width) if cell_len(text) > width > 0 else text
            if start and start + cell_len(text) > width:
                row, start = row + 1, 0
            places.append((row, start, text))
            start += cell_len(text) + GAP
        return places

    def render_line(self, y: int) -> Strip:
        """One row of options."""
        base = self.rich_style
        key = self.get_component_rich_style("option-row--key", partial=True)
        segments: list[Segment] = []
        at = 0
        for index, (row, start, text) in enumerate(self._places(self.size.width)):
            if row != y:
                continue
            style = base
            if self._options[index].value in self._chosen:
                style = base + self.get_component_rich_style("option-row--chosen", partial=True)
            if index == self.cursor and self.has_focus:
                style = style + self.get_component_rich_style("option-row--cursor", partial=True)
            segments += [Segment(" " * (start - at), base), Segment(text[:1], style + key), Segment(text[1:], style)]
            at = start + cell_len(text)
        return Strip(segments).extend_cell_length(self.size.width, base)
