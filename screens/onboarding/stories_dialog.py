"""Real cases to tell a customer who worries."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from branch_console.locale import t
from branch_console.views import CaseStory
from screens.onboarding.dialog import JourneyDialog
from screens.onboarding.prose import Prose
from screens.onboarding.step_clock import StepClock
from screens.text import plain
from screens.widgets import css_beside


class StoriesDialog(JourneyDialog[None]):
    """Read out or turned to the customer; any of Enter, Escape and F12 closes it."""

    DEFAULT_CSS = css_beside(__file__)
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,f12", "leave", show=False)]

    def __init__(self, stories: tuple[CaseStory, ...], clock: StepClock | None = None, title: str = "") -> None:
        super().__init__(title or t("onboarding.stories.title"), clock)
        self._stories = stories

    def inside(self) -> ComposeResult:
        """One case after the other."""
        with VerticalScroll(classes="stories"):
            for story in self._stories:
                yield Static(plain(story.title), classes="story-title")
                yield Prose(story.text, classes="story")
        yield Static(plain(t("onboarding.stories.how")), classes="how")
