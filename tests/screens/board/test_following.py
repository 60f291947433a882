"""The board follows what arrives without moving anybody's cursor, and asks no more than it must."""

import threading
from dataclasses import replace
from datetime import timedelta
from time import monotonic

import pytest

from branch_console.figure_views.board import BoardView
from branch_console.rules.errors import RuleError
from screens.board import asking_central, board_reading
from screens.board.area_screen import AreaScreen
from screens.board.board_screen import BoardScreen
from screens.board.detail_screen import DetailScreen
from tests.screens.board import sample
from tests.screens.board.fakes import FakeFigures, Host
from tests.screens.board.looking import figures, funnel, shown
from tests.screens.board.sample import TODAY
from tests.screens.driving import SIZE, on_screen, text, until


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
        assert "+3，前值 20（11-19" in text(app)
        assert len(desk.named("board")) == 1 and len(desk.named("refresh")) == 2


@on_screen
async def test_it_looks_again_when_a_minute_begins_but_only_while_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = FakeFigures()
    screen = BoardScreen()
    app = Host(desk, screen)
    minute = "15:32"
    monkeypatch.setattr(board_reading, "this_minute", lambda: minute)
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
    desk.unreached = "connecting"
    screen = BoardScreen()
    app = Host(desk, screen)
    later = 0.0
    monkeypatch.setattr(asking_central, "monotonic", lambda: monotonic() + later)
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await until(pilot, lambda: desk.named("ask_central") and not app.workers)
        desk.unreached = "unreachable"
        before = len(desk.named("ask_central"))
        later = asking_central.CONNECTING
        screen._tick()
        await until(pilot, lambda: len(desk.named("ask_central")) > before and not app.workers)
        before = len(desk.named("ask_central"))
        later += asking_central.CONNECTING
        screen._tick()
        await pilot.pause()
        assert len(desk.named("ask_central")) == before and not desk.named("refresh") and not app.errors
        desk.unreached = ""
        desk.change = lambda view: view
        desk.news = lambda known: replace(known, area=True, completeness="K-04 最后 13:05")
        later += asking_central.UNREACHED
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
        await pilot.press("ctrl+left")
        await funnel(pilot)
        await pilot.press("down", "down", "down")
        app.speak("en")
        await until(pilot, lambda: "[Funnel]" in text(app) and "告知与同意" in text(app))
        await until(pilot, lambda: figures(app).row is not None and figures(app).row.key == "funnel/s3")  # type: ignore[union-attr]
        assert desk.named("board")[-1] == ("board", TODAY - timedelta(days=1), "funnel")
