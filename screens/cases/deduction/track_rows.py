"""Unfinished fast tracks as rows of a list."""

from branch_console.case_views.deduction import TrackLine
from branch_console.locale import t
from screens.signs import sign
from screens.widgets.row_drawing import Cell, Column


def columns() -> list[Column]:
    """Number, what it is about, whose, since when or where, how far, what next, and what is known of a freeze."""
    return [
        Column(width=27),
        Column(),
        Column(wide_only=True),
        Column(width=11, wide_only=True),
        Column(width=4),
        Column(width=14, wide_only=True),
        Column(width=19, right=True),
    ]


def cells(line: TrackLine) -> list[Cell]:
    """One of them."""
    waits = f" {sign('waiting')}" if line.pending else ""
    place = t("today.elsewhere", terminal=line.elsewhere) if line.elsewhere else line.received
    return [
        line.number,
        line.category,
        (line.customer, "muted"),
        (place, "muted"),
        line.steps,
        line.next_step,
        (f"{line.standing}{waits}", line.tone),
    ]
