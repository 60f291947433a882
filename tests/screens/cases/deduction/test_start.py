"""The start of a fast track: few keys to the number, nothing lost, and those that are not through go on."""

from threading import Event

import pytest
from rich.cells import cell_len

from branch_console.case_views.deduction import HomeView, IncidentView, TrackLine
from branch_console.case_views.register import CustomerView, RepeatView
from branch_console.locale import t
from branch_console.rules.errors import RuleError
from screens.cases.deduction.deduction_screen import DeductionScreen
from screens.cases.deduction.track_rows import cells, columns
from screens.cases.deduction.track_screen import TrackScreen
from screens.cases.incident_banner import IncidentBanner
from screens.gifts.goods.pick_row import PickRow
from screens.onboarding.pick_dialog import PickDialog
from screens.onboarding.proceed import Proceed
from screens.widgets.error_box import ErrorBox
from screens.widgets.row_drawing import widths
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField
from tests.screens.cases.deduction.fakes import FakeDesk, Host, on_top
from tests.screens.driving import SIZE, on_screen, text, until


def ready(app: Host) -> bool:
    """The form stands, with what can be picked."""
    return on_top(app, DeductionScreen) and "4 ○" in text(app) and app.focused is not None


@on_screen
async def test_from_f9_to_the_number_in_a_dozen_keys() -> None:
    desk = FakeDesk()
    app = Host(desk, DeductionScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: ready(app))
        assert "绝不询问密码" in text(app)
        await pilot.press(*"8000", "enter")
        await until(pilot, lambda: isinstance(app.focused, PickRow))
        assert "138****8000" in text(app)
        await pilot.press("2")
        await until(pilot, lambda: isinstance(app.focused, TextField))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Proceed))
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, TrackScreen))
    assert desk.named("begin") == [("begin", "c1", "double_charge", "")]


@on_screen
async def test_what_was_typed_of_a_number_leaves_the_screen_and_goes_into_no_draft() -> None:
    desk = FakeDesk()
    app = Host(desk, DeductionScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: ready(app))
        await pilot.press(*"13800138000", "enter")
        await until(pilot, lambda: isinstance(app.focused, PickRow))
        assert "13800138000" not in text(app)
        await pilot.press("2")
        await until(pilot, lambda: desk.named("keep"))
    assert desk.named("keep") == [("keep", "double_charge", "")]


@on_screen
async def test_enter_alone_is_somebody_who_does_not_say_who_they_are() -> None:
    desk = FakeDesk()
    app = Host(desk, DeductionScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: ready(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, PickRow))
        assert t("register.anonymous") in text(app)
        await pilot.press("4", "f10")
        await until(pilot, lambda: on_top(app, TrackScreen))
    assert desk.named("begin") == [("begin", "anonymous", "fraud", "")]


@on_screen
async def test_of_several_one_is_picked_and_of_none_it_is_said() -> None:
    desk = FakeDesk(found=(CustomerView("c1", "张*丰", "138****8000", ""), CustomerView("c2", "", "****8000", "")))
    app = Host(desk, DeductionScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: ready(app))
        await pilot.press(*"8000", "enter")
        await until(pilot, lambda: on_top(app, PickDialog))
        await pilot.press("2")
        await until(pilot, lambda: isinstance(app.focused, PickRow) and "****8000" in text(app))
        desk.found = ()
        app.screen.query_one("#customer").focus()
        await pilot.press(*"9999", "enter")
        await until(pilot, lambda: t("deduction.whose.none")[:4] in text(app))
        assert app.focused is app.screen.query_one("#customer")


@on_screen
async def test_a_missing_category_is_said_beside_it_and_nothing_is_lost() -> None:
    desk = FakeDesk()
    app = Host(desk, DeductionScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: ready(app))
        app.screen.query_one("#told", TextField).value = "扣了两次"
        await pilot.press(*"8000", "f10")
        await until(pilot, lambda: t("error.category_missing")[:4] in text(app))
        assert app.screen.query_one("#told", TextField).value == "扣了两次"
        assert isinstance(app.focused, PickRow)
        desk.error = RuleError("locked")
        await pilot.press("1", "f10")
        await until(pilot, lambda: app.errors)
        await pilot.press("escape")
        await until(pilot, lambda: on_top(app, DeductionScreen))
        await pilot.press("f10")
        await until(pilot, lambda: on_top(app, TrackScreen))
    assert desk.named("begin")[-1] == ("begin", "c1", "unauthorised", "扣了两次")


@on_screen
async def test_what_was_left_unsent_stands_in_the_form_again() -> None:
    desk = FakeDesk(draft=("wrong_amount", "多扣了十元"))
    app = Host(desk, DeductionScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: ready(app) and "多扣了十元" in text(app))
        assert app.screen.query_one("#category", PickRow).value == "wrong_amount"


