"""The figures of the day: mine and the branch's, and the branch's hours."""

from rich.cells import cell_len
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


class DayFigures(Widget):
    """Three rows of two figures, then a line of bars from 8 to 19 o'clock."""

    DEFAULT_CSS = css_beside(__file__)
    COMPONENT_CLASSES = {"figures--quiet", "figures--number", "figures--bars"}  # noqa: RUF012

    figures: reactive[tuple[DayCount, DayCount] | None] = reactive(None)

    def show(self, mine: DayCount, branch: DayCount) -> None:
        """Show other figures."""
        self.figures = (mine, branch)

    def render_line(self, y: int) -> Strip:
        """Titles, three figures, an empty line, the bars and their scale."""
        width = self.size.width
        if self.figures is None:
            return Strip.blank(width, self.rich_style)
        mine, branch = self.figures
        rows = [
            ("", t("today.mine"), t("today.branch"), "figures--quiet"),
            (t("today.received"), str(mine.received), str(branch.received), "figures--number"),
            (t("today.opened"), str(mine.opened), str(branch.opened), "figures--number"),
            (t("today.first_use"), str(mine.first_use), str(branch.first_use), "figures--number"),
        ]
        if y < len(rows):
            return self._row(rows[y], width)
        line = y - len(rows) - 1
        if 0 <= line < 3:
            return self._hours(branch.by_hour, line, width)
        return Strip.blank(width, self.rich_style)

    def _row(self, row: tuple[str, str, str, str], width: int) -> Strip:
        label, mine, branch, tone = row
        base, quiet = self.rich_style, self._style("figures--quiet")
        column = 8
        number = base + self._style(tone)
        return Strip(
            [
                Segment(fit(label, width - 2 * column), base + quiet),
                Segment(fit(mine, column, right=True), number),
                Segment(fit(branch, column, right=True), number if tone == "figures--quiet" else base + quiet),
            ]
        )

    def _hours(self, by_hour: tuple[int, ...], line: int, width: int) -> Strip:
        hours = shown_hours(by_hour)
        each = max(width // len(hours), 1)
        base = self.rich_style
        if line == 0:
            return Strip([Segment(fit(t("today.by_hour"), width), base + self._style("figures--quiet"))])
        if line == 1:
            text = "".join(mark * (each - 1) + " " if each > 1 else mark for mark in bars(hours))
            return Strip([Segment(fit(text, width), base + self._style("figures--bars"))])
        scale = ""
        for hour in range(FIRST_HOUR, LAST_HOUR + 1):
            scale += (
                fit(str(hour) if (hour - FIRST_HOUR) % (3 if each < 3 else 2) == 0 else "", each) if each >= 2 else ""
            )
        if cell_len(scale) == 0:
            scale = fit(str(FIRST_HOUR), len(hours) - 2) + str(LAST_HOUR)
        return Strip([Segment(fit(scale, width), base + self._style("figures--quiet"))])

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)


def shown_hours(by_hour: tuple[int, ...]) -> tuple[int, ...]:
    """The day's hours as shown: nothing that happened early or late is lost."""
    middle = list(by_hour[FIRST_HOUR : LAST_HOUR + 1])
    middle[0] += sum(by_hour[:FIRST_HOUR])
    middle[-1] += sum(by_hour[LAST_HOUR + 1 :])
    return tuple(middle)
