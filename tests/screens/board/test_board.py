"""The Day board: what it says, and where its keys lead."""

from dataclasses import replace
from typing import Any

import pytest

from branch_console.figure_views.board import BoardView, StateView
from branch_console.figure_views.tables import Drill
from screens.board.board_head import BoardHead
from screens.board.board_screen import BoardScreen
from screens.board.lines import board_lines
from screens.board.rows_screen import RowsScreen
from screens.board.tile_strip import TileStrip
from screens.commands import rank
from screens.onboarding.pick_dialog import PickDialog
from tests.screens.board import sample
from tests.screens.board.fakes import FakeFigures, Host
from tests.screens.board.looking import WIDE, figures, funnel, shown
from tests.screens.board.sample import TODAY
from tests.screens.board.sample_tables import TABLES
from tests.screens.driving import SIZE, lines, on_screen, text, until


@on_screen
async def test_a_small_console_shows_the_day_its_tiles_target_and_list() -> None:
    app = Host(FakeFigures(), BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot, "17 / 25")
        said = text(app)
        assert "2026-11-20 周五 · 深圳福田支行" in said and "▸ 进行中" in said
        assert "4 台终端中 3 台已到 15:32，K-04 最后 11:05" in said
        assert "17 / 25" in said and "此刻应到 15.2" in said and "! 落后" in said
        assert "✗ 今日投诉受理 9 件，超出正常波动上限 7，请查看" in said and "查了 24 个序列" in said
        assert "✓ +3，前值 20（11-19" in said and "单户礼品成本" in said
        assert figures(app).size.height >= 8
        assert any("接待" in line and " 23 " in line and "+3，前值 20（11-19" in line for line in lines(app)[12:])


@on_screen
async def test_more_tiles_than_there_is_room_for_are_reached_with_the_cursor() -> None:
    more = tuple(replace(each, drill=Drill(f"more.{at}"), label=f"另 {at}") for at, each in enumerate(sample.TILES))
    figures = FakeFigures(change=lambda view: replace(view, tiles=(*view.tiles, *more)))
    app = Host(figures, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot, "+8")
        assert "另 9" not in text(app)
        await pilot.press("shift+tab", "end")
        await until(pilot, lambda: "另 9" in text(app) and "2026-11-20" in text(app))


@on_screen
async def test_the_figures_of_the_tiles_are_rows_of_the_list_too() -> None:
    calm = FakeFigures(change=lambda view: replace(view, signals=()) if isinstance(view, BoardView) else view)
    app = Host(calm, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot, "接待")
        assert figures(app).row.key == "figures/journeys.received"  # type: ignore[union-attr]
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, RowsScreen))
        await until(pilot, lambda: bool(calm.named("rows")))
        assert calm.named("rows")[-1][1] == Drill("journeys.onboarded")
    keys = [each.key for each in board_lines(sample.board())]
    found = ["signals/cases.received//", *(f"figures/{each.drill.figure}" for each in sample.TILES)]
    assert [each for each in keys if each in found] == found


@on_screen
async def test_each_section_has_its_tables_and_keeps_its_cursor() -> None:
    desk = FakeFigures()
    app = Host(desk, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await funnel(pilot)
        assert "[漏斗]" in text(app) and "主要原因" in text(app)
        await pilot.press("down", "down")
        await until(pilot, lambda: figures(app).row.key == "funnel/s2")  # type: ignore[union-attr]
        await pilot.press("right", "left")
        await until(pilot, lambda: figures(app).row is not None and figures(app).row.key == "funnel/s2")  # type: ignore[union-attr]
        assert [call[2] for call in desk.named("board")] == ["overview", "funnel", "parts"]
        await pilot.press("left", "left")
        await shown(pilot, "异常清单")


@on_screen
async def test_the_cursor_skips_titles_and_shows_them_when_it_comes_to_the_first_row() -> None:
    app = Host(FakeFigures(), BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await pilot.press("right", "right")
        await shown(pilot, "按小时")
        kinds = set()
        for _ in range(14):
            await pilot.press("down")
            kinds.add(figures(app).row.kind)  # type: ignore[union-attr]
        assert kinds == {"row"}
        await pilot.press("home")
        await until(pilot, lambda: "按小时" in text(app))
        await pilot.press("end")
        await until(pilot, lambda: "2027 年的节假日" in text(app))
        await pilot.press("left", "left")
        await shown(pilot, "信号")
        await pilot.press("home", "up")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "tiles")
        await pilot.press("end", "down")
        await until(pilot, lambda: app.focused is figures(app))


@on_screen
async def test_enter_leads_from_a_tile_to_its_rows_and_from_a_row_to_what_it_is_of() -> None:
    desk = FakeFigures()
    app = Host(desk, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await pilot.press("shift+tab", "right", "enter")
        await until(pilot, lambda: isinstance(app.screen, RowsScreen) and "138****8000" in text(app))
        assert desk.named("rows") == [("rows", Drill("journeys.onboarded"), TODAY)]
        assert "17  (计入 17，查看 23)" in text(app) and "同一钱包后来的办理" in text(app)
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.opened == ["case/2"])
        await pilot.press("down", "enter")
        await until(pilot, lambda: "礼品回执" in text(app))
        await pilot.press("escape", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, RowsScreen) and bool(app._notifications))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and isinstance(app.focused, TileStrip))
        assert app.focused.cursor == 1  # type: ignore[union-attr]


