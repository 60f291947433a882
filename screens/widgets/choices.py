"""Pick one or several of a few things with one key each, with arrows and Enter, or with the mouse."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from screens.signs import sign
from screens.text import fit, one_line
from screens.widgets import css_beside

KEYS = "123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick. `why_not`: it stays in its place, but cannot be picked, and this says why."""

    value: str
    label: str
    note: str = ""
    why_not: str = ""


class Choices(Widget, can_focus=True):
    """A vertical list of options, one row each.

    With `multiple`, a key or Space ticks an option and Enter posts `Chosen` with all that are ticked. Otherwise a key
    or Enter picks one and posts at once. Digits and letters may be eaten by an input method, arrows and Enter never.
    """

    DEFAULT_CSS = css_beside(__file__)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choices--key", "choices--cursor", "choices--note", "choices--disabled"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("home", "move(-999)", show=False),
        Binding("end", "move(999)", show=False),
        Binding("space", "tick", show=False),
        Binding("enter", "choose", "common.choose"),
    ]

    cursor: reactive[int] = reactive(0)
    options: reactive[tuple[Option, ...]] = reactive((), layout=True)

    @dataclass
    class Chosen(Message):
        """Somebody decided."""

        choices: "Choices"
        values: tuple[str, ...]

        @property
        def control(self) -> "Choices":
            """The widget, for `@on(Choices.Chosen, "#id")`."""
            return self.choices

        @property
        def value(self) -> str:
            """The first value, empty when none is ticked."""
            return self.values[0] if self.values else ""

    @dataclass
    class Refused(Message):
        """Somebody tried an option that cannot be picked."""

        choices: "Choices"
        why: str

    def __init__(
        self,
        options: Sequence[Option],
        *,
        chosen: Iterable[str] = (),
        multiple: bool = False,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Choices.options, tuple(options))
        self.multiple = multiple
        self._chosen = {option.value for option in options} & set(chosen)
        at = next((index for index, option in enumerate(self.options) if option.value in self._chosen), 0)
        self.set_reactive(Choices.cursor, at)

    def watch_options(self) -> None:
        """Other options: what is no longer there is no longer picked."""
        self._chosen &= {option.value for option in self.options}
        self.cursor = self.validate_cursor(self.cursor)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The picked values in the order of the options."""
        return tuple(option.value for option in self.options if option.value in self._chosen)

    @chosen.setter
    def chosen(self, values: Iterable[str]) -> None:
        self._chosen = {option.value for option in self.options} & set(values)
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One row an option."""
        return len(self.options)

    def validate_cursor(self, cursor: int) -> int:
        """Stay within the options."""
        return max(0, min(cursor, len(self.options) - 1))

    def watch_cursor(self, cursor: int) -> None:
        """Keep the row in sight when a container scrolls."""
        if self.is_mounted and isinstance(self.parent, Widget):
            row = Region(0, self.virtual_region.y + cursor, 1, 1)
            self.parent.scroll_to_region(row, animate=False)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self.cursor += rows

    def action_tick(self) -> None:
        """Tick or untick; with a single choice, pick."""
        self._pick(self.cursor, final=False)

    def action_choose(self) -> None:
        """Pick the option under the cursor, or confirm all ticked ones."""
        self._pick(self.cursor, final=True)

    def on_key(self, event: events.Key) -> None:
        """An option's own key."""
        index = KEYS.find(event.character.lower()) if event.character and event.character.isalnum() else -1
        if 0 <= index < len(self.options):
            event.stop()
            self.cursor = index
            self._pick(index, final=False)

    def on_click(self, event: events.Click) -> None:
        """A click picks or ticks."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(self.options):
            self.cursor = offset.y
            self._pick(offset.y, final=False)

    def _pick(self, index: int, final: bool) -> None:
        if not self.options:
            return
        option = self.options[index]
        if self.multiple and final:
            self.post_message(self.Chosen(self, self.chosen))
        elif option.why_not:
            self.post_message(self.Refused(self, option.why_not))
        elif self.multiple:
            self._chosen ^= {option.value}
            self.refresh()
        else:
            self._chosen = {option.value}
            self.refresh()
            self.post_message(self.Chosen(self, (option.value,)))

    def kept(self) -> object:
        """What is picked and where the cursor stands."""
        return self.chosen, self.cursor

    def restore(self, kept: object) -> None:
        """Take it back after a redraw in another language."""
        match kept:
            case (tuple(chosen), int(cursor)):
                self.chosen, self.cursor = chosen, cursor

    def render_line(self, y: int) -> Strip:
        """Key, sign, label and quiet note of one option."""
        width = self.size.width
        if y >= len(self.options):
            return Strip.blank(width, self.rich_style)
        option = self.options[y]
        base = self.rich_style
        if y == self.cursor and self.has_focus:
            base = self.get_component_rich_style("choices--cursor")
        quiet = self.get_component_rich_style("choices--note", partial=True)
        key = self.get_component_rich_style("choices--key", partial=True)
        text = self.get_component_rich_style("choices--disabled", partial=True) if option.why_not else base
        marker = sign("cursor") if y == self.cursor and self.has_focus else " "
        ticked = option.value in self._chosen
        mark = sign("checked" if ticked else "not_started") if self.multiple else sign("chosen" if ticked else "open")
        note = option.why_not or option.note
        segments = [
            Segment(marker, base + key),
            Segment(f"{KEYS[y] if y < len(KEYS) else ' '} ", base + key),
            Segment(f"{mark} {one_line(option.label)}", base + text),
            Segment(f"  {one_line(note)}" if note else "", base + quiet),
        ]
        strip = Strip(segments)
        if strip.cell_length > width:
            whole = "".join(segment.text for segment in segments[2:])
            strip = Strip([*segments[:2], Segment(fit(whole, width - 3), base + text)])
        return strip.extend_cell_length(width, base)
