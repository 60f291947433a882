"""The detail of a number: a screen of its own, or beside the list where there is room."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from screens.board import beside
from screens.board.board_screen import BoardScreen
from screens.board.detail_body import DetailBody
from screens.board.detail_screen import DetailScreen
from screens.board.rows_screen import RowsScreen
from tests.screens.board.fakes import FakeFigures, Host
from tests.screens.board.looking import WIDE, funnel, shown
from tests.screens.board.sample import TODAY
from tests.screens.driving import SIZE, on_screen, text, until


@on_screen
async def test_a_narrow_console_opens_the_detail_as_a_screen_with_plot_words_and_definition() -> None:
    desk = FakeFigures()
    app = Host(desk, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        assert not desk.named("detail")
        await pilot.press("enter")  # a signal
        await until(pilot, lambda: isinstance(app.screen, DetailScreen) and "近 28 天" in text(app))
        assert desk.named("detail")[0][1] == "cases.received"
        said = text(app)
        assert "✱" in said and "10-27" in said and "中心 13.4" in said and "界限 6.4 至 20.4" in said
        await pilot.press("end")
        await until(pilot, lambda: "数的是" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RowsScreen))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))


@on_screen
async def test_a_wide_console_shows_the_detail_of_what_the_cursor_rests_on() -> None:
    desk = FakeFigures()
    app = Host(desk, BoardScreen())
    async with app.run_test(size=WIDE) as pilot:
        await shown(pilot)
        await until(pilot, lambda: "中心 13.4" in text(app))
        await funnel(pilot)
        await pilot.press(*["down"] * 4)
        await until(pilot, lambda: "开通 · s4" in text(app))
        asked = [call[3] for call in desk.named("detail")]
        assert asked[-1] == "s4" and not {"s2", "s3"} <= set(asked)
        await pilot.press("left")
        await shown(pilot, "信号")
        await pilot.press("shift+tab")
        await until(pilot, lambda: desk.named("detail")[-1][1] == "journeys.received")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not app.screen.query_one("#beside", DetailBody).display or not app.workers)
        assert not app.screen.has_class("-beside")


@on_screen
async def test_what_changes_while_the_detail_is_read_is_asked_for_again() -> None:
    desk, gate = FakeFigures(), threading.Event()
    screen = BoardScreen()
    app = Host(desk, screen)
    async with app.run_test(size=WIDE) as pilot:
        await shown(pilot, "中心 13.4")
        await until(pilot, lambda: not app.workers and not screen.beside.waiting)
        desk.called.clear()
        desk.before_answer = lambda name: gate.wait(30) if name == "detail" else None  # type: ignore[assignment]
        screen.beside.again()
        await until(pilot, lambda: len(desk.named("detail")) == 1)
        screen.beside._ask()  # as when the cursor has rested
        gate.set()
        await until(pilot, lambda: len(desk.named("detail")) == 2)


@on_screen
async def test_back_from_the_rows_the_detail_is_that_of_the_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = FakeFigures()
    app = Host(desk, BoardScreen())
    async with app.run_test(size=WIDE) as pilot:
        await shown(pilot, "中心 13.4")
        monkeypatch.setattr(beside, "PAUSE", 3600)
        await pilot.press("down", "down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, RowsScreen))
        monkeypatch.setattr(beside, "PAUSE", 0.01)
        assert desk.named("detail")[-1][1] == "cases.received"
        await pilot.press("escape")
        await until(pilot, lambda: desk.named("detail")[-1][1] == desk.named("rows")[-1][1].figure)


@on_screen
async def test_after_midnight_the_detail_is_of_the_new_day() -> None:
    desk = FakeFigures()
    app = Host(desk, BoardScreen())
    async with app.run_test(size=WIDE) as pilot:
        await shown(pilot, "中心 13.4")
        desk.news = lambda known: replace(known, day=TODAY + timedelta(days=1), place=2)
        app.screen.heard()  # type: ignore[attr-defined]
        await until(pilot, lambda: desk.named("detail")[-1][-1] == TODAY + timedelta(days=1))
