"""The promises of the day on the start screen, and the bell for a case of the fast track."""

from dataclasses import replace

import pytest
from textual.binding import Binding

from branch_console.app import BranchConsole
from branch_console.case_views.deduction import IncidentView
from branch_console.case_views.queue import UrgentCase
from branch_console.views import StaffChoice
from screens import areas
from screens.cases.alarm import FastTrackAlarm
from screens.cases.queue.today_promises import TodayPromises
from screens.commands import Command, search
from screens.palette import EXTRA
from tests.screens.cases.queue_desk import PROMISES
from tests.screens.driving import SIZE, console, log_in, on_screen, text, until, working
from tests.screens.fakes import CaseDesk, FakeServices

URGENT = UrgentCase("case/9", "TS-755-001-7F3A-261122-0009-11", "重复扣款", "14:20", mine=False)


@on_screen
async def test_the_promises_of_the_day_stand_on_the_start_screen_and_lead_to_their_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = console(FakeServices(cases=CaseDesk(promises=PROMISES)))
    opened: list[tuple[str, object]] = []

    async def note(area: str, screen: object) -> None:
        opened.append((area, screen))

    monkeypatch.setattr(areas, "case", lambda subject: subject)
    monkeypatch.setattr(app, "_show_in", note)
    async with app.run_test(size=SIZE) as pilot:
        await working(pilot)
        await until(pilot, lambda: "今日承诺 2 项 以前未兑现 1 项" in text(app) and "‼ 已超 11-21 15:00" in text(app))
        app.screen.query_one("#promises").focus()
        await pilot.press("down", "enter")
        await until(pilot, lambda: opened == [("cases", "case/2")])


@on_screen
async def test_a_day_without_promises_leaves_the_room_to_the_journeys() -> None:
    app = console()
    async with app.run_test(size=SIZE) as pilot:
        await working(pilot)
        await until(pilot, lambda: app.screen.query(TodayPromises))
        await app.workers.wait_for_complete()
        assert "今日承诺" not in text(app)


@on_screen
async def test_a_new_case_of_the_fast_track_rings_once_and_stands_in_the_status_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    services = FakeServices()
    staff = replace(services.people[0], role="supervisor")
    services.people = (staff, *services.people[1:])
    app = console(services)
    rung: list[bool] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append(True))
    async with app.run_test(size=(120, 40)) as pilot:
        await working(pilot)
        await until(pilot, lambda: not app._urgent.due)
        await app.workers.wait_for_complete()
        services.cases.urgent = (URGENT,)
        services.tell(URGENT.subject)
        await until(pilot, lambda: "快速通道 1" in text(app))
        services.tell(URGENT.subject)
        await until(pilot, lambda: app._urgent.due)
        await until(pilot, lambda: not app._urgent.due)
        await app.workers.wait_for_complete()
        assert rung == [True]
        assert any(URGENT.number in each.message for each in app._notifications)


def test_what_waits_already_does_not_ring_nor_what_one_took_down_oneself() -> None:
    alarm = FastTrackAlarm()
    mine = UrgentCase("case/10", "TS-1", "", "", mine=True)
    late = UrgentCase("case/11", "TS-2", "", "", mine=False)
    assert alarm.take([URGENT]) == []
    assert alarm.waiting == 1
    assert alarm.take([URGENT, mine, late]) == [late]
    assert alarm.take([late]) == []
    assert alarm.waiting == 1
    assert alarm.take([URGENT, late]) == []


@pytest.mark.parametrize(
    ("initials", "action"),
    [
        ("jbqd", "reach('shift_end')"),
        ("tsdjb", "reach('register_report')"),
        ("fklhcl", "reach('pack')"),
        ("nswmz", "reach('wall')"),
    ],
)
def test_what_lies_behind_an_area_is_found_from_anywhere_by_the_initials_of_its_pinyin(
    initials: str, action: str
) -> None:
    assert search(EXTRA, initials)[0].action == action
    assert {each.action for each in EXTRA} >= {f"reach('{name}')" for name in areas.BEHIND}


@pytest.mark.parametrize(
    ("initials", "msgid"),
    [("tsdj", "key.register"), ("jy", "key.feedback"), ("gd", "key.cases"), ("yckk", "key.deduction")],
)
def test_the_new_areas_are_found_by_initials(initials: str, msgid: str) -> None:
    keys = [Command(binding.description, binding.action) for binding in _bindings()]
    assert search(keys, initials)[0].msgid == msgid


def _bindings() -> list[Binding]:
    return [each for each in BranchConsole.BINDINGS if isinstance(each, Binding)]


@on_screen
async def test_the_palette_leads_to_the_shift_end_from_the_start_screen() -> None:
    app = console()
    async with app.run_test(size=SIZE) as pilot:
        await working(pilot)
        assert app.check_action("reach", ("shift_end",))
        shown: list[tuple[str, str]] = []

        async def note(area: str, screen: object) -> None:
            shown.append((area, type(screen).__name__))

        app._show_in = note  # type: ignore[method-assign]
        await app.run_action("reach('shift_end')")
        assert shown == [("cases", "ShiftEndScreen")]


@on_screen
async def test_whoever_may_see_no_case_is_asked_for_none() -> None:
    services = FakeServices(cases=CaseDesk(promises=PROMISES), people=(StaffChoice("A1", "吴磊", "administrator"),))
    app = console(services)
    async with app.run_test(size=SIZE) as pilot:
        await log_in(pilot, "A1")
        await until(pilot, lambda: app.current_mode == "today" and "2 条待同步" in text(app))
        await until(pilot, lambda: not app.workers)
        assert "今日承诺" not in text(app) and not app.screen.query(TodayPromises)


@on_screen
async def test_cases_that_come_in_numbers_are_said_on_the_start_screen() -> None:
    app = console(FakeServices(cases=CaseDesk(clusters=(IncidentView("24 小时内 3 笔重复扣款", ("case/1",)),))))
    async with app.run_test(size=SIZE) as pilot:
        await working(pilot)
        await until(pilot, lambda: "24 小时内 3 笔重复扣款" in text(app))
