"""The screens of a session, imported when one begins: the login does not wait for them."""

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from screens.cases.deduction.deduction_screen import DeductionScreen
from screens.cases.feedback.feedback_screen import FeedbackScreen
from screens.cases.feedback.pack_screen import PackScreen
from screens.cases.feedback.wall_screen import WallScreen
from screens.cases.queue.queue_screen import QueueScreen
from screens.cases.queue.shift_end_screen import ShiftEndScreen
from screens.cases.register.register_screen import RegisterScreen
from screens.cases.reports.register_report_screen import RegisterReportScreen
from screens.gifts.check_screen import CheckScreen
from screens.gifts.gifts_screen import GiftsScreen
from screens.new_password import NewPassword
from screens.onboarding.journey_screen import JourneyScreen
from screens.onboarding.list_screen import OnboardingListScreen
from screens.port import ConsoleServices
from screens.sync import Sync
from screens.today import Today

BEHIND: dict[str, tuple[str, Callable[[], Screen[Any]]]] = {
    "shift_end": ("cases", ShiftEndScreen),
    "register_report": ("cases", RegisterReportScreen),
    "pack": ("feedback", PackScreen),
    "wall": ("feedback", WallScreen),
}
"""Screens behind others that the palette leads to from anywhere, each with its area."""


def areas(services: ConsoleServices) -> dict[str, Callable[[], Screen[Any]]]:
    """The areas by name, each with what makes its first screen."""
    return {
        "today": lambda: Today(services),
        "onboarding": OnboardingListScreen,
        "gifts": GiftsScreen,
        "register": RegisterScreen,
        "feedback": FeedbackScreen,
        "cases": QueueScreen,
        "deduction": DeductionScreen,
        "sync": lambda: Sync(services),
    }


def new_password(services: ConsoleServices, *, required: bool) -> Screen[Any]:
    """The screen for a new password."""
    return NewPassword(services, required=required)


def journey(subject: str) -> Screen[Any]:
    """The screen of one journey."""
    return JourneyScreen(subject)


def gift_check(journey: str) -> Screen[Any]:
    """The gifts of a journey's customer."""
    return CheckScreen(journey=journey)


def case(subject: str) -> Screen[Any]:
    """One case."""
    from screens.cases.view.case_screen import CaseScreen  # noqa: PLC0415  its acts are many: loaded when needed

    return CaseScreen(subject)
