"""The figures of the day: mine and the branch's, and the branch's hours."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from branch_console.locale import t
from branch_console.views import DayCount
from screens.signs import bars
from screens.text import fit
from screens.widgets import css_beside

FIRST_HOUR, LAST_HOUR = 8, 19
"""Hours shown; earlier and later ones are added to the first and the last."""
TABLE = 6
"""Lines before the bars: titles, three figures, an empty line, the bars' title."""
TALLEST = 6


class DayFigures(Widget):
    """Three rows of two figures, then bars from 8 to 19 o'clock, as high as there is room."""

    DEFAULT_CSS = css_beside(__file__)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"figures--quiet", "figures--number", "figures--bars"}

    figures: reactive[tuple[DayCount, DayCount] | None] = reactive(None)

    def show(self, mine: DayCount, branch: DayCount) -> None:
        """Show other figures."""
        self.figures = (mine, branch)

    def render_line(self, y: int) -> Strip:
        """One line: of the table, the bars, or their scale."""
        width = self.size.width
        if self.figures is None:
            return Strip.blank(width, self.rich_style)
        mine, branch = self.figures
        rows = [
            ("", t("today.mine"), t("today.branch")),
            (t("today.received"), str(mine.received), str(branch.received)),
            (t("today.opened"), str(mine.opened), str(branch.opened)),
            (t("today.first_use"), str(mine.first_use), str(branch.first_use)),
        ]
        if y < len(rows):
            return self._row(rows[y], width, title=y == 0)
        if y == TABLE - 1:
            return self._line(t("today.by_hour"), width, "figures--quiet")
        if y >= TABLE:
            return self._hours(branch.by_hour, y - TABLE, width)
        return Strip.blank(width, self.rich_style)

    def _row(self, row: tuple[str, str, str], width: int, title: bool) -> Strip:
        label, mine, branch = row
        base, quiet = self.rich_style, self._style("figures--quiet")
        first, second = (8, 9) if width >= 30 else (5, 8)
        own = quiet if title else self._style("figures--number")
        return Strip(
            [
                Segment(fit(label, width - first - second), base + quiet),
                Segment(fit(mine, first, right=True), base + own),
                Segment(fit(branch, second, right=True), base + quiet),
            ]
        )

    def _hours(self, by_hour: tuple[int, ...], line: int, width: int) -> Strip:
        hours = shown_hours(by_hour)
        each = max(width // len(hours), 1)
        rows = max(1, min(TALLEST, self.size.height - TABLE - 1))
        if line < rows:
            marks = bars(hours, rows)[line]
            text = "".join(mark * max(each - 1, 1) + " " * (each > 1) for mark in marks)
            return self._line(text, width, "figures--bars")
        if line == rows:
            return self._line(scale(each), width, "figures--quiet")
        return Strip.blank(width, self.rich_style)

    def _line(self, text: str, width: int, style: str) -> Strip:
        return Strip([Segment(fit(text, width), self.rich_style + self._style(style))])

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)


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
