"""What the start screen is told: by role, by the figures' own definitions, from a real encrypted store."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from branch_console.demo.history import Clock, Visit
from branch_console.demo.people import load_people
from branch_console.desk import journeys
from branch_console.desk.desk import Desk
from branch_console.figure_views.today import DayLine, DayView, TodayRest
from branch_console.locale import set_language
from branch_console.rules.staff import Role
from branch_console.rules.statistics.figures import value
from branch_console.rules.statistics.instants import Scope
from branch_console.services.today import Today
from branch_console.services.today_figures import FIGURES
from branch_console.views import SyncView
from data.statistics import catching_up
from data.statistics.rows import facts_of_days
from tests.data.world import Writer
from tests.desk.conftest import desk_store
from tests.desk.gifts.conftest import NOW, OIL, RICE, ZONE, World
from tests.desk.gifts.conftest import world as world  # noqa: PLC0414  a fixture
from tests.desk.gifts.hand_over_help import give, held, ready
from tests.screens.fakes import SYNC

FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=ZONE)
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
OFFLINE = replace(SYNC, state="offline")


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[World]:
    """A terminal to which central says nothing more: quicker to make."""
    store = desk_store(tmp_path)
    yield World(store, Clock(NOW), Writer("central/SZFT"))
    store.close()


def rest(world: World, role: Role = "guide", staff: str = "wang", sync: SyncView = SYNC) -> TodayRest:
    """As soon as everything has been counted."""
    desk = Desk(world.store, staff, role, world.clock, world.desk().second_person)
    catching_up.catch_up_all(world.store)
    return Today().rest(desk, sync, world.store.database.path.parent)


def day_of(told: TodayRest) -> DayView:
    assert told.day is not None
    return told.day


def line(told: TodayRest, figure: str) -> DayLine:
    return next(each for each in day_of(told).lines if each.figure == figure)


def receive(world: World, at: datetime, staff: str = "wang") -> None:
    """A customer is received."""
    world.clock.now = at
    journeys.start(world.desk(staff), "IV")


def onboard(world: World, at: datetime, staff: str = "wang") -> None:
    """A customer is served to the end within the hour."""
    customer = next(each for each in load_people().customers if each.end == "finished")
    clock = Clock(at)
    Visit(replace(world.desk(staff), now=clock), clock, customer, random.Random(5)).play(within=timedelta(hours=1))


def test_the_figures_are_those_of_their_definitions_and_wait_for_central_apart(quiet: World) -> None:
    onboard(quiet, MONDAY - timedelta(hours=2))
    receive(quiet, MONDAY - timedelta(minutes=5), "li")
    quiet.clock.now = MONDAY
    told = rest(quiet)
    shown = {each.figure: (each.mine, each.branch) for each in day_of(told).lines}
    assert shown["journeys.received"] == ("1", "2")
    assert (shown["journeys.onboarded"], shown["journeys.waiting"]) == (("0", "0"), ("1", "1"))
    head = quiet.store.head()
    quiet.store.acknowledge(head.seq, head.hash, [], "epoch-1", MONDAY)
    told = rest(quiet)
    assert (line(told, "journeys.onboarded").mine, line(told, "journeys.waiting").mine) == ("1", "0")
    facts = facts_of_days(quiet.store, [MONDAY.date()])
    for staff in (None, "wang"):
        scope = Scope(MONDAY.date(), MONDAY.date(), MONDAY, staff=staff)
        by_rows = {figure: str(value(figure, facts, scope).value) for figure in FIGURES}
        assert {each.figure: each.mine if staff else each.branch for each in day_of(told).lines} == by_rows
    assert day_of(told).by_hour[8:10] == (1, 1) and sum(day_of(told).by_hour) == 2


def test_the_branch_is_compared_with_the_same_minute_of_the_working_day_before(quiet: World) -> None:
    for minute in (0, 29, 30, 31):
        receive(quiet, FRIDAY.replace(hour=9, minute=minute))
    receive(quiet, MONDAY.replace(hour=9, minute=10))
    quiet.clock.now = MONDAY.replace(hour=9, minute=30)
    told = rest(quiet)
    received = line(told, "journeys.received")
    assert (received.branch, received.change, received.before) == ("1", "-1", "比周五少 1")
    assert line(told, "cases.received").before == "与周五持平"
    assert day_of(told).compared == "与 11-20 周五 截至 09:30 相比"
    assert day_of(told).compared_short == "比周五"
    quiet.clock.now = MONDAY.replace(hour=9, minute=29)
    assert line(rest(quiet), "journeys.received").change == "="
    set_language("en")
    quiet.clock.now = MONDAY.replace(hour=9, minute=45)
    assert line(rest(quiet), "journeys.received").before == "3 fewer than Fri"


def test_a_day_of_rest_and_a_day_after_nothing_say_why_nothing_is_compared(quiet: World) -> None:
    told = rest(quiet)
    assert day_of(told).compared == "非工作日，不与其他日子相比", "22 November 2026 is a Sunday"
    assert {each.before for each in day_of(told).lines} == {""}
    quiet.clock.now = MONDAY
    assert day_of(rest(quiet)).compared == "11-20 周五 没有数据可比"


def test_a_supervisor_sees_the_team_and_an_auditor_no_own_figures(quiet: World) -> None:
    receive(quiet, MONDAY - timedelta(minutes=9), "li")
    receive(quiet, MONDAY - timedelta(minutes=5), "li")
    quiet.clock.now = MONDAY
    leading: dict[str, Role] = {"liu": "supervisor", "zhou": "auditor"}
    for staff, role in leading.items():
        told = rest(quiet, role, staff)
        assert told.team is not None
        assert [(each.name, each.received, each.onboarded) for each in told.team] == [
            ("Li", 2, 0),
            ("Liu", 0, 0),
            ("Wang", 0, 0),
            ("Zhao", 0, 0),
        ], "a guide, a supervisor and a case officer with nothing yet; no auditor, no administrator"
        assert {each.mine for each in day_of(told).lines} == {None}
    assert rest(quiet).team is None
    assert line(rest(quiet), "journeys.received").mine == "0"


def test_an_administrator_sees_machines_and_nothing_of_customers(quiet: World) -> None:
    receive(quiet, MONDAY)
    desk = replace(quiet.desk(), staff="wu", role="administrator")
    view = Today().view(desk, SYNC)
    assert (view.lines, view.total_lines, view.day, view.team, view.cases) == ((), 0, None, None, False)
    told = rest(quiet, "administrator", "wu")
    assert (told.day, told.team, told.campaigns, told.stock) == (None, None, None, None)
    assert told.machines is not None
    found = {each.name: each for each in told.machines}
    assert (found["sync"].tone, found["held"].tone, found["backup"].tone) == ("warning", "error", "warning")
    assert found["staff"].value == "6 人可以登录"
    for each in told.machines:
        assert each.value and (each.opens or each.what_to_do)


def test_the_newest_whole_backup_is_told(quiet: World) -> None:
    folder = quiet.store.database.path.parent / "backups"
    (folder / "20261122T000000Z").mkdir(parents=True)  # was never finished: it has no manifest
    for days, tone in ((31, "warning"), (30, "warning"), (29, "success"), (1, "success")):
        made = quiet.clock.now.astimezone(UTC) - timedelta(days=days)
        for name in (f"{made:%Y%m%dT%H%M%S}Z", f"replaced-{days}Z", f"notes-{days}"):
            (folder / name).mkdir()
            (folder / name / "manifest.json").touch()
        machines = rest(quiet, "administrator", "wu").machines
        assert machines is not None
        backup = next(each for each in machines if each.name == "backup")
        assert (backup.tone, backup.value) == (tone, f"{made.astimezone(ZONE):%m-%d %H:%M}")


def test_running_campaigns_say_what_is_left_and_what_needs_attention_stands_first(world: World) -> None:
    world.run("autumn_merchants", "running")
    world.run("autumn_days", "running", title='{ zh = "很长的活动", en = "A long one" }')
    world.run("spend_500_30d", "announced")
    world.status("autumn_merchants", "running", left_count=900)
    world.status("autumn_days", "running", left_count=41)
    assert campaigns(world) == [
        ("很长的活动", "余 41", "11-30 止", True),
        ("三家商户有礼", "余 900", "11-30 止", False),
    ]
    world.status("autumn_merchants", "running", left_fen=2_599_900)
    world.status("autumn_days", "paused", left_count=41)
    assert campaigns(world) == [("三家商户有礼", "余 25,999 元", "11-30 止", False)]
    world.status("autumn_merchants", "running", left_fen=1_234_567_899)
    assert [each[1] for each in campaigns(world)] == ["余 1,234 万元"]
    for day, words, low in ((28, "11-30 止", True), (29, "明天止", True), (30, "今天止", True)):
        world.clock.now = world.clock.now.replace(day=day)
        assert [each[2:] for each in campaigns(world)] == [(words, low)]


def campaigns(world: World) -> list[tuple[str, str, str, bool]]:
    found = rest(world).campaigns
    assert found is not None
    return [(each.name, each.left, each.until, each.low) for each in found]


def test_offline_a_campaign_says_what_this_terminal_may_hand_out_or_when_central_said_it(world: World) -> None:
    world.run("autumn_days", "running")
    assert notes(world, OFFLINE) == [""], "no cap: nothing that could be old"
    world.status("autumn_days", "running", left_count=41)
    assert notes(world, OFFLINE) == ["截至 03-02 05:20"]
    world.lease("autumn_days", 3)
    assert notes(world, OFFLINE) == ["本机可发 3"]
    assert notes(world, SYNC) == [""]


def notes(world: World, sync: SyncView) -> list[str]:
    found = rest(world, sync=sync).campaigns
    assert found is not None
    return [each.note for each in found]


def test_what_a_campaign_gives_runs_low_at_the_number_of_its_item(world: World) -> None:
    ready(world, pieces=11)
    assert low(world) == [(OIL, 0)], "the campaign gives oil, too, and there is none"
    claim = held(world)
    assert low(world) == [(OIL, 0), (RICE, 10)], "one is kept for Anna"
    world.shelve(OIL, 12, "N2")
    assert low(world) == [(RICE, 10)]
    give(world, claim)
    assert low(world) == [(RICE, 10)]
    assert line(rest(world), "gifts.handed_over").mine == "1"


def low(world: World) -> list[tuple[str, int]]:
    found = rest(world).stock
    assert found is not None
    return [(each.sku, each.left) for each in found]


def test_what_has_come_is_counted_some_at_a_time_and_says_so(
    quiet: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for minute in range(4):
        receive(quiet, MONDAY.replace(minute=minute))
    today, desk = Today(), quiet.desk()
    monkeypatch.setattr("branch_console.services.today_figures.AT_ONCE", 2)
    assert day_of(today.rest(desk, SYNC, tmp_path)).counting
    while day_of(today.rest(desk, SYNC, tmp_path)).counting:
        pass
    view = today.view(desk, SYNC)
    assert view.day is not None and not view.day.counting
    assert view.day.lines[0].branch == "4"


def test_nothing_is_read_again_while_nothing_has_come(
    quiet: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    receive(quiet, MONDAY)
    today, desk = Today(), quiet.desk()
    catching_up.catch_up_all(quiet.store)
    told = today.rest(desk, SYNC, tmp_path)
    monkeypatch.setattr(catching_up, "catch_up", lambda *_, **__: pytest.fail("counted again"))
    assert today.rest(desk, replace(SYNC, pending=7), tmp_path) is told
    monkeypatch.undo()
    quiet.clock.now += timedelta(minutes=1)
    assert today.rest(desk, SYNC, tmp_path) is not told
    receive(quiet, quiet.clock.now)
    assert line(today.rest(desk, SYNC, tmp_path), "journeys.received").branch == "2"
