"""A journey by keys alone, over a desk in memory."""

import pytest

from branch_console.locale import t
from branch_console.rules.errors import RuleError
from screens.lock import Lock
from screens.onboarding import JourneyScreen
from screens.onboarding.interruption_pane import InterruptionPane
from screens.onboarding.notice_pane import NoticePane
from screens.onboarding.pick_dialog import PickDialog
from screens.onboarding.question import Question
from screens.onboarding.review_pane import ReviewPane
from screens.onboarding.step_clock import StepClock
from screens.onboarding.step_pane import StepPane
from screens.onboarding.steps_dialog import StepsDialog
from screens.widgets.confirm import Confirm
from screens.widgets.error_box import ErrorBox
from screens.widgets.text_field import TextField
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.onboarding.fakes import FakeDesk
from tests.screens.onboarding.host import Host, at_step, journey_screen, pane
from tests.screens.onboarding.test_step_clock import Time

SIZES = [SIZE, (120, 40)]


def question(app: Host, field: str) -> Question:
    """A question of the step on screen."""
    found = pane(app)
    assert isinstance(found, StepPane)
    return next(each for each in found.questions if each.view.id == field)


def typed(app: Host, field: str) -> str:
    """What stands in a field."""
    editor = question(app, field).editor
    assert isinstance(editor, TextField)
    return editor.value


@pytest.mark.parametrize("size", SIZES)
@on_screen
async def test_from_the_first_step_to_the_end_by_keys(size: tuple[int, int]) -> None:
    desk = FakeDesk()
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=size) as pilot:
        await at_step(pilot, "need")
        await pilot.press("1", "1", "2", "enter")
        await at_step(pilot, "fraud_gate")
        await pilot.press("n", "right", "right", "enter")
        await at_step(pilot, "consent")
        assert "个人信息告知" in text(app)
        await pilot.press("1", "1", "enter")
        await at_step(pilot, "lookup")
        await pilot.press(*"张小丰", "enter", *"13800138000", "enter")
        await at_step(pilot, "official_app")
        await pilot.press("y", "enter")
        await at_step(pilot, "review")
        await until(pilot, lambda: "138****8000" in text(app))
        await pilot.press("enter")
        await at_step(pilot, "feedback")
        await pilot.press("1", "enter")
        await until(pilot, lambda: isinstance(pane(app), NoticePane))
        await pilot.press("enter")
        await until(pilot, lambda: t("onboarding.ended.finished") in text(app))
    assert [each[1] for each in desk.named("done")] == [
        "need",
        "fraud_gate",
        "consent",
        "lookup",
        "official_app",
        "review",
        "feedback",
    ]
    assert desk.named("consent") == [
        ("consent", "general", True, "spoken", "zh", False),
        ("consent", "sensitive", True, "spoken", "zh", False),
    ]
    assert desk.answers["scene"] == "commute,shop"
    assert desk.named("finish") == [("finish",)]


@on_screen
async def test_enter_answers_nothing_that_was_not_picked() -> None:
    desk = FakeDesk()
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "need")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: question(app, "segment").error)
        assert t("onboarding.choose") in text(app)
    assert not desk.named("answer")
    assert not desk.named("done")


@on_screen
async def test_a_wrong_answer_stays_and_is_explained_beside_the_field_and_above() -> None:
    desk = FakeDesk(current="lookup")
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "lookup")
        await pilot.press(*"张小丰", "enter", *"1380", "enter")
        await until(pilot, lambda: question(app, "phone").error)
        assert typed(app, "phone") == "1380"
        assert question(app, "phone").editor.has_focus
        assert text(app).count("phone_format") == 2
        await pilot.press("shift+tab", "shift+tab", "enter")
        await until(pilot, lambda: question(app, "phone").editor.has_focus)
        await pilot.press(*"0138000", "enter")
        await at_step(pilot, "official_app")
    assert [each[1] for each in desk.named("done")] == ["lookup"]


@on_screen
async def test_missing_answers_are_listed_when_one_goes_on_too_early() -> None:
    desk = FakeDesk(current="fraud_gate")
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "fraud_gate")
        await pilot.press("tab", "tab", "enter")
        await until(pilot, lambda: question(app, "told").error and question(app, "fee").error)
        assert question(app, "told").editor.has_focus
        assert t("onboarding.errors", n=2) in text(app)


