"""The checklist: what is known of a freeze and never more, the hotline in large digits, every step by its keys."""

from collections.abc import Callable

import pytest

from branch_console.locale import Language, set_language, t
from branch_console.rules.errors import RuleError
from screens.cases.deduction.big_number import drawn
from screens.cases.deduction.call_screen import CallScreen
from screens.cases.deduction.identify_screen import IdentifyScreen
from screens.cases.deduction.promise_screen import PromiseScreen
from screens.cases.deduction.proof_screen import ProofScreen
from screens.cases.deduction.track_screen import TrackScreen
from screens.onboarding.pick_dialog import PickDialog
from screens.onboarding.proceed import Proceed
from screens.signs import use_ascii
from screens.widgets.text_field import TextField
from tests.screens.cases.deduction.fakes import CASE, NUMBER, FakeDesk, Host, on_top
from tests.screens.driving import SIZE, on_screen, text, until

FROZEN = ("已冻结", "确认冻结", "is frozen", "confirmed the")
"""Words that only the core may bring."""


def ready(app: Host) -> Callable[[], bool]:
    return lambda: on_top(app, TrackScreen) and NUMBER in text(app)


def claims(shown: str) -> bool:
    """Whether the screen says that something is frozen, besides the sentence that says what does not mean so."""
    honest = ("「已申请」不等于已冻结", "不等于核心系统已冻结")
    for each in honest:
        shown = shown.replace(each, "")
    return any(each in shown for each in FROZEN)


def test_digits_are_large_in_plain_characters_and_in_ascii() -> None:
    rows = drawn("95588", 76)
    assert len(rows) == 5 and rows[0].split() == ["██████"] * 5
    assert len(drawn("95588", 24)) == 5 and len(drawn("95588", 10)) == 1
    use_ascii(True)
    assert set("".join(drawn("110", 76))) == {"#", " "}
    assert drawn("转人工", 20) == ["转人工" + " " * 14]
    assert len({tuple(drawn(digit, 40)) for digit in "0123456789-"}) == 11


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [SIZE, (120, 40)])
@on_screen
async def test_offline_never_claims_a_freeze_and_shows_the_hotline_large(
    size: tuple[int, int], language: Language
) -> None:
    set_language(language)
    desk = FakeDesk(online=False)
    app = Host(desk, TrackScreen(CASE), language=language)
    async with app.run_test(size=size) as pilot:
        await until(pilot, ready(app))
        for standing in ("none", "called", "queued", "requested", "expired", "failed"):
            desk.standing = standing
            app.screen.heard()  # type: ignore[attr-defined]
            await until(pilot, lambda: desk.view().contain.words[:20] in text(app))
            shown = text(app)
            assert "██████" in shown and t("deduction.key.hotline") in shown
            assert ("无法冻结" if language == "zh" else "this terminal cannot freeze") in shown
            assert not claims(shown), standing


@on_screen
async def test_the_cores_word_arrives_while_one_looks() -> None:
    desk = FakeDesk(standing="requested", through={"verify": "done", "register": "done", "contain": "done"})
    app = Host(desk, TrackScreen(CASE))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        assert "还没有冻结" in text(app) and not claims(text(app))
        desk.standing = "confirmed"
        app.screen.heard()  # type: ignore[attr-defined]
        await until(pilot, lambda: "已于 10:15:20 确认冻结" in text(app))
        desk.standing = "failed"
        app.screen.heard()  # type: ignore[attr-defined]
        await until(pilot, lambda: "核心系统找不到该钱包" in text(app) and not claims(text(app)))
        assert t("deduction.needs_person") in "".join(text(app).split())


@on_screen
async def test_online_a_freeze_is_asked_for_and_only_asked_for() -> None:
    desk = FakeDesk()
    app = Host(desk, TrackScreen(CASE))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, PickDialog))
        await pilot.press("1")
        await until(pilot, lambda: on_top(app, TrackScreen) and "还没有冻结" in text(app))
        assert not claims(text(app))
        await pilot.press("up", "enter")
        await until(pilot, lambda: on_top(app, PickDialog))
        await pilot.press("1")
        await until(pilot, lambda: t("error.containment_open")[:6] in text(app))
    assert desk.named("ask") == [("ask", "freeze")]


