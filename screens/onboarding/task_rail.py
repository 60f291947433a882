"""The task list beside a step, and its one-line form for narrow consoles."""

from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from branch_console.locale import t
from branch_console.views import JourneyView, StepRow
from screens.signs import sign
from screens.text import fit, one_line
from screens.widgets import css_beside

TONES = {"done": "done", "in_progress": "now", "problem": "problem", "skipped": "problem"}
WORD_CELLS = 10
"""The longest status word."""


class TaskRail(Widget):
    """Sign, number, title and status word of every step; the step of the moment stands out."""

    DEFAULT_CSS = css_beside(__file__)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "task-rail--done",
        "task-rail--now",
        "task-rail--problem",
        "task-rail--quiet",
    }

    journey: reactive[JourneyView | None] = reactive(None, layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One row a step."""
        return len(self.journey.rows) if self.journey else 1

    def render_line(self, y: int) -> Strip:
        """One step."""
        width = self.size.width
        rows = self.journey.rows if self.journey else ()
        first = self._first(rows)
        if first + y >= len(rows):
            return Strip.blank(width, self.rich_style)
        row = rows[first + y]
        style = self.rich_style + self.get_component_rich_style(
            f"task-rail--{TONES.get(row.status, 'quiet')}", partial=True
        )
        word = (
            t(f"onboarding.step.{row.status}") if row.required or row.status != "not_started" else t("onboarding.may")
        )
        title = fit(one_line(row.title), max(width - 6 - WORD_CELLS, 4))
        text = f"{sign(row.status)} {row.number:>2} {title} {fit(word, WORD_CELLS, right=True)}"
        return Strip([Segment(fit(text, width), style)])

    def _first(self, rows: tuple[StepRow, ...]) -> int:
        """The first row shown, so that the step of the moment is in sight when not all fit."""
        now = next((index for index, row in enumerate(rows) if row.status == "in_progress"), 0)
        return max(0, min(now - self.size.height // 2, len(rows) - self.size.height))


def progress(journey: JourneyView) -> str:
    """The same in one line: a sign for each step."""
    return "".join(sign(row.status) for row in journey.rows)
