"""The whole task list, for consoles too narrow to show it beside the step, and the way to another step."""

from branch_console.locale import t
from branch_console.views import JourneyView, StepRow
from screens.onboarding.pick_dialog import PickDialog
from screens.onboarding.step_clock import StepClock
from screens.signs import sign
from screens.widgets.choices import Choices, Option


class StepsDialog(PickDialog):
    """Enter on a step goes there; one that cannot start yet says why."""

    def __init__(self, journey: JourneyView, clock: StepClock | None = None) -> None:
        options = [Option(row.id, _label(row), _word(row), row.why_not) for row in journey.rows]
        super().__init__(t("onboarding.steps.title"), options, clock=clock)
        self._at = next((index for index, row in enumerate(journey.rows) if row.status == "in_progress"), 0)

    def on_mount(self) -> None:
        """The cursor on the step of the moment."""
        self.query_one(Choices).cursor = self._at


def _label(row: StepRow) -> str:
    return f"{sign(row.status)} {row.number:>2} {row.title}"


def _word(row: StepRow) -> str:
    word = t(f"onboarding.step.{row.status}")
    return word if row.required else f"{word} {t('onboarding.optional')}"
