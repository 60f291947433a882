"""Looking at the board in a test."""

from typing import Any

from textual.pilot import Pilot

from screens.board.figure_list import FigureList
from tests.screens.board.fakes import Host
from tests.screens.driving import text, until

WIDE = (120, 40)


def figures(app: Host) -> FigureList:
    """The list of the section."""
    return app.screen.query_one("#figures", FigureList)


async def shown(pilot: Pilot[Any], words: str = "深圳福田支行") -> None:
    """Until the board says that."""
    await until(pilot, lambda: words in text(pilot.app) and pilot.app.focused is not None)


async def funnel(pilot: Pilot[Any]) -> None:
    """From the overview to the funnel."""
    await pilot.press("right")
    await shown(pilot, "告知与同意")
