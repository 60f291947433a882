"""The start screen: what each role sees, at both sizes and in both languages, and that every line opens its thing."""

from dataclasses import replace
from datetime import date, timedelta
from unittest.mock import Mock

import pytest
from textual.errors import NoWidget
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from branch_console.app import BranchConsole
from branch_console.figure_views.tables import Drill
from branch_console.figure_views.today import MachineLine, StaffLine, TodayRest
from branch_console.locale import t
from branch_console.rules.errors import RuleError
from branch_console.rules.staff import Role
from branch_console.views import StaffChoice
from screens import areas
from screens.cases.queue.today_promises import TodayPromises
from screens.lock import Lock
from screens.sync import Sync
from screens.today import Today
from screens.today_opening import OpenFigure
from screens.widgets.error_box import ErrorBox
from screens.widgets.row_list import RowList
from tests.hostile import FORBIDDEN, HOSTILE
from tests.screens.cases.queue_desk import PROMISES
from tests.screens.driving import SIZE, console, lines, log_in, on_screen, text, until
from tests.screens.fakes import DAY, LI, REST, CaseDesk, FakeServices, journey_line

WIDE = (120, 40)
TEAM = tuple(StaffLine(f"G{n}", name, n, n, 0, 1) for n, name in enumerate(["王芳", "李建国", "赵云", "刘敏"], 1))
MACHINES = (
    MachineLine("sync", "同步", "2 条待同步", "warning", opens=True),
    MachineLine("backup", "备份", "没有备份", "warning", what_to_do="运行 branch-console backup"),
)
PANELS: dict[Role, list[str]] = {
    "guide": ["continue", "promises", "campaigns", "low-stock", "figures", "sync-summary"],
    "case_officer": ["promises", "continue", "campaigns", "low-stock", "figures", "sync-summary"],
    "supervisor": ["continue", "promises", "campaigns", "low-stock", "figures", "team", "sync-summary"],
    "auditor": ["continue", "promises", "campaigns", "low-stock", "figures", "team", "sync-summary"],
    "administrator": ["machines", "sync-summary"],
}
"""What Tab reaches, in its order."""


def services(role: Role = "guide") -> FakeServices:
    """A day as somebody of that role is told it."""
    made = FakeServices(people=(StaffChoice("G1001", "王芳", role), LI), cases=CaseDesk(promises=PROMISES))
    if role in {"supervisor", "auditor"}:
        day = replace(DAY, lines=tuple(replace(line, mine=None) for line in DAY.lines))
        made.today_view = replace(made.today_view, day=day, team=TEAM)
        made.rest = replace(REST, day=day, team=TEAM)
    if role == "administrator":
        made.today_view = replace(made.today_view, lines=(), total_lines=0, day=None, cases=False)
        made.rest = TodayRest(machines=MACHINES)
    return made


async def shown(pilot: Pilot[None]) -> None:
    """Log in and wait for everything that the start screen is told."""
    app = pilot.app
    assert isinstance(app, BranchConsole)
    await log_in(pilot)
    await until(pilot, lambda: isinstance(app.screen, Today) and app.screen._rest is not None)
    role = app.services.session.role if app.services.session else ""
    if role != "administrator":
        await until(pilot, lambda: [each for each in app.screen.query(TodayPromises) if each.display])
    await until(pilot, lambda: not app.workers)


@pytest.mark.parametrize(
    ("role", "size"),
    [*((role, SIZE) for role in PANELS), ("supervisor", WIDE)],
    ids=[*PANELS, "supervisor-120x40"],
)
@on_screen
async def test_every_panel_of_a_role_is_in_sight_and_reached_by_tab(role: Role, size: tuple[int, int]) -> None:
    app = console(services(role))
    async with app.run_test(size=size) as pilot:
        await shown(pilot)
        for language in ("zh", "en"):
            if language == "en":
                await pilot.press("ctrl+t")
                await until(pilot, lambda: "Refresh" in text(app) and "F8 details" in text(app))
                await until(pilot, lambda: not app.workers)
            await until(pilot, lambda: [each.id for each in app.screen.focus_chain] == PANELS[role])
            await until(pilot, lambda: all(in_sight(each, app) for each in app.screen.focus_chain))


def in_sight(widget: Widget, app: BranchConsole) -> bool:
    """The whole widget is drawn, with at least one line, between the status line and the keys."""
    try:
        region, visible = widget.region, app.screen.find_widget(widget).visible_region
    except NoWidget:  # its place has not been found yet
        return False
    return region == visible and region.height >= 1 and region.y >= 1 and region.bottom <= app.size.height - 2


