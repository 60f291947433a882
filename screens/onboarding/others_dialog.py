"""Earlier journeys of the same person, to go on with one of them."""

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from branch_console.locale import t
from branch_console.views import JourneyLine
from screens.onboarding.dialog import JourneyDialog
from screens.onboarding.known_person import advice, described
from screens.onboarding.step_clock import StepClock
from screens.text import plain
from screens.widgets.choices import Choices, Option


class OthersDialog(JourneyDialog[str]):
    """Enter opens one; gives its subject."""

    AUTO_FOCUS = "Choices"

    def __init__(self, lines: tuple[JourneyLine, ...], clock: StepClock | None = None) -> None:
        super().__init__(t("onboarding.known.title", n=len(lines)), clock)
        self._lines = lines

    def inside(self) -> ComposeResult:
        """What to do, and the journeys."""
        yield Static(plain(advice(self._lines)), classes="lead")
        yield Choices([Option(line.subject, f"{line.name}  {line.phone}", described(line)) for line in self._lines])
        yield Static(plain(t("onboarding.pick.how")), classes="how")

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.dismiss(event.value)
