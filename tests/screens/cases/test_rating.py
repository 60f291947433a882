"""“How was it?”: one digit and it is written; reasons and a line go with it; not asked leaves nothing."""

from dataclasses import replace

import pytest

from branch_console.case_views.feedback import RatingView
from branch_console.rules.errors import RuleError
from screens.cases.feedback.rating_dialog import RatingDialog
from screens.onboarding import JourneyScreen
from screens.widgets.text_field import TextField
from tests.screens.cases.feedback_desk import ABOUT, FakeFeedbackDesk, Host
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.onboarding.fakes import FakeDesk
from tests.screens.onboarding.host import Host as JourneyHost

VIEW = RatingView(ABOUT, "工单 TS-1", (("queueing", "排队等候"), ("staff", "服务态度")))


def ready(app: Host) -> bool:
    return isinstance(app.screen, RatingDialog) and app.focused is not None and bool(app.screen.query("#reasons"))


@on_screen
async def test_one_digit_writes_the_score_and_closes() -> None:
    desk = FakeFeedbackDesk()
    app = Host(desk, RatingDialog(ABOUT))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: ready(app))
        assert "很满意" in text(app)
        await pilot.press("4")
        await until(pilot, lambda: app.answers)
        assert (app.answers, desk.named("rate")) == ([4], [(ABOUT, 4, (), "", "customer")])


@pytest.mark.parametrize("key", ["0", "escape"])
@on_screen
async def test_not_asked_or_refused_writes_nothing(key: str) -> None:
    desk = FakeFeedbackDesk()
    app = Host(desk, RatingDialog(ABOUT))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: ready(app))
        await pilot.press(key)
        await until(pilot, lambda: app.answers)
        assert (app.answers, desk.named("rate")) == ([None], [])


@on_screen
async def test_reasons_and_a_line_are_one_word_with_the_score() -> None:
    desk = FakeFeedbackDesk(rated=replace(VIEW, score=5, given=1))
    app = Host(desk, RatingDialog(ABOUT))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: ready(app))
        assert "此前评过 5 分" in text(app)
        await pilot.press("f10", "2")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "reasons")
        assert desk.named("rate") == []
        await pilot.press("1", "2", "enter")
        await until(pilot, lambda: isinstance(app.focused, TextField))
        await pilot.press("1", "0", "分", "enter", "2")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "write")
        await pilot.press("enter")
        await until(pilot, lambda: app.answers)
        assert desk.named("rate") == [(ABOUT, 2, ("queueing", "staff"), "10分", "staff_for_customer")]


@on_screen
async def test_a_line_that_was_not_sent_stands_there_again() -> None:
    desk = FakeFeedbackDesk(unsent={"line": "等太久"})
    app = Host(desk, RatingDialog(ABOUT))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "等太久" in text(app))
        app.screen.query_one(TextField).focus()
        await pilot.press("x")
        await until(pilot, lambda: ("rating", ABOUT, {"line": "等太久x"}) in desk.named("keep_idea_form"))
        app.screen.query_one("#scores").focus()
        await pilot.press("2")
        app.screen.query_one("#write").focus()
        await pilot.press("enter")
        await until(pilot, lambda: app.answers)
        assert desk.named("rate") == [(ABOUT, 2, (), "等太久x", "customer")]
        assert desk.named("keep_idea_form")[-1] == ("rating", ABOUT, {})


@on_screen
async def test_what_cannot_be_rated_says_why_and_a_refusal_loses_nothing() -> None:
    app = Host(FakeFeedbackDesk(rated=replace(VIEW, why_not="尚未办结")), RatingDialog(ABOUT))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "尚未办结" in text(app))
        assert "很满意" not in text(app)
    desk = FakeFeedbackDesk()
    app = Host(desk, RatingDialog(ABOUT))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: ready(app))
        desk.error = RuleError("rating_too_early")
        await pilot.press("5")
        await until(pilot, lambda: app.errors)
        await pilot.press("enter")
        await until(pilot, lambda: ready(app))
        await pilot.press("3")
        await until(pilot, lambda: app.answers)
        assert app.answers == [3]


def journey_host(state: str) -> tuple[JourneyHost, FakeFeedbackDesk]:
    app, desk = JourneyHost(FakeDesk(state=state, current=""), JourneyScreen("j1")), FakeFeedbackDesk()
    app.services.cases = desk  # type: ignore[attr-defined]
    return app, desk


@on_screen
async def test_the_end_of_a_journey_asks_for_a_rating_with_f5() -> None:
    app, desk = journey_host("finished")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, lambda: app.focused is not None and "F5" in text(app))
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, RatingDialog) and app.screen.query("#reasons"))
        await pilot.press("5")
        await until(pilot, lambda: desk.named("rate"))
        await until(pilot, lambda: "已记下：5 分" in text(app))
        assert [each[:2] for each in desk.named("rate")] == [("j1", 5)]


@on_screen
async def test_a_journey_that_was_given_up_asks_for_none() -> None:
    app, _ = journey_host("abandoned")
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("f5")
        assert not isinstance(app.screen, RatingDialog)
