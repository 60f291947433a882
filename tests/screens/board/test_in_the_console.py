"""The board as an area of the console: F7, the palette, the way to a case, the lock in the middle."""

import threading
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from branch_console.app import BranchConsole
from screens import areas
from screens.base import BranchScreen
from screens.board.area_screen import AreaScreen
from screens.board.board_screen import BoardScreen
from screens.board.rows_screen import RowsScreen
from screens.commands import Command, rank
from screens.lock import Lock
from screens.widgets.password_field import PasswordField
from tests.screens.board.fakes import FakeFigures
from tests.screens.driving import SIZE, console, log_in, on_screen, text, until
from tests.screens.fakes import PASSWORD, FakeServices


def opened(figures: FakeFigures, role: str = "supervisor") -> BranchConsole:
    services = FakeServices()
    services.people = (replace(services.people[0], role=role), *services.people[1:])
    services.figures = figures  # type: ignore[attr-defined]
    return console(services)


async def at_the_board(pilot: Pilot[Any]) -> None:
    await log_in(pilot)
    await until(pilot, lambda: pilot.app.current_mode == "today" and "接待" in text(pilot.app))
    await pilot.press("f7")
    await until(pilot, lambda: isinstance(pilot.app.screen, BoardScreen) and "深圳福田支行  " in text(pilot.app))
    await until(pilot, lambda: "15.2" in text(pilot.app) and pilot.app.focused is not None)


class Page(BranchScreen[None]):
    """Whatever a subject leads to."""

    BINDINGS = [("escape", "app.pop_screen", "")]  # noqa: RUF012

    def __init__(self, subject: str) -> None:
        super().__init__()
        self.subject = subject

    def body(self) -> Any:
        yield from ()


@on_screen
async def test_from_the_board_to_a_case_and_back_to_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(areas, "case", Page)
    monkeypatch.setattr(areas, "journey", Page)
    app = opened(FakeFigures())
    async with app.run_test(size=SIZE) as pilot:
        await at_the_board(pilot)
        await pilot.press("shift+tab", "enter")
        await until(pilot, lambda: isinstance(app.screen, RowsScreen) and "138****8000" in text(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, Page) and app.screen.subject == "case/2")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, RowsScreen))
        assert app.screen.query_one("#rows").cursor == 1  # type: ignore[attr-defined]


@on_screen
async def test_the_lock_in_the_middle_leaves_everything_where_it_was() -> None:
    figures, gate = FakeFigures(), threading.Event()
    app = opened(figures)
    async with app.run_test(size=SIZE) as pilot:
        await at_the_board(pilot)
        await pilot.press("right")
        await until(pilot, lambda: "告知与同意" in text(app))
        await pilot.press("down", "down")
        await until(pilot, lambda: not app.workers)
        figures.before_answer = lambda _name: gate.wait(30)  # type: ignore[assignment]
        app.screen.heard()  # type: ignore[attr-defined]
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, Lock) and app.focused is not None)
        gate.set()
        await until(pilot, lambda: not app.workers)
        app.screen.query_one(PasswordField).value = PASSWORD
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and "[漏斗]" in text(app))
        assert app.focused is not None and app.focused.row.key == "funnel/s2"  # type: ignore[attr-defined]


@on_screen
async def test_who_may_not_see_figures_is_told_so_and_stays() -> None:
    app = opened(FakeFigures(), role="administrator")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await log_in(pilot)
        await until(pilot, lambda: app.current_mode == "today" and app.focused is not None)
        await pilot.press("f7")
        await until(pilot, lambda: "您的岗位不能做这项操作" in text(app))
        assert app.current_mode == "today"
        assert not app.check_action("reach", ("area",)) and not app.check_action("part", ("board", "signs"))


@on_screen
async def test_retention_and_the_area_are_one_command_away_from_anywhere() -> None:
    app = opened(FakeFigures())
    async with app.run_test(size=SIZE) as pilot:
        await log_in(pilot)
        await until(pilot, lambda: app.current_mode == "today" and app.focused is not None)
        await pilot.press("ctrl+p", *"lcyyc")
        await until(pilot, lambda: "留存与异常" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and "留存：按开通周" in text(app))
        await app.run_action("reach('area')")
        await until(pilot, lambda: isinstance(app.screen, AreaScreen) and "755-003" in text(app))
        await app.run_action("part('board', 'trends')")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and "[趋势]" in text(app))


@pytest.mark.parametrize("typed", ["rb", "日报", "board", "day"])
def test_the_board_is_found_by_chinese_english_and_pinyin(typed: str) -> None:
    assert rank(Command("key.board", "go('board')"), typed) is not None
