"""Bars and sparklines out of characters, one cell each. No data is a blank, zero is the lowest mark."""

from collections.abc import Sequence

from screens.signs import ascii_only

_HEIGHTS = ("▁▂▃▄▅▆▇█", "_.,-=+*#")
_PARTS = " ▏▎▍▌▋▊▉"


def spark(values: Sequence[float | None], cells: int) -> str:
    """The newest values, at most `cells` of them, from zero to the greatest."""
    shown = list(values[-cells:]) if cells > 0 else []
    marks = _HEIGHTS[ascii_only()]
    known = [value for value in shown if value is not None]
    top, low = max(known, default=0), min(0, *known) if known else 0
    span = (top - low) or 1
    return "".join(" " if value is None else marks[round((value - low) / span * 7)] for value in shown)


def bar(share: float, cells: int) -> str:
    """A bar of a share, to an eighth of a cell, padded to `cells`; more than all of it is all of it."""
    share = max(0.0, min(share, 1.0))
    if ascii_only():
        return ("#" * round(share * cells)).ljust(cells)
    eighths = round(share * cells * 8)
    full, part = divmod(eighths, 8)
    text = "█" * full + (_PARTS[part] if part else "")
    return text.ljust(cells)
