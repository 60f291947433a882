"""Who is being served, for what, which step, and how long it has taken."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from branch_console.locale import t
from branch_console.views import JourneyView
from screens.onboarding.task_rail import progress
from screens.signs import sign
from screens.text import fit, one_line
from screens.widgets import css_beside


class JourneyHead(Widget):
    """First line the customer, second the step; on narrow consoles a sign for each step too."""

    DEFAULT_CSS = css_beside(__file__)

    journey: reactive[JourneyView | None] = reactive(None, layout=True)
    seconds: reactive[int | None] = reactive(None)
    """Seconds on this step; None where no time is shown."""
    narrow: reactive[bool] = reactive(True, layout=True)

    def render(self) -> Content:
        """The lines."""
        journey = self.journey
        if journey is None:
            return Content(t("common.loading"))
        width = self.content_size.width
        who = [journey.name or t("onboarding.new_customer"), t(f"onboarding.class.{journey.target}"), journey.phone]
        first = f"  {sign('separator')}  ".join(one_line(part) for part in who if part)
        lines = [_sides(first, self._marks(journey), progress(journey) if self.narrow else "", width)]
        step = journey.step
        if step is not None and journey.status == "running":
            title = f"{step.number}/{step.total}  {one_line(step.title)}"
            if not step.required:
                title += f"  {t('onboarding.optional')}"
            left = Content.styled(fit(title, max(width - 20, 10)), "bold $primary")
            lines.append(left + Content.styled(fit(self._time(), width - left.cell_length, right=True), "$muted"))
        return Content("\n").join(lines)

    def _marks(self, journey: JourneyView) -> str:
        marks = []
        if journey.conflicts:
            marks.append(f"{sign('warning')} {t('onboarding.conflicts')}")
        if journey.status != "running":
            marks.append(t(f"onboarding.status.{journey.status}"))
        return "  ".join(marks)

    def _time(self) -> str:
        step = self.journey.step if self.journey else None
        if self.seconds is None or step is None or step.target_seconds is None:
            return ""
        return f"{_clock(self.seconds)} / {_clock(step.target_seconds)}"


def _sides(left: str, marks: str, signs: str, width: int) -> Content:
    right = Content("  ").join(
        Content.styled(text, tone) for text, tone in ((marks, "$warning"), (signs, "$muted")) if text
    )
    return Content.styled(fit(left, max(width - right.cell_length, 1)), "bold") + right


def _clock(seconds: int) -> str:
    """Minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"