@pytest.mark.parametrize("size", [SIZE, WIDE], ids=["80x24", "120x40"])
@on_screen
async def test_a_guide_sees_own_figures_the_branch_s_and_the_comparison_in_words(size: tuple[int, int]) -> None:
    app = console(services())
    async with app.run_test(size=size) as pilot:
        await shown(pilot)
        wide = size == WIDE
        found = row(app, "待中心确认" if wide else "待确认")
        assert ("比昨日多 2" if wide else "+2") in found
        assert "与 11-19 周四 截至 14:22 相比" in text(app)
        assert ("网点每小时接待" in text(app)) and "▲ 1 条被隔离" in text(app)
        for words in ("余 41", "11-29 止", "五常大米", "已发完", "继续办理 (2)", "今日承诺 2 项"):
            assert words in text(app)
        assert ("本机可发 3" in text(app)) is wide
        assert "团队" not in text(app)


def row(app: BranchConsole, words: str) -> str:
    return next(line for line in lines(app) if words in line)


@on_screen
async def test_a_supervisor_sees_the_team_and_nobody_s_own_figures() -> None:
    app = console(services("supervisor"))
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        assert "团队 (4)" in text(app) and "李建国" in text(app)
        assert " 我 " not in row(app, "网点比昨日")
        assert app.screen.query_one("#hours").size.height >= 2, "the hours stay"


@on_screen
async def test_a_case_officer_s_promises_stand_first_also_when_there_are_none() -> None:
    quiet = services("case_officer")
    quiet.cases, quiet.today_view = CaseDesk(), replace(quiet.today_view, cases=False)
    app = console(quiet)
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        assert t("today.promises.none") in text(app)
        shown_at = text(app).index(t("today.promises.none"))
        assert shown_at < text(app).index("继续办理")


@on_screen
async def test_an_administrator_sees_machines_and_may_open_what_they_are_about() -> None:
    app = console(services("administrator"))
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        assert "接待" not in text(app) and "活动" not in text(app) and "继续办理" not in text(app)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, ErrorBox) and "branch-console backup" in text(app))
        await pilot.press("escape", "up", "enter")
        await until(pilot, lambda: isinstance(app.screen, Sync))


