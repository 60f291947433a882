"""The day's part of each target as a bar, with a mark where it should stand by now."""

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from branch_console.figure_views.board import TargetView
from branch_console.locale import t
from screens.board.blocks import bar
from screens.signs import ascii_only, sign
from screens.text import fit, one_line
from screens.widgets import css_beside

MOST = 3
"""Targets in sight."""
LEAST, WIDEST = 8, 28
"""Cells of a bar."""
ROOMY = 100
"""From so many cells on the period and the note stand beside it."""


class TargetBars(Widget):
    """One line a target: label, bar, reached of the day's part, expected by now. Takes no room without targets.

    On a day that is not worked there is no part of it: then what was reached all the same, and the period.
    """

    DEFAULT_CSS = css_beside(__file__)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"targets--{name}" for name in ("bar", "rest", "mark", "quiet", "behind", "ahead")
    }

    targets: reactive[tuple[TargetView, ...]] = reactive((), layout=True)

    def show(self, targets: tuple[TargetView, ...]) -> None:
        """Other targets."""
        self.display = bool(targets)
        self.targets = targets

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One line each."""
        return min(len(self.targets), MOST)

    def render_line(self, y: int) -> Strip:
        """One target."""
        width, base = self.size.width, self.rich_style
        if y >= len(self.targets):
            return Strip.blank(width, base)
        target = self.targets[y]
        shown = self.targets[:MOST]
        label = max(min(cell_len(one_line(each.label)), 16) for each in shown)
        name = Segment(f"  {fit(one_line(target.label), label)}  ", base)
        if target.rest:
            said = "  ".join(one_line(each) for each in (str(target.reached), target.rest, target.period))
            return Strip([name, Segment(fit(said, max(width - label - 4, 0)), base + self._part("quiet"))])
        words = [self._words(each) for each in shown]
        room = max(cell_len(each) for each in words)
        cells = max(min(width - 2 - label - room - 4, WIDEST), LEAST)
        tone = "behind" if target.behind else "ahead"
        segments = [
            name,
            *self._bar(target, cells, base),
            Segment(f"  {fit(words[y], min(room, max(width - label - cells - 6, 0)))}", base + self._part(tone)),
        ]
        used = sum(cell_len(segment.text) for segment in segments)
        if width >= ROOMY:
            more = "  ".join(one_line(each) for each in (target.period, target.note) if each)
            segments.append(Segment(fit(f"  {more}", width - used), base + self._part("quiet")))
        return Strip(segments).adjust_cell_length(width, base)

    def _words(self, target: TargetView) -> str:
        reached = t("board.target.reached", reached=target.reached, total=one_line(target.day_total))
        expected = t("board.target.expected", expected=one_line(target.expected_now))
        behind = f"{sign('soon')} {t('board.target.behind')}" if target.behind else sign("good")
        return f"{reached}  {expected} {behind}"

    def _bar(self, target: TargetView, cells: int, base: Style) -> list[Segment]:
        """The bar; what is not reached yet as a quiet line; over both the mark of what is expected by now."""
        text = bar(target.share, cells)
        full = len(text.rstrip())
        text = text[:full] + ("." if ascii_only() else "╌") * (cells - full)
        mark = max(0, min(round(target.expected_share * cells), cells - 1))
        segments = []
        for at, character in enumerate(text):
            name = "mark" if at == mark else "bar" if at < full else "rest"
            drawn = ("|" if ascii_only() else "┃") if at == mark else character
            segments.append(Segment(drawn, base + self._part(name)))
        return segments

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(f"targets--{name}", partial=True)
