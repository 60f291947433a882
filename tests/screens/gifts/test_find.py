"""The home of the gift area: one field finds the customer; tabs."""

from screens.gifts import tabs
from screens.gifts.check_screen import CheckScreen
from screens.gifts.find_pane import FindPane
from screens.gifts.gifts_screen import GiftsScreen
from screens.gifts.pane import Doorway
from screens.gifts.slip_screen import SlipScreen
from screens.gifts.tabs import Tab
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.gifts import sample
from tests.screens.gifts.fakes import FakeGiftDesk
from tests.screens.gifts.host import Host


def field(app: Host) -> TextField:
    return app.screen.query_one("#find", TextField)


def listed(app: Host) -> int | None:
    return app.screen.query_one("#people", RowList).total


@on_screen
async def test_the_latest_customers_stand_under_an_empty_field_and_enter_checks() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, GiftsScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: listed(app) == 2 and field(app).has_focus)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, CheckScreen))
        await until(pilot, lambda: desk.named("check"))
    assert desk.named("check")[0] == ("check", "p2", False)


@on_screen
async def test_enter_right_behind_the_last_key_waits_for_whom_was_typed() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, GiftsScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: listed(app) == 2)
        desk.gate.clear()
        await pilot.press(*"8002", "enter")
        assert isinstance(app.screen, GiftsScreen)
        desk.gate.set()
        await until(pilot, lambda: isinstance(app.screen, CheckScreen) and desk.named("check"))
    assert desk.named("check")[0][1] == "p2"


@on_screen
async def test_what_was_typed_leaves_the_screen_when_the_customer_is_found() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, GiftsScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: listed(app) == 2)
        await pilot.press(*"8002", "enter")
        await until(pilot, lambda: isinstance(app.screen, CheckScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, GiftsScreen) and listed(app) == 2)
        assert field(app).value == ""


@on_screen
async def test_nobody_found_says_what_to_do_and_escape_clears() -> None:
    app = Host(FakeGiftDesk(), GiftsScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: listed(app) == 2)
        await pilot.press(*"nobody")
        await until(pilot, lambda: "没有找到" in text(app))
        await pilot.press("enter")
        assert isinstance(app.screen, GiftsScreen)
        await pilot.press("escape")
        await until(pilot, lambda: listed(app) == 2)
        assert field(app).value == ""


@on_screen
async def test_another_language_keeps_what_was_typed_and_what_was_found() -> None:
    app = Host(FakeGiftDesk(), GiftsScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: listed(app) == 2)
        await pilot.press(*"8002")
        await until(pilot, lambda: listed(app) == 1)
        app.speak("en")
        await until(pilot, lambda: "Known by" in text(app) and listed(app) == 1)
        assert field(app).value == "8002" and field(app).has_focus
        assert "客户" not in text(app)


@on_screen
async def test_arrows_change_the_tab_from_the_empty_field_and_move_in_a_text() -> None:
    app = Host(FakeGiftDesk(), GiftsScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: listed(app) == 2)
        await pilot.press("8", "left", "right")
        assert "[检查]" in text(app)
        await pilot.press("backspace", "right")
        await until(pilot, lambda: "[领取]" in text(app) and app.screen.query_one("#claims").has_focus)
        await pilot.press("left")
        await until(pilot, lambda: "[检查]" in text(app) and field(app).has_focus)
        await pilot.press("right")
        await until(pilot, lambda: app.screen.query_one("#claims").has_focus)
        await pilot.press("escape")
        await until(pilot, lambda: "[检查]" in text(app) and field(app).has_focus)


@on_screen
async def test_a_tab_may_lead_to_a_screen_of_its_own_and_be_for_some_roles_only() -> None:
    before = tabs.TABS
    door = Tab("stock", screen=lambda: SlipScreen(sample.slip()), roles=frozenset({"supervisor"}))
    tabs.TABS = (Tab("check", pane=FindPane), door)
    try:
        guide = Host(FakeGiftDesk(), GiftsScreen())
        async with guide.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: listed(guide) == 2)
            assert "库存" not in text(guide)
        app = Host(FakeGiftDesk(), GiftsScreen(), role="supervisor")
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: listed(app) == 2)
            await pilot.press("right")
            await until(pilot, lambda: app.screen.query(Doorway) and "[库存]" in text(app))
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, SlipScreen))
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, GiftsScreen))
            await pilot.press("left", "right", "left")
            await until(pilot, lambda: "[检查]" in text(app))
    finally:
        tabs.TABS = before
