"""The customers received in each hour of the day, as bars."""

from typing import ClassVar

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from branch_console.locale import t
from screens.signs import bars
from screens.text import fit
from screens.widgets import css_beside

FIRST_HOUR, LAST_HOUR = 8, 19
"""Hours shown; earlier and later ones are added to the first and the last."""
TALLEST = 10
TITLED = 5
"""From so many lines on, the bars have a title with an empty line above."""


class TodayHours(Widget):
    """Bars from 8 to 19 o'clock, as high as there is room, their scale below."""

    DEFAULT_CSS = css_beside(__file__)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"hours--quiet", "hours--bars"}

    by_hour: reactive[tuple[int, ...]] = reactive(())

    def show(self, by_hour: tuple[int, ...]) -> None:
        """Show another day's hours."""
        self.by_hour = by_hour

    def render_line(self, y: int) -> Strip:
        """The title, a line of the bars, or their scale."""
        width, height = self.size
        if not self.by_hour or height < 2:
            return Strip.blank(width, self.rich_style)
        head = 2 if height >= TITLED else 0
        if y < head:
            return self._line(t("today.by_hour") if y else "", "hours--quiet")
        hours = shown_hours(self.by_hour)
        each = max((width - 2) // len(hours), 1)
        rows = max(1, min(TALLEST, height - head - 1))
        line = y - head
        if line < rows:
            marks = bars(hours, rows)[line]
            return self._line("".join(mark * max(each - 1, 1) + " " * (each > 1) for mark in marks), "hours--bars")
        return self._line(scale(each) if line == rows else "", "hours--quiet")

    def _line(self, text: str, style: str) -> Strip:
        """In line with the lists above it, whose first two cells are the cursor's."""
        name = self.get_component_rich_style(style, partial=True)
        return Strip([Segment(fit("  " + text, self.size.width), self.rich_style + name)])


def scale(each: int) -> str:
    """Hours under the bars, `each` cells a bar; as many as can be read."""
    step = next(step for step in (1, 2, 3, 4, 6, 11) if step * each >= 3)
    hours = range(FIRST_HOUR, LAST_HOUR + 1, step)
    return "".join(fit(str(hour), step * each) for hour in hours)


def shown_hours(by_hour: tuple[int, ...]) -> tuple[int, ...]:
    """The day's hours as shown: nothing that happened early or late is lost."""
    middle = list(by_hour[FIRST_HOUR : LAST_HOUR + 1])
    middle[0] += sum(by_hour[:FIRST_HOUR])
    middle[-1] += sum(by_hour[LAST_HOUR + 1 :])
    return tuple(middle)
