"""One customer's campaigns: verdicts in words, ties, freshness, and keys that say why they do nothing."""

from collections.abc import Callable

import pytest

from branch_console.locale import Language, t
from branch_console.rules.errors import RuleError
from screens.gifts.check_screen import CheckScreen
from screens.gifts.explain_screen import ExplainScreen
from screens.gifts.hand_over_screen import HandOverScreen
from screens.gifts.slip_screen import SlipScreen
from screens.widgets.confirm import Confirm
from screens.widgets.row_list import RowList
from tests.screens.driving import SIZE, lines, on_screen, text, until
from tests.screens.gifts.fakes import FakeGiftDesk
from tests.screens.gifts.host import Host, on_top


def shown(app: Host) -> Callable[[], bool]:
    return lambda: isinstance(app.screen, CheckScreen) and app.screen.query_one("#offers", RowList).total == 7


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("language", ["zh", "en"])
@on_screen
async def test_every_campaign_has_its_verdict_and_sentence(size: tuple[int, int], language: Language) -> None:
    app = Host(FakeGiftDesk(), CheckScreen("p1"), language=language)
    async with app.run_test(size=size) as pilot:
        await until(pilot, shown(app))
        page = text(app)
        expected = {
            "zh": ("✓ 可以领取", "✓ 需要复核", "▸ 还差一点", "? 要联网", "~ 发凭证", "- 已经领过", "✗ 不能参加"),
            "en": ("✓ Eligible", "✓ Needs approval", "▸ Not yet", "? Need to sync", "- Already claimed", "✗ No"),
        }[language]
        assert all(each in page for each in expected)
        if size[0] == 120:
            assert t("gifts.column.reward") in page


@on_screen
async def test_the_row_under_the_cursor_is_told_in_full() -> None:
    app = Host(FakeGiftDesk(), CheckScreen("p1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, shown(app))
        await pilot.press("down", "down")
        await until(pilot, lambda: "12 月 12 日前再消费 120.00 元，就能领取。" in text(app))
        assert "礼品 大米 5 公斤 · 余量 余 41 · 截止 12-12" in text(app)


@on_screen
async def test_where_values_tie_the_customer_chooses() -> None:
    app = Host(FakeGiftDesk(), CheckScreen("p1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, shown(app))
        tied = [line for line in lines(app) if "自选 A：" in line]
        assert len(tied) == 2 and "首付立减" in tied[0] and "新年送油" in tied[1]
        assert "客户自选（A 组选一）" in text(app)


@on_screen
async def test_offline_is_said_before_anything_else() -> None:
    app = Host(FakeGiftDesk(online=False), CheckScreen("p1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, shown(app))
        assert t("gifts.offline") in text(app)


@on_screen
async def test_a_key_that_does_nothing_says_why_in_the_campaign_s_own_words() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, CheckScreen("p1"))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, shown(app))
        await pilot.press("down", "down", "f10")
        await until(pilot, lambda: "现在不能发放（还差一点）" in text(app))
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "不用发凭证（还差一点）" in text(app))
    assert not desk.named("begin") and not desk.named("voucher")


@on_screen
async def test_the_customer_of_a_journey_is_checked_and_f5_asks_central() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, CheckScreen(journey="journey/7"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, shown(app))
        assert desk.named("person_of") == [("person_of", "journey/7")]
        await pilot.press("f5")
        await until(pilot, lambda: ("check", "p1", True) in desk.calls)


@on_screen
async def test_a_fact_that_arrives_changes_the_verdict_and_the_cursor_stays() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, CheckScreen("p1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, shown(app))
        await pilot.press("down", "down")
        desk.verdict = "ELIGIBLE"
        screen = app.screen
        assert isinstance(screen, CheckScreen)
        screen.heard()
        await until(pilot, lambda: "三十天内已消费 512.00 元" in text(app))
        await pilot.press("f10")
        await until(pilot, lambda: on_top(app, HandOverScreen))
    assert desk.named("begin") == [("begin", "p1", "rice")]


@on_screen
async def test_two_presses_reserve_once() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, CheckScreen("p1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, shown(app))
        desk.gate.clear()
        await pilot.press("f10", "f10")
        desk.gate.set()
        await until(pilot, lambda: on_top(app, HandOverScreen))
        assert sum(isinstance(each, HandOverScreen) for each in app.screen_stack) == 1
    assert len(desk.named("begin")) == 1


@on_screen
async def test_a_refused_hold_is_said_and_the_check_goes_on() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, CheckScreen("p1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, shown(app))
        desk.error = RuleError("locked")
        await pilot.press("f10")
        await until(pilot, lambda: app.errors)
        await pilot.press("escape")
        await until(pilot, shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: on_top(app, HandOverScreen))


@on_screen
async def test_a_voucher_is_asked_about_first_and_cancel_comes_first() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, CheckScreen("p1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, shown(app))
        await pilot.press("down", "down", "down", "down", "ctrl+g")
        await until(pilot, lambda: on_top(app, Confirm))
        await pilot.press("enter")
        await until(pilot, shown(app))
        assert not desk.named("voucher")
        await pilot.press("ctrl+g")
        await until(pilot, lambda: on_top(app, Confirm))
        await pilot.press("right", "enter")
        await until(pilot, lambda: on_top(app, SlipScreen))
    assert desk.named("voucher") == [("voucher", "p1", "idea")]


@on_screen
async def test_enter_opens_the_reasons_and_another_language_reaches_them() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, CheckScreen("p1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, shown(app))
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: on_top(app, ExplainScreen) and "以下之一" in text(app))
        app.speak("en")
        await until(pilot, lambda: "one of" in text(app) and "120.00 yuan missing" in text(app))
        await pilot.press("escape")
        await until(pilot, shown(app))
        await until(pilot, lambda: "Double Twelve rice" in text(app))
        assert app.screen.query_one("#offers", RowList).cursor == 2
    assert desk.named("explain")[0] == ("explain", "p1", "rice")


@on_screen
async def test_without_campaigns_it_says_what_to_do() -> None:
    from dataclasses import replace

    desk = FakeGiftDesk(change=lambda view: replace(view, lines=()))
    app = Host(desk, CheckScreen("p1"))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, lambda: "现在没有进行中的活动" in text(app))
        await pilot.press("f10", "enter")
        assert isinstance(app.screen, CheckScreen)


@on_screen
async def test_a_check_is_opened_once_and_what_is_drawn_anew_is_no_other() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, CheckScreen(journey="journey/7"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, shown(app))
        screen = app.screen
        assert isinstance(screen, CheckScreen)
        screen.heard()
        await until(pilot, lambda: len(desk.named("check")) == 2)
        await pilot.press("f5")
        await until(pilot, lambda: ("check", "p1", True) in desk.calls)
    assert desk.named("opened") == [("opened", "p1")]
