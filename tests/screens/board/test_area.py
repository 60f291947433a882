"""Several branches side by side: what is known at once, then what central says."""

import threading

from screens.board.area_screen import AreaScreen
from screens.board.board_screen import BoardScreen
from tests.screens.board import sample
from tests.screens.board.fakes import FakeFigures, Host
from tests.screens.board.looking import shown
from tests.screens.driving import SIZE, on_screen, text, until


@on_screen
async def test_the_area_shows_what_is_known_and_then_what_central_says() -> None:
    desk = FakeFigures(unreached="offline")
    app = Host(desk, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await pilot.press("ctrl+a")
        await until(pilot, lambda: isinstance(app.screen, AreaScreen) and "755-003 罗湖" in text(app))
        await until(pilot, lambda: "联系不上中心" in text(app) and "不是刚取的数据" in text(app))
        assert "不是排名" in text(app) and "各网点中位" in text(app)
        desk.unreached = ""
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "联系不上中心" not in text(app) and "不是刚取" not in text(app) and not app.workers)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))


@on_screen
async def test_without_a_day_it_is_the_newest_and_questions_are_asked_one_at_a_time() -> None:
    desk, gate = FakeFigures(), threading.Event()
    app = Host(desk, AreaScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "755-003 罗湖" in text(app) and not app.workers)
        assert {call[1] for call in desk.named("area")} == {sample.TODAY} and not desk.named("board")
        desk.called.clear()
        desk.before_answer = lambda name: gate.wait(30) if name == "area" else None  # type: ignore[assignment]
        for _ in range(5):
            app.screen.heard()  # type: ignore[attr-defined]
        await until(pilot, lambda: desk.named("area"))
        gate.set()
        await until(pilot, lambda: not app.workers)
        await pilot.pause()
        assert len(desk.named("area")) == 2