@on_screen
async def test_enter_twice_does_the_act_once() -> None:
    desk = FakeDesk(current="official_app", answers={"ok": "yes"})
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "official_app")
        desk.gate.clear()
        await pilot.press("enter", "enter", "enter")
        desk.gate.set()
        await at_step(pilot, "review")
        await until(pilot, lambda: not journey_screen(app).errands.busy)
    assert len(desk.named("done")) == 1
    assert not app.errors


@on_screen
async def test_typed_text_is_kept_as_a_draft_and_shown_again() -> None:
    desk = FakeDesk(current="lookup")
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "lookup")
        await pilot.press(*"张小")
        await until(pilot, lambda: desk.drafts.get("lookup.name") == "张小")
    again = Host(desk, JourneyScreen("j1"))
    async with again.run_test(size=SIZE) as pilot:
        await at_step(pilot, "lookup")
        assert typed(again, "name") == "张小"


@on_screen
async def test_what_was_typed_last_is_written_when_one_leaves_at_once() -> None:
    desk = FakeDesk(current="lookup")
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "lookup")
        await pilot.press(*"李", "escape")
        await until(pilot, lambda: desk.drafts.get("lookup.name") == "李")


@on_screen
async def test_another_language_keeps_what_was_typed_and_where_one_was() -> None:
    desk = FakeDesk(current="lookup")
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "lookup")
        await pilot.press(*"王小明")
        app.speak("en")
        await until(pilot, lambda: "Look-up" in text(app) and "You may say" in text(app))
        await at_step(pilot, "lookup")
        assert typed(app, "name") == "王小明"


@on_screen
async def test_time_leaves_out_locked_and_away_time() -> None:
    time = Time()
    desk = FakeDesk(current="official_app", answers={"ok": "yes"})
    app = Host(desk, JourneyScreen("j1", StepClock(time)))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "official_app")
        time.seconds += 10
        await app.push_screen(Lock(app.services))  # type: ignore[arg-type]
        await pilot.pause()
        time.seconds += 300
        await app.pop_screen()
        await until(pilot, lambda: isinstance(app.screen, JourneyScreen))
        time.seconds += 5
        await pilot.press("f12")
        time.seconds += 7
        await pilot.press("escape")
        time.seconds += 100
        await pilot.press("enter")
        await at_step(pilot, "review")
    booked = [each for each in (*desk.named("spend"), *desk.named("done")) if each[1] == "official_app"]
    assert sum(int(str(each[2])) for each in booked) == 10_000 + 5_000 + 7_000 + 60_000
    assert sum(int(str(each[3])) for each in booked) == 300_000 + 40_000


@pytest.mark.parametrize("keys", [("escape",), ("ctrl+g", "enter"), ("f10", "up")])
@on_screen
async def test_time_of_a_step_that_is_left_without_an_outcome_is_kept(keys: tuple[str, ...]) -> None:
    time = Time()
    desk = FakeDesk(current="lookup")
    app = Host(desk, JourneyScreen("j1", StepClock(time)))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "lookup")
        time.seconds += 10
        await pilot.press(*keys)
        await until(pilot, lambda: desk.named("spend"))
    assert desk.named("spend")[0] == ("spend", "lookup", 10_000, 0)


@on_screen
async def test_time_that_the_lock_refuses_is_written_when_it_is_open_again() -> None:
    time = Time()
    desk = FakeDesk(current="lookup")
    app = Host(desk, JourneyScreen("j1", StepClock(time)))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "lookup")
        time.seconds += 10
        desk.error = RuleError("locked")
        await app.push_screen(Lock(app.services))  # type: ignore[arg-type]
        await until(pilot, lambda: len(desk.named("spend")) == 1 and desk.error is None)
        time.seconds += 20
        await app.pop_screen()
        await until(pilot, lambda: len(desk.named("spend")) == 2)
        assert not app.errors
    assert desk.named("spend")[1] == ("spend", "lookup", 10_000, 20_000)


@on_screen
async def test_the_shown_time_goes_on_while_it_is_being_written() -> None:
    time = Time()
    desk = FakeDesk(current="lookup")
    app = Host(desk, JourneyScreen("j1", StepClock(time)))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "lookup")
        spending = journey_screen(app).spending
        time.seconds += 20
        desk.gate.clear()
        spending.keep()
        assert spending.active_ms() == 20_000
        desk.gate.set()
        await until(pilot, lambda: desk.named("spend"))
        assert spending.active_ms() == 20_000


