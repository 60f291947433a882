"""The list of claims: going on with one, the slip again, a gift that comes back."""

from collections.abc import Callable

from branch_console.locale import t
from screens.gifts.gifts_screen import GiftsScreen
from screens.gifts.give_back_screen import GiveBackScreen
from screens.gifts.hand_over_screen import HandOverScreen
from screens.gifts.slip_screen import SlipScreen
from screens.onboarding.pick_dialog import PickDialog
from screens.widgets.password_field import PasswordField
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.gifts.fakes import PASSWORD, FakeGiftDesk
from tests.screens.gifts.host import Host, on_top


def listed(app: Host, count: int = 3) -> Callable[[], bool]:
    return lambda: on_top(app, GiftsScreen) and app.screen.query_one("#claims", RowList).total == count


@on_screen
async def test_enter_goes_on_with_a_reservation_and_what_happened_is_read_anew() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, GiftsScreen("claims"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, listed(app))
        assert "▸ 保留中" in text(app) and "✓ 已发放" in text(app) and "↑ 14:25" in text(app)
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, HandOverScreen))
        desk.known = desk.known[1:]
        await pilot.press("escape")
        await until(pilot, lambda: on_top(app, PickDialog))
        await pilot.press("2")
        await until(pilot, listed(app, 2))
    assert desk.named("resume") == [("resume", "claim/1")]


@on_screen
async def test_enter_shows_the_slip_of_what_was_handed_over_or_says_that_there_is_none() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, GiftsScreen("claims"))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, listed(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: on_top(app, SlipScreen))
        await pilot.press("escape")
        await until(pilot, listed(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: "这笔没有回执（已放弃）" in text(app))
        await pilot.press("ctrl+s")
        assert on_top(app, GiftsScreen)
    assert desk.named("slip") == [("slip", "claim/2")]


@on_screen
async def test_a_voucher_is_redeemed_from_the_list_and_shown_again_by_its_key() -> None:
    desk = FakeGiftDesk(known=((4, "vouchered"),))
    app = Host(desk, GiftsScreen("claims"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, listed(app, 1))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: on_top(app, SlipScreen))
        await pilot.press("enter")
        await until(pilot, listed(app, 1))
        await pilot.press("enter")
        await until(pilot, lambda: on_top(app, HandOverScreen))
    assert desk.named("resume") == [("resume", "claim/4")]


@on_screen
async def test_a_key_turns_to_the_next_list_and_another_language_stays_on_it() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, GiftsScreen("claims"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, listed(app))
        await pilot.press("f10")
        await until(pilot, lambda: desk.named("claims")[-1] == ("claims", "today") and "[今天]" in text(app))
        app.speak("en")
        await until(pilot, lambda: "[Today]" in text(app) and "Handed over" in text(app))
        await until(pilot, lambda: desk.named("claims")[-1] == ("claims", "today"))
        await pilot.press("f10", "f10")
        await until(pilot, lambda: "[Open]" in text(app))


@on_screen
async def test_only_what_was_handed_over_comes_back() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, GiftsScreen("claims"))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, listed(app))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "没有发放的礼品不能退回（保留中）" in text(app))
    assert not desk.named("reasons")


@on_screen
async def test_a_gift_comes_back_with_reason_second_person_and_the_right_may_be_used_again() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, GiftsScreen("claims"))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, listed(app))
        await pilot.press("down", "ctrl+r")
        await until(pilot, lambda: on_top(app, GiveBackScreen))
        await pilot.press("f10")
        await until(pilot, lambda: t("error.reason_missing") in text(app))
        await pilot.press("1", *"leaks", "enter", "2", "1")
        app.screen.query_one(PasswordField).value = PASSWORD
        await pilot.press("f10")
        await until(pilot, listed(app, 1))
        await until(pilot, lambda: "已退回" in text(app) and t("gifts.back.done") in text(app))
    assert desk.named("give_back")[-1] == ("give_back", "claim/2", "damaged", "leaks", True, "S2001")


@on_screen
async def test_another_language_keeps_what_was_typed_about_a_return() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, GiftsScreen("claims"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, listed(app))
        await pilot.press("down", "ctrl+r")
        await until(pilot, lambda: on_top(app, GiveBackScreen))
        await pilot.press("2", *"not wanted")
        app.speak("en")
        await until(pilot, lambda: "damaged" in text(app) and "The right" in text(app))
        assert app.screen.query_one("#note", TextField).value == "not wanted"


@on_screen
async def test_an_empty_list_says_what_to_do() -> None:
    app = Host(FakeGiftDesk(known=()), GiftsScreen("claims"))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, lambda: t("gifts.claims.empty.open") in text(app))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: t("gifts.claims.none") in text(app))
