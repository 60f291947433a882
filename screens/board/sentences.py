"""Sentences as the board's widgets wrap them: cleaned, and no longer than anybody reads."""

from screens.text import one_line, wrap

LONGEST = 400
"""Characters of a sentence; longer ones come from broken or hostile data, and breaking lines takes its time."""


def sentence(text: str, cells: int) -> list[str]:
    """The lines of a sentence."""
    told = one_line(text[: LONGEST * 4])
    return wrap(told if len(told) <= LONGEST else f"{told[:LONGEST]}..", max(cells, 2))