@pytest.mark.parametrize(
    ("role", "list_", "opened"),
    [
        ("guide", "figures", ("figure", Drill("journeys.onboarded"))),
        ("guide", "low-stock", ("gifts", "stock")),
        ("guide", "campaigns", ("go", "gifts")),
        ("supervisor", "campaigns", ("gifts", "first")),
        ("supervisor", "team", ("figure", Drill("journeys.received", "staff", "G2"))),
    ],
)
@on_screen
async def test_every_line_opens_its_thing(
    role: Role, list_: str, opened: tuple[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = console(services(role))
    found: list[tuple[str, object]] = []

    async def note(area: str, screen: object) -> None:
        found.append((area, screen))

    async def go(area: str) -> None:
        found.append(("go", area))

    monkeypatch.setattr(app, "action_go", go)
    monkeypatch.setattr(areas, "campaign", lambda name: name)
    monkeypatch.setattr(areas, "stock", lambda: "stock")
    monkeypatch.setattr(areas, "figure_rows", lambda drill, _: drill)
    monkeypatch.setattr(app, "_show_in", note)
    posted: list[object] = []
    async with app.run_test(size=SIZE, message_hook=posted.append) as pilot:
        await shown(pilot)
        app.screen.query_one(f"#{list_}").focus()
        await pilot.press("down", "enter")
        if opened[0] == "figure":
            await until(pilot, lambda: [each for each in posted if isinstance(each, OpenFigure)])
            wanted = next(each for each in posted if isinstance(each, OpenFigure))
            assert (wanted.drill, wanted.day) == (opened[1], DAY.day)
            await until(pilot, lambda: found == [("board", opened[1])])
        else:
            await until(pilot, lambda: found == [opened])


@on_screen
async def test_what_arrives_moves_no_cursor() -> None:
    told = services("supervisor")
    app = console(told)
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        figures = app.screen.query_one("#figures", RowList)
        team = app.screen.query_one("#team", RowList)
        campaigns = app.screen.query_one("#campaigns", RowList)
        figures.focus()
        figures.cursor, team.cursor, campaigns.cursor = 3, 2, 1
        assert told.rest.day is not None and told.rest.campaigns is not None
        more = tuple(replace(line, branch=str(int(line.branch) + 1)) for line in told.rest.day.lines)
        told.rest = replace(
            told.rest,
            day=replace(told.rest.day, lines=more),
            team=(StaffLine("G9", "陈晓", 9, 9, 9, 9), *TEAM),
            campaigns=(replace(told.rest.campaigns[0], campaign="new", name="新活动"), *told.rest.campaigns),
        )
        told.tell("journey/7")
        await until(pilot, lambda: "陈晓" in text(app) and "24" in row(app, "接待 "))
        assert (figures.row.figure, team.row.staff, campaigns.row.campaign) == (  # type: ignore[union-attr]
            "journeys.first_use",
            "G3",
            "first",
        )
        assert app.screen.focused is figures


@on_screen
async def test_empty_panels_say_what_to_do_next() -> None:
    told = services()
    told.cases = CaseDesk()
    told.today_view = replace(told.today_view, lines=(), total_lines=0, cases=False)
    told.rest = replace(REST, campaigns=(), stock=())
    app = console(told)
    async with app.run_test(size=SIZE) as pilot:
        await log_in(pilot)
        await until(pilot, lambda: t("today.stock.enough") in text(app))
        assert t("today.campaigns.none") in text(app) and t("today.nothing")[:12] in text(app)
        assert not app.screen.query(TodayPromises), "the case desk need not be loaded"


@on_screen
async def test_while_the_store_counts_the_title_says_so_and_it_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screens.today.COUNTING", 0.05)
    told = services()
    told.rest = replace(REST, day=replace(DAY, counting=True))
    app = console(told)
    async with app.run_test(size=SIZE) as pilot:
        await log_in(pilot)
        await until(pilot, lambda: "正在统计" in text(app))
        told.rest = REST
        await until(pilot, lambda: "正在统计" not in text(app) and app.current_mode == "today")


@on_screen
async def test_after_midnight_a_figure_leads_to_the_rows_of_its_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    told = services()
    app = console(told)
    asked: list[date] = []

    def figure_rows(_: Drill, day: date) -> Screen[None]:
        asked.append(day)
        return Screen()

    monkeypatch.setattr(areas, "figure_rows", figure_rows)
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        tomorrow = DAY.day + timedelta(days=1)
        told.rest = replace(REST, day=replace(DAY, day=tomorrow, lines=(replace(DAY.lines[0], branch="77"),)))
        today = app.screen
        assert isinstance(today, Today)
        today._compare()
        await until(pilot, lambda: "77" in row(app, "接待 "))
        today.query_one("#figures").focus()
        await pilot.press("enter")
        await until(pilot, lambda: asked == [tomorrow])


@on_screen
async def test_while_the_store_counts_one_look_is_due_however_often_it_is_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = console(services())
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        today = app.screen
        assert isinstance(today, Today)
        due = [Mock(), Mock(), Mock()]
        monkeypatch.setattr(today, "set_timer", Mock(side_effect=due))
        for _ in range(3):
            today._rest_arrived(replace(REST, day=replace(DAY, counting=True)))
        assert [each.stop.called for each in due] == [True, True, False]
        today._rest_arrived(REST)
        assert all(each.stop.called for each in due)


@on_screen
async def test_a_question_that_fails_under_the_lock_is_not_said_over_it() -> None:
    told = services()
    app = console(told)
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        today = app.screen
        assert isinstance(today, Today)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, Lock))
        today._second._failed(RuleError("locked"))
        today._compare()
        await until(pilot, lambda: not app.workers)
        assert isinstance(app.screen, Lock)
        for words in ("138****8000", "五常大米", "无人负责"):
            assert words not in text(app)


@on_screen
async def test_hostile_texts_are_shown_as_text() -> None:
    told = services("supervisor")
    bad = tuple(HOSTILE)
    assert told.rest.campaigns is not None and told.rest.stock is not None and told.rest.day is not None
    campaign, item = told.rest.campaigns[0], told.rest.stock[0]
    told.today_view = replace(
        told.today_view, lines=tuple(journey_line(n, each, phone=each, step_title=each) for n, each in enumerate(bad))
    )
    told.rest = replace(
        told.rest,
        campaigns=tuple(
            replace(campaign, campaign=f"{n}", name=each, left=each, until=each, note=each)
            for n, each in enumerate(bad)
        ),
        stock=tuple(replace(item, sku=f"{n}", name=each, place=each) for n, each in enumerate(bad)),
        team=tuple(StaffLine(f"{n}", each, 1, 1, 1, 1) for n, each in enumerate(bad)),
        day=replace(
            told.rest.day,
            compared=bad[1],
            compared_short=bad[2].replace("\n", " "),
            lines=tuple(replace(line, label=bad[3], before=bad[4], change=bad[0]) for line in told.rest.day.lines),
        ),
    )
    app = console(told)
    async with app.run_test(size=WIDE) as pilot:
        await shown(pilot)
        for cursor in range(0, len(bad), 4):
            for name in ("continue", "campaigns", "low-stock", "team"):
                app.screen.query_one(f"#{name}", RowList).cursor = cursor
            await pilot.pause()
            assert not FORBIDDEN & set(text(app))
