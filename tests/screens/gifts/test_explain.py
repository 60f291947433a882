"""The reasons on the screen: the nearest way on top, scrolling by keys, disclosure, keys that say why."""

from typing import Any

from branch_console.locale import t
from screens.gifts.attest_screen import AttestScreen
from screens.gifts.explain_screen import ExplainScreen
from screens.gifts.hand_over_screen import HandOverScreen
from screens.gifts.paper import Paper
from screens.onboarding.stories_dialog import StoriesDialog
from tests.screens.driving import SIZE, lines, on_screen, text, until
from tests.screens.gifts import sample
from tests.screens.gifts.fakes import FakeGiftDesk
from tests.screens.gifts.host import Host, on_top


@on_screen
async def test_the_nearest_way_stands_above_the_tree() -> None:
    app = Host(FakeGiftDesk(), ExplainScreen("p1", "rice"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "以下全部" in text(app))
        rows = lines(app)
        path = next(at for at, row in enumerate(rows) if "再消费 120.00 元，或再付款 4 笔" in row)
        root = next(at for at, row in enumerate(rows) if "以下全部" in row)
        assert path < root


@on_screen
async def test_a_long_tree_is_read_with_the_keyboard_on_a_small_console() -> None:
    app = Host(FakeGiftDesk(), ExplainScreen("p1", "rice"))
    async with app.run_test(size=(60, 14)) as pilot:
        await until(pilot, lambda: "以下全部" in text(app))
        assert "断网时" not in text(app)
        await pilot.press("end")
        await until(pilot, lambda: "180.00 元" in text(app))
        await pilot.press("home")
        await until(pilot, lambda: "以下全部" in text(app))
        await pilot.press("down")
        await until(pilot, lambda: app.screen.query_one(Paper).scroll_offset.y == 1)


@on_screen
async def test_the_desk_says_why_an_act_is_impossible() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, ExplainScreen("p1", "rice"))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, lambda: "以下全部" in text(app))
        await pilot.press("f10")
        await until(pilot, lambda: "还差 120.00 元，现在不能发放。" in text(app))
    assert not desk.named("begin")


@on_screen
async def test_what_is_possible_is_done_from_here() -> None:
    desk = FakeGiftDesk(verdict="ELIGIBLE")
    app = Host(desk, ExplainScreen("p1", "rice"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "以下全部" in text(app))
        await pilot.press("f5")
        await until(pilot, lambda: ("check", "p1", True) in desk.calls and len(desk.named("explain")) == 2)
        await pilot.press("ctrl+e")
        await until(pilot, lambda: on_top(app, AttestScreen))
        await pilot.press("escape")
        await until(pilot, lambda: on_top(app, ExplainScreen))
        await pilot.press("f10")
        await until(pilot, lambda: on_top(app, HandOverScreen))
    assert desk.named("begin") == [("begin", "p1", "rice")]


@on_screen
async def test_the_disclosure_opens_by_its_key_or_is_said_to_be_missing() -> None:
    app = Host(FakeGiftDesk(), ExplainScreen("p1", "rice"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "以下全部" in text(app))
        await pilot.press("ctrl+d")
        await until(pilot, lambda: on_top(app, StoriesDialog) and "大堂 0755-0000" in text(app))

    def bare(view: Any) -> Any:
        from dataclasses import replace

        return replace(view, disclosure=())

    app = Host(FakeGiftDesk(change=bare), ExplainScreen("p1", "rice"))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, lambda: "以下全部" in text(app))
        await pilot.press("ctrl+d")
        await until(pilot, lambda: t("gifts.no_disclosure") in text(app))


@on_screen
async def test_nothing_on_the_phone_would_help_is_said() -> None:
    app = Host(FakeGiftDesk(helpful=False), ExplainScreen("p1", "rice"))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, lambda: "以下全部" in text(app))
        await pilot.press("ctrl+e")
        await until(pilot, lambda: t("gifts.attest.nothing") in text(app))


@on_screen
async def test_the_sentence_is_not_said_twice() -> None:
    from dataclasses import replace

    def same(view: Any) -> Any:
        return replace(view, path=sample.rice().sentence)

    app = Host(FakeGiftDesk(change=same), ExplainScreen("p1", "rice"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "以下全部" in text(app))
        assert text(app).count("12 月 12 日前再消费") == 1