@on_screen
async def test_one_that_is_not_through_goes_on_whoever_began_it() -> None:
    desk = FakeDesk()
    app = Host(desk, DeductionScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: ready(app) and "核心已确认" in text(app))
        app.screen.query_one("#tracks", RowList).focus()
        await pilot.press("down", "enter")
        await until(pilot, lambda: on_top(app, TrackScreen))
    assert ("track", "case/2") in desk.calls


@on_screen
async def test_another_language_keeps_what_was_typed_and_who_was_found() -> None:
    desk = FakeDesk()
    app = Host(desk, DeductionScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: ready(app))
        await pilot.press(*"8000", "enter")
        await until(pilot, lambda: isinstance(app.focused, PickRow))
        await pilot.press("2")
        app.screen.query_one("#told", TextField).value = "half typed"
        app.speak("en")
        await until(pilot, lambda: "Charged twice" in text(app) and "138****8000" in text(app))
        assert app.screen.query_one("#told", TextField).value == "half typed"
        assert app.screen.query_one("#category", PickRow).value == "double_charge"
        assert "重复" not in text(app)


@pytest.mark.parametrize("size", [SIZE, (120, 40)])
@on_screen
async def test_cases_in_numbers_stand_above_the_form(size: tuple[int, int]) -> None:
    desk = FakeDesk(clusters=(IncidentView("本网点 24 小时内 3 件「重复扣款」，请上报", ("case/1",)),))
    app = Host(desk, DeductionScreen())
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: ready(app) and "3 件「重复扣款」" in text(app))
        desk.clusters = ()
        app.screen.heard()  # type: ignore[attr-defined]
        await until(pilot, lambda: "请上报" not in text(app))
        assert t("deduction.begin") in text(app)


@on_screen
async def test_a_case_that_the_customer_has_already_is_said_and_keeps_nobody_back() -> None:
    same = RepeatView(
        "case/9", "TS-SZ01-7F3A-261122-0009-11", "同一客户", "已登记", "10:12", "", open=True, elsewhere=False
    )
    desk = FakeDesk(same=(same,))
    app = Host(desk, DeductionScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: ready(app))
        await pilot.press(*"8000", "enter")
        await until(pilot, lambda: same.number in "".join(text(app).split()))
        await pilot.press("2", "f10")
        await until(pilot, lambda: on_top(app, TrackScreen))
    assert desk.named("begin") == [("begin", "c1", "double_charge", "")]


def test_who_and_since_when_are_read_whole_beside_the_longest_category() -> None:
    line = TrackLine(
        "case/1", "TS-SZ01-D498-261119-0001-97", "非本人交易扣款", "M* Demo", "11-19 15:04", "1/6", "安抚与核身",
        "未止损", "error", "", False,
    )  # fmt: skip
    room = widths(columns(), 116)  # what a console of 120 cells leaves
    for cell, width in zip(cells(line), room, strict=True):
        assert cell_len(cell if isinstance(cell, str) else cell[0]) <= width, cell


@on_screen
async def test_who_may_not_is_told_once_and_is_not_held_there() -> None:
    class Barred(FakeDesk):
        def deduction_home(self) -> HomeView:
            if len(self.named("again")) < 3:
                self.calls.append(("again",))
                raise RuleError("role_may_not")
            return super().deduction_home()

    app = Host(Barred(), DeductionScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: on_top(app, ErrorBox) and app.focused is not None)
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, DeductionScreen))
        screen = app.screen
        assert isinstance(screen, DeductionScreen)
        screen.heard()  # something arrives meanwhile
        await pilot.pause()
        assert on_top(app, DeductionScreen) and len(app.errors) == 1
        assert str(t("error.role_may_not"))[:6] in text(app)  # and the page goes on saying it


@pytest.mark.parametrize("refused", [True, False])
@on_screen
async def test_an_answer_for_a_banner_that_has_gone_does_nothing(refused: bool) -> None:
    """The language changes while the incidents are looked for: the banner that asked stands no more."""
    desk, asked, may_answer = FakeDesk(), Event(), Event()
    found = desk.incidents

    def incidents() -> tuple[IncidentView, ...]:
        if not asked.is_set():
            asked.set()
            may_answer.wait(30)
            if refused:
                raise RuleError("locked")
        return found()

    desk.incidents = incidents  # type: ignore[method-assign]
    screen = DeductionScreen()
    app = Host(desk, screen)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: asked.is_set() and ready(app))
        (before,) = screen.query(IncidentBanner)
        app.speak("en")
        await until(pilot, lambda: not before.is_attached)
        may_answer.set()
        await until(pilot, lambda: ready(app) and not app.workers)
    assert not app.errors
