"""The queue: sign and word, tabs with counts, filters, search, and the way to a case."""

from typing import Any

import pytest
from textual.screen import Screen

from branch_console.case_views.queue import CaseFilter
from branch_console.rules.errors import RuleError
from screens.cases.queue import queue_screen
from screens.cases.queue.case_rows import span
from screens.cases.queue.queue_screen import QueueScreen
from screens.cases.queue.shift_end_screen import ShiftEndScreen
from screens.commands import Command, rank
from screens.onboarding.pick_dialog import PickDialog
from tests.screens.cases.queue_desk import CASES, Host, QueueDesk, case_line
from tests.screens.driving import SIZE, lines, on_screen, text, until

WIDE = (120, 40)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cases that were opened."""
    found: list[str] = []

    def note(screen: Screen[Any], subject: str) -> None:
        del screen
        found.append(subject)

    monkeypatch.setattr(queue_screen, "open_case", note)
    return found


@on_screen
async def test_each_row_has_sign_and_word_and_the_one_under_the_cursor_is_told_in_full() -> None:
    app = Host(QueueDesk(), QueueScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "昨天转账三百元" in text(app))
        rows = lines(app)
        assert any("‼ 已超 3h05" in row and "12-07" in row and "261122-0001-72" in row for row in rows)
        assert any("! 将到 45m" in row for row in rows)
        assert any("· 尚余 5h20" in row for row in rows)
        assert any("⏸ 暂停" in row for row in rows)
        assert any("已结束" in row for row in rows)
        assert any("TS-755-001-7F3A-261122-0001-72" in row for row in rows)
        assert any("快速通道" in row and "已升级" in row and "尚未同步" in row for row in rows)
        await pilot.press("down", "down")
        await until(pilot, lambda: "在 K-03 登记" in text(app) and "负责人 无人" in text(app))


@on_screen
async def test_a_wide_console_shows_status_owner_and_when() -> None:
    app = Host(QueueDesk(), QueueScreen(), language="en")
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "7F3A-261122-0001-72" in text(app))
        row = next(each for each in lines(app) if "261122-0003" in each)
        assert "left 5h20" in row and "16:30" in row and "nobody" in row and "处理中" in row


@on_screen
async def test_arrows_change_the_tab_and_each_tab_has_its_count() -> None:
    desk = QueueDesk()
    app = Host(desk, QueueScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "超期 300" in text(app) and "全部 700" in text(app))
        assert "[我的 0]" in text(app)
        await pilot.press("right")
        await until(pilot, lambda: desk.named("cases")[-1][1] == "branch")
        assert "[本网点 100]" in text(app)
        await pilot.press("left", "left")
        await until(pilot, lambda: desk.named("cases")[-1][1] == "all")


@on_screen
async def test_words_are_looked_for_in_all_cases_and_escape_goes_back_to_the_tab(opened: list[str]) -> None:
    desk = QueueDesk()
    app = Host(desk, QueueScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "261122-0001" in text(app))
        await pilot.press("right", "ctrl+f", *"canteen")
        await until(pilot, lambda: desk.named("cases")[-1][1:] == ("all", CaseFilter("canteen")))
        await until(pilot, lambda: "261122-0001" not in text(app) and "261122-0002" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query_one("#cases").has_focus)
        await pilot.press("enter")
        await until(pilot, lambda: opened == ["case/2"])
        await pilot.press("escape")
        await until(pilot, lambda: desk.named("cases")[-1][1:] == ("branch", CaseFilter()))


@on_screen
async def test_a_whole_number_leads_to_its_case(opened: list[str]) -> None:
    app = Host(QueueDesk(), QueueScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "261122-0001" in text(app))
        await pilot.press("ctrl+f", *CASES[2].number.lower(), "enter")
        await until(pilot, lambda: opened == ["case/3"])


@on_screen
async def test_one_kind_or_status_is_chosen_with_a_key_and_stands_beside_the_search() -> None:
    desk = QueueDesk()
    app = Host(desk, QueueScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "261122-0001" in text(app))
        await app.workers.wait_for_complete()
        await pilot.press("ctrl+k")
        await until(pilot, lambda: isinstance(app.screen, PickDialog) and app.focused is not None)
        await pilot.press("down", "enter")
        await until(pilot, lambda: desk.named("cases")[-1][2] == CaseFilter(kind="complaint"))
        assert "[投诉]" in text(app)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, PickDialog) and app.focused is not None)
        await pilot.press("down", "enter")
        await until(pilot, lambda: desk.named("cases")[-1][2] == CaseFilter(kind="complaint", status="received"))
        await pilot.press("escape")
        await until(pilot, lambda: desk.named("cases")[-1][2] == CaseFilter())


@on_screen
async def test_an_empty_tab_says_what_to_do_and_a_refusal_is_said() -> None:
    desk = QueueDesk(cases_shown=())
    app = Host(desk, QueueScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "没有由您负责的工单" in text(app))
        desk.refusal = RuleError("role_may_not", role="administrator", action="case.read")
        await pilot.press("right")
        await until(pilot, lambda: app.errors)


@on_screen
async def test_the_list_at_the_end_of_a_shift_is_one_key_away() -> None:
    app = Host(QueueDesk(), QueueScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "261122-0001" in text(app))
        await pilot.press("ctrl+e")
        await until(pilot, lambda: isinstance(app.screen, ShiftEndScreen))


@on_screen
async def test_it_stays_itself_in_another_language() -> None:
    desk = QueueDesk(cases_shown=(case_line(1), case_line(2)))
    app = Host(desk, QueueScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "261122-0001" in text(app))
        await pilot.press("right", "down")
        app.speak("en")
        await until(pilot, lambda: "[Branch 100]" in text(app) and "left 5h20" in text(app))
        await until(pilot, lambda: "TS-755-001-7F3A-261122-0002-72" in text(app))


def test_the_tabs_are_found_by_the_initials_of_their_pinyin() -> None:
    commands = {each.action: each for each in QueueScreen().commands()}
    assert rank(commands["turn('overdue')"], "gdcq") == 0
    assert rank(commands["turn('regulator')"], "regulator") is not None


def test_working_time_is_told_in_hours_and_minutes() -> None:
    assert [span(each) for each in (0, 45, 60, 185, 600, 1625)] == ["0m", "45m", "1h", "3h05", "10h", "27h"]


@on_screen
async def test_a_refusal_is_said_once() -> None:
    desk = QueueDesk(refusal=RuleError("role_may_not", role="administrator", action="case.read"))
    app = Host(desk, QueueScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.errors and not app.workers)
        await pilot.pause()
        assert len(app.errors) == 1


@pytest.mark.parametrize("typed", ["ycg", "yckk", "freeze", "止损", "盗刷"])
def test_an_abnormal_deduction_is_found_by_what_somebody_in_a_hurry_types(typed: str) -> None:
    assert rank(Command("key.deduction", "go('deduction')"), typed) is not None
    assert rank(Command("key.onboarding", "go('onboarding')"), typed) is None
