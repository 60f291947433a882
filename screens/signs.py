"""Signs beside words: never colour alone. Consoles that draw these two cells wide get ASCII instead."""

from typing import Final

_SIGNS: Final[dict[str, tuple[str, str]]] = {
    "done": ("✓", "x"),
    "in_progress": ("▸", ">"),
    "not_started": ("·", "."),
    "cannot_start": ("-", "-"),
    "problem": ("!", "!"),
    "skipped": ("~", "~"),
    "online": ("●", "*"),
    "connecting": ("◐", "o"),
    "catching_up": ("◐", "o"),
    "offline": ("○", "-"),
    "limited": ("▲", "!"),
    "needs_a_person": ("▲", "!"),
    "warning": ("▲", "!"),
    "cursor": ("▌", ">"),
    "waiting": ("↑", "^"),
    "chosen": ("◉", "*"),
    "open": ("○", "o"),
    "checked": ("✓", "x"),
    "separator": ("·", "|"),
    "good": ("✓", "+"),
    "bad": ("✗", "x"),
    "unknown": ("?", "?"),
    "overdue": ("‼", "X"),
    "soon": ("!", "!"),
    "normal": ("·", "."),
    "resting": ("⏸", "="),
    "nothing_due": (" ", " "),
    "block": ("█", "#"),
    "unusual": ("✱", "X"),
}
_BARS: Final = (" ▁▂▃▄▅▆▇█", " ..--==##")

_ascii = False


def use_ascii(wanted: bool) -> None:
    """Signs in ASCII from now on."""
    global _ascii  # noqa: PLW0603  one process draws on one console
    _ascii = wanted


def ascii_only() -> bool:
    """Whether the console is to be drawn in ASCII."""
    return _ascii


def sign(name: str) -> str:
    """The sign of a state, one cell wide."""
    return _SIGNS[name][_ascii]


def bars(values: tuple[int, ...], rows: int = 1) -> list[str]:
    """Bars of `rows` lines, the top line first, one cell a value; the greatest is full height, zero is empty."""
    marks = _BARS[_ascii]
    top = max(values, default=0) or 1
    heights = [0 if value <= 0 else max(1, round(value * 8 * rows / top)) for value in values]
    return ["".join(marks[max(0, min(8, height - 8 * row))] for height in heights) for row in reversed(range(rows))]
