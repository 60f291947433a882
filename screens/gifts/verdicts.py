"""How a verdict looks, and which acts it allows before the reasons have been read."""

from typing import Final

from branch_console.gift_views import OfferLine
from branch_console.locale import t
from screens.signs import sign
from screens.text import one_line
from screens.widgets.row_drawing import Cell

_LOOKS: Final[dict[str, tuple[str, str]]] = {
    "ELIGIBLE": ("good", "success"),
    "ELIGIBLE_OFFLINE": ("good", "success"),
    "NEEDS_APPROVAL": ("good", "warning"),
    "PROVISIONAL": ("skipped", "warning"),
    "VOUCHER": ("skipped", "warning"),
    "NOT_YET": ("in_progress", "accent"),
    "NEED_SYNC": ("unknown", "accent"),
    "HELD": ("problem", "warning"),
    "OUT_OF_STOCK": ("cannot_start", "muted"),
    "SUPERSEDED": ("cannot_start", "muted"),
    "ALREADY_CLAIMED": ("cannot_start", "muted"),
    "NO": ("bad", "muted"),
}
"""Sign and tone of each verdict. Colour is never alone: the words stand beside the sign."""
_HANDED_OVER: Final = frozenset({"ELIGIBLE", "ELIGIBLE_OFFLINE", "NEEDS_APPROVAL", "PROVISIONAL"})
_VOUCHERED: Final = frozenset({"VOUCHER", "PROVISIONAL"})
_SURE: Final = frozenset({"ELIGIBLE", "ELIGIBLE_OFFLINE", "NEEDS_APPROVAL", "ALREADY_CLAIMED", "SUPERSEDED", "HELD"})
"""Nothing that the customer's phone shows would change these."""


def verdict_cell(line: OfferLine) -> Cell:
    """Sign and words of a verdict; one that this version does not know gets a question mark."""
    name, tone = _LOOKS.get(line.verdict, ("unknown", "muted"))
    return f"{sign(name)} {one_line(line.verdict_words)}", tone


def why_not(act: str, line: OfferLine) -> str:
    """In words, why the verdict forbids an act: hand_over, voucher, attest. Empty: the desk decides."""
    forbidden = {
        "hand_over": line.verdict not in _HANDED_OVER,
        "voucher": line.verdict not in _VOUCHERED,
        "attest": line.verdict in _SURE,
    }
    if not forbidden.get(act, False):
        return ""
    because = one_line(line.sentence) or one_line(line.verdict_words)
    return t(f"gifts.why_not.{act}", verdict=one_line(line.verdict_words), because=because)