@on_screen
async def test_a_row_leads_to_its_rows_and_to_those_of_its_other_numbers() -> None:
    desk = FakeFigures()
    app = Host(desk, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await funnel(pilot)
        await pilot.press("down", "ctrl+k")
        await until(pilot, lambda: isinstance(app.screen, PickDialog) and app.focused is not None)
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, RowsScreen))
        assert desk.named("rows")[-1][1] == Drill("funnel.dropped", "step", "s1")
        await pilot.press("escape", "enter")
        await until(pilot, lambda: desk.named("rows")[-1][1] == Drill("funnel.reached", "step", "s1"))


@on_screen
async def test_what_is_hidden_or_has_no_rows_says_so() -> None:
    app = Host(FakeFigures(), BoardScreen())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await shown(pilot)
        await pilot.press("end", "enter")
        await until(pilot, lambda: "这一行没有明细" in text(app))
        await pilot.press("right", "right")
        await shown(pilot, "按小时")
        figures(app).cursor = next(at for at, line in enumerate(figures(app)._lines) if line.key == "segment/senior")
        await pilot.press("enter")
        await until(pilot, lambda: "不足 5 位客户，不显示明细" in text(app))
        assert isinstance(app.screen, BoardScreen)


@on_screen
async def test_an_empty_day_and_a_frozen_one_that_does_not_fit_its_hash_are_said() -> None:
    state = StateView("frozen", "定稿", "9f2c", sound=False, restatements=())
    none = tuple(replace(table, rows=(), empty="") for table in TABLES["overview"])
    parts: dict[str, Any] = {"tables": none, "signals": (), "state": state, "tiles": (), "targets": (), "area": False}
    app = Host(FakeFigures(change=lambda view: replace(view, **parts)), BoardScreen())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await shown(pilot, "没有数据。按 ^D 选另一天")
        await until(pilot, lambda: "‼ 与定稿不符" in text(app) and "没有异常信号" in text(app))
        assert "查了 24 个序列" in text(app)
        await pilot.press("ctrl+a")
        await until(pilot, lambda: "只有负责多个网点的主管" in text(app))


def test_sections_and_days_are_found_by_chinese_english_and_pinyin() -> None:
    commands = {each.action: each for each in BoardScreen().commands()}
    expected = {"ld": "turn('funnel')", "retention": "turn('signs')", "qyt": "day(-1)", "走势": "turn('trends')"}
    assert all(rank(commands[action], typed) is not None for typed, action in expected.items())


@on_screen
async def test_of_many_terminals_that_are_late_the_head_says_first_as_of_when() -> None:
    first = "9 台终端均未收齐，离线，中心 11-20 15:30 的情况"
    late = [f"K-0{number} 最后联系 11-19 11:05" for number in range(1, 10)]
    desk = FakeFigures(change=lambda view: replace(view, completeness="，".join([first, *late[:4]])))
    app = Host(desk, BoardScreen())

    def said(words: str) -> bool:
        """In the head, wherever its lines are broken."""
        whole = "".join(lines(app)[: app.screen.query_one(BoardHead).region.bottom])
        return "".join(words.split()) in "".join(whole.split())

    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await until(pilot, lambda: all(map(said, (first, *late[:4]))))
        desk.change = lambda view: view
        desk.news = lambda known: replace(known, completeness="，".join([first, *late]))
        app.screen.heard()  # type: ignore[attr-defined]
        await until(pilot, lambda: said("K-05") and said(first) and not said(late[-1]))
        assert app.screen.query_one(BoardHead).size.height == 4


@pytest.mark.parametrize("size", [SIZE, WIDE])
@on_screen
async def test_on_a_day_of_rest_no_target_is_met_and_none_missed(size: tuple[int, int]) -> None:
    rest = "非工作日，当天没有目标"
    targets = tuple(replace(each, day_total="0", expected_now="0", reached=4, rest=rest) for each in sample.TARGETS)
    app = Host(FakeFigures(change=lambda view: replace(view, targets=targets)), BoardScreen())
    async with app.run_test(size=size) as pilot:
        await shown(pilot, f"4  {rest}  11 月：已 312")
        assert "此刻应到" not in text(app) and "4 / 0" not in text(app)
