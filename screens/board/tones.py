"""Good, bad and the like: a sign beside the colour, and the style of each."""

from typing import Final

from branch_console.figure_views.tables import Tone
from screens.signs import sign

STYLES: Final[dict[Tone, str]] = {"": "", "good": "success", "bad": "error", "muted": "muted", "warning": "warning"}
"""Names of the house's tones, which are names of its tokens too."""
_SIGNS: Final[dict[Tone, str]] = {"good": "good", "bad": "bad", "warning": "soon"}
_STATES: Final = {
    "running": "in_progress",
    "provisional": "connecting",
    "complete": "done",
    "timed_out": "warning",
    "frozen": "chosen",
}


def tone_sign(tone: Tone) -> str:
    """One cell; blank where there is nothing to judge."""
    return sign(_SIGNS[tone]) if tone in _SIGNS else " "


def token(tone: Tone) -> str:
    """The colour as a token for content; empty for that of the text around it."""
    return f"${STYLES[tone]}" if STYLES[tone] else ""


def state_sign(code: str) -> str:
    """The sign of a day's state."""
    return sign(_STATES.get(code, "unknown"))
