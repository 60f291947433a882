"""Labels and values in two columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from screens.text import fit, one_line
from screens.widgets import css_beside

TONES = {"muted": "$muted", "accent": "$primary", "success": "$success", "warning": "$warning", "error": "$error"}

NARROWEST = 10
"""Cells of the labels' column at least, so that short tables one below the other line up."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One row. `tone`: muted, accent, success, warning, error or empty."""

    label: str
    value: str
    tone: str = ""


class Facts(Widget):
    """One row a fact; labels as wide as the widest of them."""

    DEFAULT_CSS = css_beside(__file__)

    facts: reactive[tuple[Fact, ...]] = reactive((), layout=True)

    def show(self, facts: Sequence[Fact]) -> None:
        """Show other facts."""
        self.facts = tuple(facts)

    def render(self) -> Content:
        """All rows."""
        width = max([NARROWEST, *(cell_len(fact.label) for fact in self.facts)]) + 2
        return Content("\n").join(
            Content.styled(fit(one_line(fact.label), width), "$muted")
            + Content.styled(one_line(fact.value), TONES.get(fact.tone, ""))
            for fact in self.facts
        )