@on_screen
async def test_offline_the_call_comes_first_and_is_written_down_with_time_and_reference() -> None:
    desk = FakeDesk(online=False)
    app = Host(desk, TrackScreen(CASE))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        await pilot.press("right")
        await until(pilot, lambda: "反诈专线" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, PickDialog))
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, CallScreen) and "◉ 96110" in text(app))
        await pilot.press("enter", "2", *"14:30", "enter", *"H-771", "enter")
        await until(pilot, lambda: isinstance(app.focused, Proceed))
        assert not desk.named("call")
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, TrackScreen))
        await pilot.press("up")
        await until(pilot, lambda: "H-771" in text(app))
        assert not claims(text(app))
    assert desk.named("call") == [("call", "anti_fraud", "14:30", True, "H-771", True)]


@on_screen
async def test_whoever_was_not_verified_is_verified_without_secrets() -> None:
    desk = FakeDesk(identified=False, through={"register": "done"})
    app = Host(desk, TrackScreen(CASE))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, IdentifyScreen))
        assert "绝不询问密码" in text(app)
        await pilot.press(*"13800138000", "enter")
        await until(pilot, lambda: isinstance(app.focused, Proceed))
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, TrackScreen) and "138****8000" in text(app))
    assert desk.named("identify") == [("identify", "c1")]


@on_screen
async def test_evidence_asks_about_fraud_and_says_what_to_do() -> None:
    desk = FakeDesk(through={"verify": "done", "register": "done", "contain": "done"})
    app = Host(desk, TrackScreen(CASE))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, ProofScreen))
        assert app.screen.query_one("#proof-amount", TextField).value == "128.00"
        app.screen.query_one("#proof-path", TextField).value = "/invented/screenshot.png"
        app.screen.query_one("#fraud").focus()
        await pilot.press("2")
        await until(pilot, lambda: "拨打 110" in text(app) and "96110" in text(app))
        await pilot.press("f10")
        await until(pilot, lambda: on_top(app, TrackScreen))
    assert desk.named("proof") == [("proof", "", "", "", "", "/invented/screenshot.png", "yes")]


@on_screen
async def test_another_time_for_the_call_is_promised_and_the_same_is_not_promised_twice() -> None:
    desk = FakeDesk(through=dict.fromkeys(("verify", "register", "contain", "evidence", "slip"), "done"))
    app = Host(desk, TrackScreen(CASE))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, PromiseScreen))
        await pilot.press("f10")
        await until(pilot, lambda: on_top(app, TrackScreen))
        assert not desk.named("promise")
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, PromiseScreen))
        app.screen.query_one("#when", TextField).value = "+2"
        await pilot.press("f10")
        await until(pilot, lambda: on_top(app, TrackScreen))
    assert desk.named("promise") == [("promise", "+2", "phone")]


@on_screen
async def test_a_step_is_left_out_only_with_a_reason_and_only_once() -> None:
    desk = FakeDesk()
    app = Host(desk, TrackScreen(CASE))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, ready(app))
        await pilot.press("x")
        await until(pilot, lambda: on_top(app, PickDialog))
        app.screen.query_one(TextField).value = "去赶车"
        await pilot.press("1")
        await until(pilot, lambda: on_top(app, TrackScreen) and "跳过" in text(app))
        assert desk.named("leave out") == [("leave out", "contain", "客户已离开 去赶车")]
        await pilot.press("up", "x")
        await until(pilot, lambda: t("deduction.through_already") in text(app))


@on_screen
async def test_a_refusal_is_said_and_the_list_stays() -> None:
    desk = FakeDesk()
    app = Host(desk, TrackScreen(CASE))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, PickDialog))
        desk.error = RuleError("containment_open")
        await pilot.press("1")
        await until(pilot, lambda: app.errors)
        await pilot.press("escape")
        await until(pilot, ready(app))
        assert not claims(text(app))


@on_screen
async def test_the_time_of_a_step_runs_and_is_late_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("screens.cases.deduction.track_screen.monotonic", lambda: now[0])
    app = Host(FakeDesk(), TrackScreen(CASE))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "已用 0:50" in text(app))
        await app.workers.wait_for_complete()
        now[0] += 71
        await until(pilot, lambda: "已用 2:01 超时" in text(app))
