"""Pictures of the Day board, with the invented days of the fakes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from textual.screen import Screen

from branch_console.figure_views.tables import Drill
from branch_console.locale import Language, set_language
from screens.board.area_screen import AreaScreen
from screens.board.board_screen import BoardScreen
from screens.board.detail_screen import DetailScreen
from screens.board.rows_screen import RowsScreen
from tests.picture import write_picture
from tests.screens.board import sample
from tests.screens.board.fakes import FakeFigures, Host
from tests.screens.driving import until

NARROW, WIDE = (80, 24), (120, 40)
DRILL = Drill("journeys.onboarded")


@dataclass(frozen=True)
class Picture:
    """One screen, made when the language is set, and the keys that are pressed on it."""

    name: str
    made: Callable[[], Screen[Any]] = BoardScreen
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = NARROW
    language: Language = "zh"
    colours: str = "dark"


PICTURES = (
    Picture("board", size=WIDE),
    Picture("board-light", size=WIDE, colours="light"),
    Picture("board-en", size=WIDE, language="en", keys=("right", "right", "down")),
    Picture("board-80x24"),
    Picture("board-80x24-light-en", language="en", colours="light", keys=("right",)),
    Picture("board-rows", partial(RowsScreen, DRILL, sample.TODAY)),
    Picture("board-chart", partial(DetailScreen, DRILL, sample.TODAY), size=WIDE),
    Picture("board-chart-80x24-light", partial(DetailScreen, DRILL, sample.TODAY), colours="light"),
    Picture("board-area", partial(AreaScreen, sample.TODAY)),
    Picture("board-days", keys=("ctrl+d",)),
    Picture("board-funnel", keys=("right",)),
    Picture("board-trends", size=WIDE, keys=("left", "left", "down")),
    Picture("board-export", keys=("ctrl+x",)),
)


async def board_pictures(folder: Path) -> None:
    """Make all of them, and leave the language as it was at first."""
    for each in PICTURES:
        set_language(each.language)
        app = Host(FakeFigures(), each.made(), language=each.language, colours=each.colours)
        async with app.run_test(size=each.size) as pilot:
            await until(pilot, lambda app=app: app.focused is not None and not app.workers)  # type: ignore[misc]
            await pilot.press(*each.keys)
            await pilot.pause(0.5)  # the detail follows the cursor a moment behind it
            await until(pilot, lambda app=app: not app.workers)  # type: ignore[misc]
            await pilot.pause()
            write_picture(app.export_screenshot(title="Branch Console 网点控制台"), folder / f"{each.name}.svg")
    set_language("zh")
