"""The board of ideas by its keys: taken down, supported, decided, rewarded; what is impossible says why."""

from typing import Any

import pytest
from textual.screen import Screen

from branch_console.case_views.feedback import SuggestScene
from branch_console.locale import Language
from screens.cases.feedback.feedback_screen import FeedbackScreen
from screens.cases.feedback.idea_form import IdeaForm
from screens.cases.feedback.idea_screen import IdeaScreen
from screens.cases.feedback.reward_screen import RewardScreen
from screens.cases.feedback.suggest_screen import SuggestScreen
from screens.onboarding.pick_dialog import PickDialog
from screens.widgets.password_field import PasswordField
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField
from tests.screens.cases.feedback_desk import PASSWORD, PATTERNS, FakeFeedbackDesk, Host, idea
from tests.screens.driving import SIZE, on_screen, text, until

SIZES = (SIZE, (120, 40))


def on_top(app: Host, kind: type[Screen[Any]]) -> bool:
    return isinstance(app.screen, kind) and app.focused is not None


def board(app: Host) -> bool:
    return on_top(app, FeedbackScreen) and app.screen.query_one("#ideas", RowList).row is not None


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
@on_screen
async def test_the_board_shows_what_most_want_and_turns_its_tabs(language: Language, size: tuple[int, int]) -> None:
    desk = FakeFeedbackDesk(statuses=("adopted", "received"))
    app = Host(desk, FeedbackScreen(), language=language)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: board(app))
        shown = text(app)
        assert ("收到 1" if language == "zh" else "Received 1") in shown and "+2" in shown
        await pilot.press("right", "right")
        await until(pilot, lambda: "2026-11-20" in text(app))
        assert "‼" in text(app), "an idea that is overdue has a sign"
        await pilot.press("left", "left", "left")
        await until(pilot, lambda: desk.named("ideas")[-1] == ("all",))


@on_screen
async def test_an_idea_is_taken_down_with_topic_and_whose() -> None:
    desk = FakeFeedbackDesk()
    app = Host(desk, FeedbackScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: board(app))
        await pilot.press("s")
        await until(pilot, lambda: on_top(app, SuggestScreen))
        await pilot.press(*"13812348000 ", *"lower the screen", "enter", "2", "1")
        app.screen.query_one("#contact", TextField).value = "13812348000"
        kept = ("****8000 lower the screen", "premises", "customer")
        await until(pilot, lambda: desk.named("keep_idea_draft")[-1:] == [kept])
        await pilot.press("f10")
        await until(pilot, lambda: on_top(app, FeedbackScreen))
        assert desk.named("suggest") == [("****8000 lower the screen", "premises", "customer", "13812348000")]


@on_screen
async def test_what_is_missing_stands_beside_its_question_and_nothing_is_lost() -> None:
    desk = FakeFeedbackDesk()
    app = Host(desk, SuggestScreen(SuggestScene((("app", "客户端"),), PATTERNS), ("叫号屏放低", "", "staff")))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: on_top(app, SuggestScreen))
        await pilot.press("f10")
        await until(pilot, lambda: "请选择" in text(app))
        assert "叫号屏放低" in text(app) and not app.screen.query_one("#asked-contact").display
        assert desk.named("suggest") == [("叫号屏放低", "", "staff", "")]


@on_screen
async def test_the_same_idea_is_supported_instead() -> None:
    desk = FakeFeedbackDesk(alike=True)
    app = Host(desk, SuggestScreen(SuggestScene((("app", "客户端"),), PATTERNS)))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: on_top(app, SuggestScreen))
        await pilot.press(*"screen")
        await until(pilot, lambda: "可能已有人提过" in text(app))
        await pilot.press("ctrl+e")
        await until(pilot, lambda: on_top(app, IdeaForm))
        await pilot.press("3", "f10")
        await until(pilot, lambda: app.answers)
        assert desk.named("support") == [("case/7", "anonymous", "")] and desk.named("suggest") == []
        assert desk.named("keep_idea_draft")[-1] == ("", "", ""), "what was typed is not kept as a draft"


