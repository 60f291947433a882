"""Texts from people and from other machines pass through every screen of the board as text, and nothing else."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import Any

import pytest
from textual.screen import Screen

from branch_console.figure_views.tables import Drill
from screens.board.area_screen import AreaScreen
from screens.board.board_screen import BoardScreen
from screens.board.detail_screen import DetailScreen
from screens.board.rows_screen import RowsScreen
from tests.hostile import FORBIDDEN, TOGETHER
from tests.screens.board import sample
from tests.screens.board.fakes import FakeFigures, Host
from tests.screens.driving import SIZE, on_screen, text, until

OURS = frozenset({"section", "tone", "chart", "drill", "subject", "figure", "group", "member", "place"})
"""Names in our own code, not words."""


def poisoned(view: Any, hostile: str) -> Any:
    """The same view with every word replaced."""
    if isinstance(view, str):
        return hostile
    if isinstance(view, tuple):
        return tuple(poisoned(each, hostile) for each in view)
    if not is_dataclass(view) or isinstance(view, type | Drill):
        return view
    changes = {each.name: poisoned(getattr(view, each.name), hostile) for each in fields(view) if each.name not in OURS}
    return replace(view, **changes)


DRILL = Drill("journeys.onboarded")
PAGES: dict[str, tuple[Callable[[], Screen[Any]], tuple[int, int], tuple[str, ...]]] = {
    "board": (BoardScreen, SIZE, ("end", "right", "right", "up", "ctrl+d", "escape", "left", "ctrl+k", "escape")),
    "wide board": (BoardScreen, (120, 40), ("shift+tab", "right", "left")),
    "rows": (partial(RowsScreen, DRILL, sample.TODAY), SIZE, ("down", "end", "f1")),
    "detail": (partial(DetailScreen, DRILL, sample.TODAY, (("a", "[/]"),)), SIZE, ("end",)),
    "area": (partial(AreaScreen, sample.TODAY), SIZE, ("down", "ctrl+r")),
}


@pytest.mark.parametrize("page", PAGES)
@on_screen
async def test_every_page_and_its_keys_show_hostile_text_as_text(page: str) -> None:
    make, size, keys = PAGES[page]
    for hostile in TOGETHER:
        app = Host(FakeFigures(change=partial(poisoned, hostile=hostile)), make(), language="en")
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            await until(pilot, lambda app=app: app.focused is not None and not app.workers)  # type: ignore[misc]
            assert not FORBIDDEN & set(text(app))
            for key in keys:
                await pilot.press(key)
                assert not FORBIDDEN & set(text(app))
            await until(pilot, lambda app=app: not app.workers)  # type: ignore[misc]
        assert not app.errors


@on_screen
async def test_hostile_words_are_on_the_screen_as_they_stand() -> None:
    app = Host(FakeFigures(change=partial(poisoned, hostile="[b]粗[/b]")), BoardScreen())
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: text(app).count("[b]粗[/b]") > 30)
