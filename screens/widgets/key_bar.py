"""The keys of the moment, at the bottom: translated, clickable, and a key that does nothing now says why."""

from dataclasses import dataclass, replace
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.reactive import reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from branch_console.locale import known, t
from screens.widgets import css_beside

_SHOWN = {
    "enter": "Enter", "escape": "Esc", "space": "Space", "tab": "Tab", "pageup": "PgUp", "pagedown": "PgDn",
    "delete": "Del", "insert": "Ins", "home": "Home", "end": "End",
    "up": "Up", "down": "Down", "left": "Left", "right": "Right", "question_mark": "?",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the bar; `short` is its word where there is little room."""

    key: str
    label: str
    short: str
    action: str
    enabled: bool


def key_name(key: str) -> str:
    """What is printed on the key: `ctrl+l` → `^L`, `f1` → `F1`."""
    if key.startswith("ctrl+"):
        rest = key.removeprefix("ctrl+")
        return f"^{_SHOWN.get(rest, rest.upper())}"
    if key.startswith("alt+"):
        return f"Alt+{key_name(key.removeprefix('alt+'))}"
    return _SHOWN.get(key, key.upper() if key.startswith("f") else key)


class KeyBar(Widget):
    """Keys of the screen left, of the whole console right; a second line when one is not enough.

    A binding's description is a msgid, and the bar shows those with `show=True` that `check_action` does not hide.
    """

    DEFAULT_CSS = css_beside(__file__)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keybar--key", "keybar--disabled"}

    keys: reactive[tuple[tuple[Key, ...], tuple[Key, ...]]] = reactive(((), ()), layout=True)

    def __init__(self) -> None:
        super().__init__()
        self._spots: list[list[tuple[int, int, Key]]] = []

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self._follow(self.screen)

    def _follow(self, screen: Screen[object]) -> None:
        if not self.is_attached or screen is not self.screen:
            return
        mine: list[Key] = []
        shared: list[Key] = []
        for active in screen.active_bindings.values():
            binding = active.binding
            if not binding.show or not known(binding.description):
                continue
            label = t(binding.description)
            short = t(f"short.{binding.description}") if known(f"short.{binding.description}") else label
            key = Key(binding.key, label, short, binding.action, active.enabled)
            keys = shared if active.node is self.app else mine
            if all(other.action != key.action for other in keys):
                keys.append(key)
        self.keys = (tuple(mine), tuple(shared))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One line, or two when the keys need them."""
        mine, shared = self.keys
        return 1 if not mine or _length(mine) + _length(shared) + 2 <= width else 2

    def render_line(self, y: int) -> Strip:
        """One line of keys."""
        width = self.size.width
        if y == 0:
            mine, shared = self.keys
            if self.size.height == 2:
                self._spots = [_place(mine, 0, width), _place(shared, 0, width)]
            elif mine:
                self._spots = [_place(mine, 0, width) + _place(shared, width - _length(shared) + 2, width)]
            else:
                self._spots = [_place(shared, 0, width)]
        if y >= len(self._spots):
            return Strip.blank(width, self.rich_style)
        base = self.rich_style
        key_style = base + self.get_component_rich_style("keybar--key", partial=True)
        disabled = base + self.get_component_rich_style("keybar--disabled", partial=True)
        segments: list[Segment] = []
        at = 0
        for start, end, key in self._spots[y]:
            segments.append(Segment(" " * (start - at), base))
            segments.append(Segment(key_name(key.key), key_style if key.enabled else disabled))
            segments.append(Segment(f" {key.label}", base if key.enabled else disabled))
            at = end
        return Strip(segments).adjust_cell_length(width, base)

    async def on_click(self, event: events.Click) -> None:
        """A click does what the key does."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y >= len(self._spots):
            return
        for start, end, key in self._spots[offset.y]:
            if start <= offset.x < end:
                self.app.simulate_key(key.key)


def _cells(key: Key) -> int:
    return cell_len(key_name(key.key)) + 1 + cell_len(key.label)


def _length(keys: tuple[Key, ...]) -> int:
    """Cells of all keys with two between them and two behind."""
    return sum(_cells(key) + 2 for key in keys)


def _place(keys: tuple[Key, ...], start: int, width: int) -> list[tuple[int, int, Key]]:
    """Where each key stands, closer and with short words where there is little room.

    What does not fit all the same is left out, from the end; the rest stands as on a keyboard.
    """
    gap = 2
    if start + _length(keys) - gap > width:
        gap, keys = 1, tuple(replace(key, label=key.short) for key in keys)
    fitting = []
    end = start - gap
    for key in keys:
        end += gap + _cells(key)
        if end > width:
            break
        fitting.append(key)
    functions = iter(sorted((key for key in fitting if _function(key)), key=_function))
    spots = []
    for place in fitting:
        key = next(functions) if _function(place) else place
        spots.append((start, start + _cells(key), key))
        start += _cells(key) + gap
    return spots


def _function(key: Key) -> int:
    """The number of a function key, 0 of another one."""
    number = key.key.removeprefix("f")
    return int(number) if number.isdecimal() and number != key.key else 0
