"""Any day of the branch: turned, picked, typed; and midnight."""

from dataclasses import replace
from datetime import date, timedelta

from screens.board.board_screen import BoardScreen
from screens.board.day_picker import DayPicker
from tests.screens.board import sample
from tests.screens.board.fakes import FakeFigures, Host
from tests.screens.board.looking import shown
from tests.screens.board.sample import TODAY
from tests.screens.driving import SIZE, on_screen, text, until


@on_screen
async def test_days_are_turned_and_picked_and_escape_comes_back_to_today() -> None:
    desk = FakeFigures()
    app = Host(desk, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await pilot.press("ctrl+left")
        await shown(pilot, "2026-11-19 周四")
        said = text(app)
        assert "◉ 11-19 06:00 定稿" in said and "9f2c41d07be2" in said and "42 → 44，2 笔迟到" in said
        await pilot.press("alt+left")
        await shown(pilot, "2026-11-18")
        await pilot.press("ctrl+d")
        await until(pilot, lambda: isinstance(app.screen, DayPicker) and "✓ 已齐" in text(app))
        await until(pilot, lambda: app.screen.query_one("#days").row.day == TODAY - timedelta(days=2))  # type: ignore[attr-defined]
        await pilot.press("down", "down", "enter")
        await shown(pilot, "2026-11-16 周一")
        assert desk.named("board")[-1] == ("board", TODAY - timedelta(days=4), "overview")
        await pilot.press("escape")
        await shown(pilot, "2026-11-20 周五")
        assert desk.named("board")[-1] == ("board", None, "overview")


@on_screen
async def test_any_day_is_reached_in_the_list_or_typed_and_a_wrong_one_says_why() -> None:
    desk = FakeFigures()
    app = Host(desk, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await pilot.press("ctrl+d")
        await until(pilot, lambda: isinstance(app.screen, DayPicker) and "◐ 初步" in text(app))
        await pilot.press("end")
        await until(pilot, lambda: "2024-09-11" in text(app))
        assert len({call[1:] for call in desk.named("days_between")}) <= 4, "not all 801 days are read"
        await pilot.press("1", "3", "-", "4", "enter")
        await until(pilot, lambda: "这不是日期" in text(app) and "13-4" in text(app))
        await pilot.press("ctrl+u", *"2024-09-10", "enter")
        await until(pilot, lambda: "本网点最早的一天是 2024-09-11" in text(app))
        await pilot.press("ctrl+u", *"20261121", "enter")
        await until(pilot, lambda: "最近一天是 2026-11-20" in text(app))
        await pilot.press("ctrl+u", *"2024-09-12", "enter")
        await shown(pilot, "2024-09-12 周四")
        assert desk.named("board")[-1][1] == date(2024, 9, 12)
        await pilot.press("ctrl+d")
        await until(pilot, lambda: isinstance(app.screen, DayPicker) and "2024-09-12" in text(app))
        await until(pilot, lambda: app.screen.query_one("#days").row.day == date(2024, 9, 12))  # type: ignore[attr-defined]


@on_screen
async def test_where_there_is_no_other_day_the_key_says_so() -> None:
    app = Host(FakeFigures(), BoardScreen())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await shown(pilot)
        await pilot.press("ctrl+right")
        await until(pilot, lambda: "已是最近一天" in text(app))


@on_screen
async def test_after_midnight_today_is_another_day() -> None:
    desk = FakeFigures()
    app = Host(desk, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        desk.news = lambda known: replace(known, day=TODAY + timedelta(days=1), title="2026-11-21 周六", place=2)
        app.screen.heard()  # type: ignore[attr-defined]
        await shown(pilot, "2026-11-21 周六")
        await pilot.press("shift+tab", "enter")
        await until(
            pilot, lambda: desk.named("rows")[-1:] == [("rows", sample.TILES[0].drill, TODAY + timedelta(days=1))]
        )
