"""The screens of a session. Today, the onboarding and the sync are imported when it begins; the others, and what
those stand on, when somebody first goes there: most sessions see few of them.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen

from screens.new_password import NewPassword
from screens.onboarding.journey_screen import JourneyScreen
from screens.onboarding.list_screen import OnboardingListScreen
from screens.port import ConsoleServices
from screens.sync import Sync
from screens.today import Today

if TYPE_CHECKING:
    from datetime import date

    from branch_console.figure_views.tables import Drill


def _later(module: str, name: str) -> Callable[[], Screen[Any]]:
    """What makes a screen of that class, whose module is imported when the first one is made."""
    return lambda: cast("Screen[Any]", getattr(import_module(f"screens.{module}"), name)())


BEHIND: dict[str, tuple[str, Callable[[], Screen[Any]]]] = {
    "shift_end": ("cases", _later("cases.queue.shift_end_screen", "ShiftEndScreen")),
    "register_report": ("cases", _later("cases.reports.register_report_screen", "RegisterReportScreen")),
    "pack": ("feedback", _later("cases.feedback.pack_screen", "PackScreen")),
    "wall": ("feedback", _later("cases.feedback.wall_screen", "WallScreen")),
    "area": ("board", _later("board.area_screen", "AreaScreen")),
}
"""Screens behind others that the palette leads to from anywhere, each with its area."""


def areas(services: ConsoleServices) -> dict[str, Callable[[], Screen[Any]]]:
    """The areas by name, each with what makes its first screen."""
    return {
        "today": lambda: Today(services),
        "onboarding": OnboardingListScreen,
        "gifts": _later("gifts.gifts_screen", "GiftsScreen"),
        "register": _later("cases.register.register_screen", "RegisterScreen"),
        "feedback": _later("cases.feedback.feedback_screen", "FeedbackScreen"),
        "cases": _later("cases.queue.queue_screen", "QueueScreen"),
        "board": _later("board.board_screen", "BoardScreen"),
        "deduction": _later("cases.deduction.deduction_screen", "DeductionScreen"),
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
    from screens.gifts.check_screen import CheckScreen  # noqa: PLC0415  as above

    return CheckScreen(journey=journey)


def case(subject: str) -> Screen[Any]:
    """One case."""
    from screens.cases.view.case_screen import CaseScreen  # noqa: PLC0415  its acts are many: loaded when needed

    return CaseScreen(subject)


def figure_rows(drill: "Drill", day: "date") -> Screen[Any]:
    """The rows behind a number."""
    from screens.board.rows_screen import RowsScreen  # noqa: PLC0415  as above

    return RowsScreen(drill, day)


def campaign(name: str) -> Screen[Any]:
    """The page of one campaign."""
    from screens.gifts.watch.campaign_screen import CampaignScreen  # noqa: PLC0415  as above

    return CampaignScreen(name)


def stock() -> Screen[Any]:
    """What is where."""
    from screens.gifts.goods.stock_screen import StockScreen  # noqa: PLC0415  as above

    return StockScreen()


def subject(name: str) -> Screen[Any]:
    """Whatever a journey's or a case's subject leads to."""
    return journey(name) if name.startswith("journey/") else case(name)