@on_screen
async def test_pause_and_resume_cost_two_keys_each() -> None:
    desk = FakeDesk()
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "need")
        await pilot.press("ctrl+g", "enter")
        await until(pilot, lambda: t("onboarding.paused.title") in text(app))
        assert desk.named("pause") == [("pause", "other_customer")]
        await pilot.press("enter")
        await at_step(pilot, "need")


@on_screen
async def test_a_paused_journey_that_is_opened_goes_on() -> None:
    desk = FakeDesk(state="paused", current="lookup")
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "lookup")
    assert desk.named("resume") == [("resume",)]


@on_screen
async def test_consent_is_withdrawn_in_two_keys() -> None:
    desk = FakeDesk(current="lookup")
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "lookup")
        await pilot.press("ctrl+y", "enter")
        await until(pilot, lambda: desk.named("withdraw_consent"))
    assert desk.named("withdraw_consent") == [("withdraw_consent", "sensitive", "other_customer")]


@pytest.mark.parametrize(("key", "call"), [("ctrl+s", "skip"), ("ctrl+o", "fail")])
@on_screen
async def test_skip_and_fail_take_a_reason_and_a_note(key: str, call: str) -> None:
    desk = FakeDesk(current="official_app")
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "official_app")
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        if call == "fail":
            assert "无线网络" in text(app)
        await pilot.press("tab", *"手机没电", "enter")
        await until(pilot, lambda: desk.named(call))
    assert desk.named(call)[0][1] == "official_app"
    assert desk.named(call)[0][3] == "手机没电"


@on_screen
async def test_back_leads_to_the_step_before() -> None:
    desk = FakeDesk(current="fraud_gate", status={"need": "done"})
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "fraud_gate")
        await pilot.press("ctrl+r")
        await at_step(pilot, "need")
    assert desk.named("reopen") == [("reopen", "need", "back")]


@on_screen
async def test_a_change_from_check_answers_returns_there() -> None:
    desk = FakeDesk(current="review", answers={"name": "张小丰", "phone": "138****8000"})
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "review")
        await until(pilot, lambda: "张小丰" in text(app))
        await pilot.press("shift+tab", "enter")
        await at_step(pilot, "lookup")
        assert desk.named("reopen") == [("reopen", "lookup", "change")]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pane(app), ReviewPane))


@on_screen
async def test_a_suspected_fraud_stops_until_a_supervisor_lets_it_go_on() -> None:
    desk = FakeDesk(current="fraud_gate")
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "fraud_gate")
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pane(app), InterruptionPane) and app.focused is not None)
        await pilot.press("enter", "enter", "enter")
        await pilot.pause()
        assert not desk.named("resolve")
        await pilot.press(*"S2001", "enter", *"secret", "enter")
        await until(pilot, lambda: desk.named("resolve"))
        await at_step(pilot, "fraud_gate")
    assert desk.named("resolve") == [("resolve", "continue", "", "S2001", "secret")]


@on_screen
async def test_stopping_after_a_suspicion_asks_once_more_with_cancel_first() -> None:
    desk = FakeDesk(current="fraud_gate", state="interrupted")
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: isinstance(pane(app), InterruptionPane) and app.focused is not None)
        await pilot.press("shift+tab", "enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, JourneyScreen))
        assert not desk.named("resolve")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("right", "enter")
        await until(pilot, lambda: desk.named("resolve"))
    assert desk.named("resolve")[0][1] == "stop"


@on_screen
async def test_a_refusal_is_said_and_the_step_stays() -> None:
    desk = FakeDesk(current="official_app", answers={"ok": "yes"})
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "official_app")
        desk.error = RuleError("locked")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ErrorBox) and app.focused is not None)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, JourneyScreen))
        await pilot.press("enter")
        await at_step(pilot, "review")


@on_screen
async def test_the_whole_task_list_is_there_on_a_narrow_console() -> None:
    desk = FakeDesk(current="fraud_gate", status={"need": "done"})
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "fraud_gate")
        assert "✓▸·····" in text(app)
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        menu = text(app)
        assert all(
            t(f"onboarding.way.{act}") in menu for act in ("steps", "offer", "change_target", "abandon", "review")
        )
        await pilot.press("8")
        await until(pilot, lambda: isinstance(app.screen, StepsDialog))
        assert t("onboarding.step.done") in text(app)
        await pilot.press("1")
        await at_step(pilot, "need")