@on_screen
async def test_somebody_who_supported_it_already_is_told_so() -> None:
    desk = FakeFeedbackDesk()
    app = Host(desk, IdeaForm("support", idea(1)))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: on_top(app, IdeaForm))
        await pilot.press("1")
        app.screen.query_one("#contact", TextField).value = "13800138001"
        await pilot.press("f10")
        await until(pilot, lambda: app.errors)
        assert [getattr(each, "code", "") for each in app.errors] == ["supported_already"] and not app.answers


@pytest.mark.parametrize(
    ("act", "keys", "call"),
    [
        ("evaluate", ("o", "k", "enter", "enter"), ("evaluate", "case/1", "ok")),
        (
            "adopt",
            ("o", "k", "enter", "2", "1", "1", "-", "3", "0", "f10"),
            ("adopt", "case/1", "ok", "S2001", "11-30"),
        ),
        ("decline", ("n", "o", "f10"), ("decline", "case/1", "no")),
        ("done", ("o", "k", "f10"), ("idea_done", "case/1", "ok")),
        ("told", ("5", "o", "k", "f10"), ("idea_told", "case/1", "board", "ok")),
        ("support", ("2", "f10"), ("support", "case/1", "staff", "")),
    ],
)
@on_screen
async def test_each_act_has_its_form(act: str, keys: tuple[str, ...], call: tuple[str, ...]) -> None:
    desk = FakeFeedbackDesk()
    app = Host(desk, IdeaForm(act, idea(1), desk.owners()))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: on_top(app, IdeaForm))
        await pilot.press(*keys)
        await until(pilot, lambda: app.answers)
        assert desk.named(call[0]) == [call[1:]]


@on_screen
async def test_the_menu_greys_what_cannot_be_done_and_says_why() -> None:
    desk = FakeFeedbackDesk(forbidden={"evaluate": "您的角色不能这样做"})
    app = Host(desk, IdeaScreen("case/1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "两边同时改动" in text(app))
        await pilot.press("f10")
        await until(pilot, lambda: on_top(app, PickDialog))
        assert "您的角色不能这样做" in text(app)
        await pilot.press("1")
        assert on_top(app, PickDialog)
        await pilot.press("2")
        await until(pilot, lambda: on_top(app, IdeaForm))


@on_screen
async def test_a_present_needs_goods_a_number_and_somebody_who_approves() -> None:
    desk = FakeFeedbackDesk()
    app = Host(desk, RewardScreen(idea(1, "adopted"), desk.reward_scene("case/1")))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: on_top(app, RewardScreen))
        assert "单条上限" in text(app) and "本月还剩" in text(app)
        await pilot.press("2", "backspace", "2", "enter", "1", *"wrong", "f10")
        await until(pilot, lambda: desk.named("reward"))
        assert desk.named("reward") == [("case/1", "shelf|RICE||2027-01-01", "2", "S2001")] and not app.answers
        app.screen.query_one(PasswordField).focus()
        await pilot.press(*PASSWORD.replace(" ", "_").replace("'", "_"))
        app.screen.query_one(PasswordField).value = PASSWORD
        await pilot.press("f10")
        await until(pilot, lambda: app.answers)


@on_screen
async def test_what_was_not_sent_stands_there_again_and_what_was_sent_does_not() -> None:
    desk = FakeFeedbackDesk(unsent={"reason": "场地允许", "due": "12-01"})
    app = Host(desk, IdeaScreen("case/1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "附议" in text(app) and "TS-SZ01" in text(app))
        await pilot.press("f10")
        await until(pilot, lambda: on_top(app, PickDialog))
        await pilot.press("2")
        await until(pilot, lambda: on_top(app, IdeaForm) and "场地允许" in text(app))
        await pilot.press("x")
        await until(pilot, lambda: desk.named("keep_idea_form"))
        form, subject, answers = desk.named("keep_idea_form")[-1]
        assert (form, subject, answers["reason"], answers["due"]) == ("adopt", "case/1", "场地允许x", "12-01")
        await pilot.press("f10")
        await until(pilot, lambda: on_top(app, IdeaScreen))
        assert desk.named("adopt") == [("case/1", "场地允许x", "", "12-01")]
        assert desk.named("keep_idea_form")[-1] == ("adopt", "case/1", {})
