"""Nothing of the Day board is counted on the thread that draws: the real board over a real store, each call watched."""

import threading
from pathlib import Path
from typing import Any

from branch_console.services.figures.board import FigureBoard
from screens.board.board_screen import BoardScreen
from screens.board.day_picker import DayPicker
from screens.board.detail_screen import DetailScreen
from screens.board.rows_screen import RowsScreen
from tests.rules.statistics.day_branch import NOW
from tests.screens.board.fakes import Host
from tests.screens.driving import on_screen, text, until
from tests.services.figures.board_help import customer, stand

WITHOUT_THE_STORE = {"definition", "label"}


class Watched:
    """Passes every call on, and remembers which thread made it."""

    def __init__(self, board: FigureBoard) -> None:
        self._board = board
        self.calls: list[tuple[str, bool]] = []

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._board, name)

        def call(*arguments: Any, **options: Any) -> Any:
            self.calls.append((name, threading.current_thread() is threading.main_thread()))
            return found(*arguments, **options)

        return call

    def called(self, name: str) -> int:
        """How often it was called."""
        return sum(each == name for each, _ in self.calls)


@on_screen
async def test_the_loop_only_draws(tmp_path: Path) -> None:
    at = stand(tmp_path, 3)
    board = Watched(at.board())
    app = Host(board, BoardScreen())  # type: ignore[arg-type]
    main = threading.main_thread()
    reads: list[bool] = []
    reading = at.store.database.read

    def read() -> Any:
        reads.append(threading.current_thread() is main)
        return reading()

    at.store.database.read = read  # type: ignore[method-assign]
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "待中心确认" in text(app) and not app.workers)
        app.screen.query_one("#figures").focus()
        assert not any(reads)
        for key, screen in (("ctrl+g", DetailScreen), ("ctrl+d", DayPicker), ("enter", RowsScreen)):
            await pilot.press(key)
            await until(pilot, lambda screen=screen: isinstance(app.screen, screen))  # type: ignore[misc]
            await until(pilot, lambda: not app.workers)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, BoardScreen) and not app.workers)
        for section in ("漏斗", "分布", "礼品", "投诉", "趋势", "留存"):
            await pilot.press("right")
            await until(pilot, lambda section=section: f"[{section}" in text(app) and not app.workers)  # type: ignore[misc]
        customer(at, 1, NOW)
        reads.clear()  # that was the test itself
        before = board.called("refresh")
        app.screen.heard()  # type: ignore[attr-defined]
        await until(pilot, lambda: board.called("refresh") > before and not app.workers)
    at.store.close()
    assert {name for name, _ in board.calls} >= {"board", "refresh", "rows", "days", "detail"}
    assert [name for name, on_main in board.calls if on_main and name not in WITHOUT_THE_STORE] == []
    assert reads
    assert not any(reads)
