"""A list of any length: it never loses its place, and never waits for its source."""

import threading
from collections.abc import Sequence
from statistics import median

import pytest
from textual.app import ComposeResult
from textual.widgets import Static

from branch_console.rules.errors import RuleError
from screens.shell import Shell
from screens.widgets.error_box import ErrorBox
from screens.widgets.row_drawing import Cell, Column, widths
from screens.widgets.row_list import RowList
from screens.widgets.row_pages import PAGE, Source
from tests.screens.driving import on_screen, text, until

MANY = 100_000


class Numbers:
    """Rows that are read slowly enough to be seen, in order, from a thread."""

    def __init__(self, total: int = MANY, first: int = 0) -> None:
        self.total, self.first = total, first
        self.threads: set[str] = set()
        self.reads = 0

    def count(self) -> int:
        self.threads.add(threading.current_thread().name)
        return self.total

    def page(self, offset: int, limit: int) -> Sequence[int]:
        self.reads += 1
        return range(self.first + offset, self.first + min(offset + limit, self.total))


class Failing(Numbers):
    def page(self, offset: int, limit: int) -> Sequence[int]:  # noqa: ARG002
        raise RuleError("locked")


class Host(Shell):
    def __init__(self, source: Source[int] | None) -> None:
        super().__init__()
        self.source = source
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        yield RowList(
            self.source,
            [Column("编号", 8, right=True), Column("姓名"), Column("电话", 13, wide_only=True)],
            cells=lambda row: (str(row), f"客户{row}", ("138", "muted")),
            key=str,
            empty="没有客户。按 F2 开始。",
        )
        yield Static("")

    @property
    def rows(self) -> RowList[int]:
        return self.screen.query_one(RowList)

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        self.chosen.append(message.row)


@on_screen
async def test_it_reads_pages_in_a_thread_and_only_those_in_sight() -> None:
    source = Numbers()
    app = Host(source)
    async with app.run_test(size=(60, 20)) as pilot:
        await until(pilot, lambda: app.rows.row == 0)
        assert "MainThread" not in source.threads
        app.rows.focus()
        await pilot.press("end")
        await until(pilot, lambda: app.rows.row == MANY - 1)
        assert f"客户{MANY - 1}" in text(app)
        assert source.reads <= 8
        await pilot.press("pageup", "up", "home")
        await until(pilot, lambda: app.rows.row == 0 and "客户0" in text(app))


@on_screen
async def test_the_titles_stay_and_every_row_can_be_reached() -> None:
    app = Host(Numbers(total=30))
    async with app.run_test(size=(60, 12)) as pilot:
        await until(pilot, lambda: app.rows.row == 0)
        app.rows.focus()
        seen = set()
        for _ in range(30):
            assert "姓名" in text(app)
            assert f"客户{app.rows.row}" in text(app)
            seen.add(app.rows.row)
            await pilot.press("down")
        assert seen == set(range(30))


@on_screen
async def test_the_cursor_stays_on_its_row_when_others_come_before_it() -> None:
    source = Numbers()
    app = Host(source)
    async with app.run_test(size=(60, 20)) as pilot:
        await until(pilot, lambda: app.rows.row == 0)
        app.rows.cursor = 5_000
        await until(pilot, lambda: app.rows.row == 5_000)
        line = app.rows.cursor - app.rows.scroll_offset.y
        source.first, source.total = -37, MANY + 37
        app.rows.load()
        await until(pilot, lambda: app.rows.cursor == 5_037)
        assert app.rows.row == 5_000
        assert app.rows.cursor - app.rows.scroll_offset.y == line


@on_screen
async def test_a_list_that_has_become_shorter_keeps_its_cursor_inside() -> None:
    source = Numbers()
    app = Host(source)
    async with app.run_test(size=(60, 20)) as pilot:
        await until(pilot, lambda: app.rows.row == 0)
        app.rows.cursor = 5_000
        await until(pilot, lambda: app.rows.row == 5_000)
        source.total = 3
        app.rows.load()
        await until(pilot, lambda: app.rows.total == 3 and app.rows.row == 2)


@on_screen
async def test_an_empty_list_says_what_to_do() -> None:
    app = Host(Numbers(total=0))
    async with app.run_test(size=(60, 20)) as pilot:
        await until(pilot, lambda: "按 F2 开始" in text(app))
        app.rows.focus()
        await pilot.press("enter", "down", "end")
        assert not app.chosen


@on_screen
async def test_a_click_moves_and_a_click_on_the_cursor_opens() -> None:
    app = Host(Numbers(total=30))
    async with app.run_test(size=(60, 12)) as pilot:
        await until(pilot, lambda: app.rows.row == 0)
        await pilot.click(RowList, offset=(5, 4))
        await until(pilot, lambda: app.rows.row == 3)
        assert not app.chosen
        await pilot.click(RowList, offset=(5, 4))
        await until(pilot, lambda: app.chosen == [3])


@on_screen
async def test_an_error_of_the_source_is_said_in_words() -> None:
    app = Host(Failing())
    async with app.run_test(size=(60, 20)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ErrorBox))


@on_screen
async def test_a_key_draws_two_rows_and_a_page_the_rows_in_sight_of_a_hundred_thousand() -> None:
    app = Host(Numbers())
    async with app.run_test(size=(120, 40)) as pilot:
        rows = app.rows
        await until(pilot, lambda: rows.row == 0)
        rows.focus()
        drawn, cells = [0], rows._cells

        def counted(row: int) -> Sequence[Cell]:
            drawn[0] += 1
            return cells(row)

        rows._cells = counted
        moves: list[int] = []
        for number in range(200):
            drawn[0] = 0
            rows.action_page(1) if number % 4 == 0 else rows.action_move(1)
            for y in range(rows.size.height):
                rows.render_line(y)
            assert drawn[0] <= rows.size.height, "no key draws more than what is in sight"
            if number % 4:
                moves.append(drawn[0])
            await pilot.pause(0)
        assert median(moves) <= 4, "a step draws the row left and the row entered, unless a page has just arrived"


@pytest.mark.parametrize("total", range(20, 140, 7))
def test_columns_fill_the_width_exactly(total: int) -> None:
    columns = [Column(width=8), Column(), Column(width=6, wide_only=True), Column()]
    found = widths(columns, total)
    shown = [width for width in found if width]
    assert sum(shown) + 2 * (len(shown) - 1) + 2 == total
    assert bool(found[2]) is (total >= 100)


def test_pages_are_larger_than_screens() -> None:
    assert PAGE >= 100
