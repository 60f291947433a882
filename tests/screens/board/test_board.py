"""The Day board: what it says, where its keys lead, and that it follows the day without moving anybody's cursor."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from time import monotonic
from typing import Any

import pytest
from textual.pilot import Pilot

from branch_console.figure_views.board import BoardView, StateView
from branch_console.figure_views.tables import Drill
from branch_console.rules.errors import RuleError
from screens.board import asking_central, board_screen
from screens.board.area_screen import AreaScreen
from screens.board.board_screen import BoardScreen
from screens.board.day_picker import DayPicker
from screens.board.detail_body import DetailBody
from screens.board.detail_screen import DetailScreen
from screens.board.export_screen import ExportScreen
from screens.board.figure_list import FigureList
from screens.board.lines import board_lines
from screens.board.rows_screen import RowsScreen
from screens.board.tile_strip import TileStrip
from screens.commands import rank
from screens.onboarding.pick_dialog import PickDialog
from tests.screens.board import sample
from tests.screens.board.fakes import FakeFigures, Host
from tests.screens.board.sample_tables import TABLES
from tests.screens.driving import SIZE, lines, on_screen, text, until

WIDE = (120, 40)
TODAY = sample.TODAY


def figures(app: Host) -> FigureList:
    return app.screen.query_one("#figures", FigureList)


async def shown(pilot: Pilot[Any], words: str = "深圳福田支行") -> None:
    await until(pilot, lambda: words in text(pilot.app) and pilot.app.focused is not None)


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
        assert "✓ 11-19 周四同时 20，+3" in said and "单户礼品成本" in said
        assert figures(app).size.height >= 8
        assert any("接待" in line and " 23 " in line and "11-19 周四同时 20，+3" in line for line in lines(app)[12:])


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
        await pilot.press("right")
        await shown(pilot, "告知与同意")
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
        await pilot.press("right")
        await shown(pilot, "告知与同意")
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
        await pilot.press("right")
        await shown(pilot, "告知与同意")
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


# --- days ---


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


# --- refreshing ---


@on_screen
async def test_what_arrives_is_shown_without_moving_cursor_scroll_or_focus() -> None:
    desk = FakeFigures()
    app = Host(desk, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await pilot.press("right", "right")
        await shown(pilot, "按小时")
        await pilot.press(*["down"] * 12)
        before = figures(app).row.key, figures(app).scroll_offset.y  # type: ignore[union-attr]
        assert before == ("staff/G1001", figures(app).scroll_offset.y) and before[1] > 0

        def news(known: BoardView) -> BoardView:
            hours, *rest = known.tables
            more = replace(hours.rows[0], key="8", cells=("8:00", "44", "4"))
            rest[1] = replace(rest[1], title="按员工（新）")
            return replace(known, tables=(replace(hours, rows=(more, *hours.rows)), *rest), place=2)

        desk.news = news
        app.screen.heard()  # type: ignore[attr-defined]
        await until(pilot, lambda: "按员工（新）" in text(app))
        assert figures(app).row.key == "staff/G1001"  # type: ignore[union-attr]
        assert figures(app).scroll_offset.y == before[1] + 1  # the same rows are in sight
        assert app.focused is figures(app)


@on_screen
async def test_questions_are_asked_one_at_a_time_however_much_arrives() -> None:
    desk = FakeFigures()
    gate = threading.Event()
    app = Host(desk, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await until(pilot, lambda: desk.named("refresh") and not app.workers)  # what central has said
        desk.called.clear()
        desk.before_answer = lambda _name: gate.wait(30)  # type: ignore[assignment]
        for _ in range(20):
            app.screen.heard()  # type: ignore[attr-defined]
        await until(pilot, lambda: len(desk.named("refresh")) == 1)
        gate.set()
        await until(pilot, lambda: len(desk.named("refresh")) == 2 and not app.workers)
        await pilot.pause()
        assert len(desk.named("refresh")) == 2


@on_screen
async def test_what_a_first_view_does_not_have_is_asked_for_at_once_and_only_once() -> None:
    word = "正在比较…"
    desk = FakeFigures()
    desk.change = lambda view: (
        replace(view, unfinished=True, tiles=tuple(replace(each, before=word) for each in view.tiles))
        if isinstance(view, BoardView) and not desk.named("refresh")
        else view
    )
    desk.news = lambda known: sample.board(known.day, known.section) if known.unfinished else None
    gate = threading.Event()
    desk.before_answer = lambda name: gate.wait(30) if name == "refresh" else None  # type: ignore[assignment]
    app = Host(desk, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot, word)
        await until(pilot, lambda: len(desk.named("refresh")) == 1)
        for _ in range(5):
            app.screen.heard()  # type: ignore[attr-defined]
        gate.set()
        await until(pilot, lambda: word not in text(app) and not app.workers)
        await pilot.pause()
        assert "11-19 周四同时 20，+3" in text(app)
        assert len(desk.named("board")) == 1 and len(desk.named("refresh")) == 2


@on_screen
async def test_it_looks_again_when_a_minute_begins_but_only_while_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = FakeFigures()
    screen = BoardScreen()
    app = Host(desk, screen)
    minute = "15:32"
    monkeypatch.setattr(board_screen, "this_minute", lambda: minute)
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await until(pilot, lambda: desk.named("refresh") and not app.workers)  # what central has said
        desk.called.clear()
        screen._tick()
        await pilot.pause()
        assert not desk.named("refresh")
        minute = "15:33"
        screen._tick()
        await until(pilot, lambda: len(desk.named("refresh")) == 1 and not app.workers)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, DetailScreen))
        minute = "15:34"
        screen._tick()
        await pilot.pause()
        assert len(desk.named("refresh")) == 1


@on_screen
async def test_central_is_asked_beside_the_board_and_its_word_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = FakeFigures(change=lambda view: replace(view, area=False) if isinstance(view, BoardView) else view)
    desk.unreached = "unreachable"
    screen = BoardScreen()
    app = Host(desk, screen)
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await until(pilot, lambda: desk.named("ask_central") and not app.workers)
        screen._tick()
        await pilot.pause()
        assert len(desk.named("ask_central")) == 1 and not desk.named("refresh") and not app.errors
        desk.unreached = ""
        desk.change = lambda view: view
        desk.news = lambda known: replace(known, area=True, completeness="K-04 最后 13:05")
        monkeypatch.setattr(asking_central, "monotonic", lambda: monotonic() + asking_central.UNREACHED)
        screen._tick()
        await until(pilot, lambda: "K-04 最后 13:05" in text(app) and not app.workers)
        await pilot.press("ctrl+a")
        await until(pilot, lambda: isinstance(app.screen, AreaScreen))
        assert len(desk.named("ask_central")) >= 2


@on_screen
async def test_counting_is_said_with_its_share_and_looked_at_until_it_is_done() -> None:
    desk = FakeFigures(change=lambda view: replace(view, counting=0.43) if isinstance(view, BoardView) else view)
    screen = BoardScreen()
    app = Host(desk, screen)
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot, "正在计数 43%")
        desk.news = lambda known: known
        desk.change = lambda view: replace(view, counting=None) if isinstance(view, BoardView) else view
        screen._tick()
        await until(pilot, lambda: "正在计数" not in text(app))


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


@on_screen
async def test_a_refusal_is_said_once_and_the_list_keeps_saying_it() -> None:
    desk = FakeFigures(refusal=RuleError("role_may_not", role="administrator", action="figures.branch"))
    app = Host(desk, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.errors and not app.workers)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and not app.workers)
        await until(pilot, lambda: "您的岗位不能做这项操作" in text(app))
        assert len(app.errors) == 1
        desk.refusal = None
        app.screen.heard()  # type: ignore[attr-defined]
        await shown(pilot)


@on_screen
async def test_an_answer_after_leaving_changes_nothing() -> None:
    desk = FakeFigures()
    gate = threading.Event()
    app = Host(desk, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        desk.before_answer = lambda name: gate.wait(30) if name == "rows" else None  # type: ignore[assignment]
        await pilot.press("shift+tab", "enter")
        await until(pilot, lambda: bool(desk.named("rows")))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        gate.set()
        await until(pilot, lambda: not app.workers)
        assert not app.errors and isinstance(app.screen, BoardScreen)


@on_screen
async def test_another_language_keeps_section_day_and_cursor() -> None:
    desk = FakeFigures()
    app = Host(desk, BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await pilot.press("ctrl+left", "right")
        await shown(pilot, "告知与同意")
        await pilot.press("down", "down", "down")
        app.speak("en")
        await until(pilot, lambda: "[Funnel]" in text(app) and "告知与同意" in text(app))
        await until(pilot, lambda: figures(app).row is not None and figures(app).row.key == "funnel/s3")  # type: ignore[union-attr]
        assert desk.named("board")[-1] == ("board", TODAY - timedelta(days=1), "funnel")


# --- others ---


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
async def test_exporting_takes_what_is_on_the_screen_and_is_not_for_everybody() -> None:
    app = Host(FakeFigures(), BoardScreen())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await pilot.press("ctrl+x")
        await until(pilot, lambda: isinstance(app.screen, ExportScreen))
    app = Host(FakeFigures(), BoardScreen(), role="guide")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await shown(pilot)
        await pilot.press("ctrl+x")
        await until(pilot, lambda: "您的岗位不能做这项操作" in text(app))


def test_sections_and_days_are_found_by_chinese_english_and_pinyin() -> None:
    commands = {each.action: each for each in BoardScreen().commands()}
    expected = {"ld": "turn('funnel')", "retention": "turn('signs')", "qyt": "day(-1)", "走势": "turn('trends')"}
    assert all(rank(commands[action], typed) is not None for typed, action in expected.items())
