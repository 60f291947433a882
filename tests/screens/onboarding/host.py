"""A console around one screen of the onboarding area."""

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from branch_console.locale import Language
from screens.onboarding import JourneyScreen
from screens.onboarding.interruption_pane import InterruptionPane
from screens.onboarding.notice_pane import NoticePane
from screens.onboarding.port import Desk
from screens.onboarding.stage import Pane, Stage
from screens.shell import Shell
from tests.screens.driving import until


class FakeServices:
    """Only the desk."""

    def __init__(self, desk: Desk) -> None:
        self.onboarding = desk
        self.session = None

    def subscribe(self, listener: Callable[[str], None]) -> None:
        """Nothing ever changes elsewhere."""


class Host(Shell):
    """Shows the screen under test above an empty one."""

    def __init__(self, desk: Desk, shown: Screen[None], *, language: Language = "zh", colours: str = "dark") -> None:
        super().__init__(language=language, colours=colours)
        self.services = FakeServices(desk)
        self.desk = desk
        self._first_screen = shown
        self.errors: list[Exception] = []

    def on_mount(self) -> None:
        """To the screen under test."""
        self.push_screen(self._first_screen)

    def show_error(self, error: Exception) -> None:
        """Keep it for the test, and say it."""
        self.errors.append(error)
        super().show_error(error)


def host_of(app: App[Any]) -> Host:
    """The app as what it is."""
    assert isinstance(app, Host)
    return app


def journey_screen(app: App[Any]) -> JourneyScreen:
    """The journey screen, on top or under a dialog."""
    return next(each for each in reversed(app.screen_stack) if isinstance(each, JourneyScreen))


def pane(app: App[Any]) -> Pane | None:
    """The page on the stage."""
    return journey_screen(app).query_one(Stage).pane


async def at_step(pilot: Pilot[Any], step: str) -> None:
    """The step is on screen and something on it has the focus."""
    app = pilot.app

    def ready() -> bool:
        if not any(isinstance(each, JourneyScreen) and each.query(Stage) for each in app.screen_stack):
            return False
        found, journey = pane(app), journey_screen(app).journey
        if isinstance(found, NoticePane | InterruptionPane):
            return False
        shown = getattr(found, "step", None)
        here = shown.id if shown is not None else journey.step.id if journey and journey.step else ""
        return found is not None and here == step and app.focused is not None and found in app.focused.ancestors

    await until(pilot, ready)
