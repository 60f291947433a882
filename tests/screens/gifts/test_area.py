"""The gift area in the whole console: F3, palette, help, the end of a journey."""

import pytest

from screens.gifts.check_screen import CheckScreen
from screens.gifts.gifts_screen import GiftsScreen
from screens.help import Help
from screens.onboarding import JourneyScreen
from screens.palette import Palette
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField
from tests.screens.driving import SIZE, console, on_screen, text, until, working
from tests.screens.fakes import FakeServices
from tests.screens.gifts.fakes import FakeGiftDesk
from tests.screens.onboarding.fakes import FakeDesk
from tests.screens.onboarding.host import Host as JourneyHost


class GiftServices(FakeServices):
    """With a gift desk, and a journey that is finished."""

    def __init__(self) -> None:
        super().__init__()
        self.gifts = FakeGiftDesk()
        self.desk = FakeDesk(state="finished", current="")

    @property
    def onboarding(self) -> FakeDesk:  # type: ignore[override]
        return self.desk


@on_screen
async def test_f3_opens_the_area_from_anywhere_and_escape_leads_back() -> None:
    services = GiftServices()
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await working(pilot)
        assert "F3 礼品" in text(app)
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, GiftsScreen) and "张*丰" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CheckScreen))
        await pilot.press("f8", "f3")
        await until(pilot, lambda: isinstance(app.screen, CheckScreen))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.current_mode == "today")


@pytest.mark.parametrize("typed", ["lp", "礼品", "gif"])
@on_screen
async def test_the_palette_finds_the_area(typed: str) -> None:
    app = console(GiftServices())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await working(pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        app.screen.query_one(TextField).value = typed
        await until(pilot, lambda: getattr(app.screen.query_one(RowList).row, "msgid", "") == "key.gifts")
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "gifts")


@pytest.mark.parametrize("typed", ["lplq", "领取记录", "claims"])
@on_screen
async def test_the_palette_finds_a_tab(typed: str) -> None:
    app = console(GiftServices())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await working(pilot)
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, GiftsScreen))
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        app.screen.query_one(TextField).value = typed
        await until(pilot, lambda: app.screen.query_one(RowList).total == 1)
        await pilot.press("enter")
        await until(pilot, lambda: "[领取]" in text(app))


@on_screen
async def test_help_explains_the_check_and_its_keys() -> None:
    app = console(GiftServices())
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await working(pilot)
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, GiftsScreen) and "张*丰" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CheckScreen) and "可以领取" in text(app))
        await pilot.press("f1")
        await until(
            pilot, lambda: isinstance(app.screen, Help) and "看手机补证" in text(app) and "客户自选" in text(app)
        )


@on_screen
async def test_the_end_of_a_journey_leads_to_its_customer_s_gifts() -> None:
    services = GiftServices()
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await working(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, JourneyScreen) and "礼品" in text(app) and app.focused)
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, CheckScreen) and app.current_mode == "gifts")
        await until(pilot, lambda: services.gifts.named("check"))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, GiftsScreen))
    assert services.gifts.named("person_of") == [("person_of", "journey/1")]


@on_screen
async def test_before_the_end_f3_belongs_to_the_console() -> None:
    asked: list[str] = []

    class Heard(JourneyHost):
        def on_journey_screen_gifts_wanted(self, message: JourneyScreen.GiftsWanted) -> None:
            asked.append(message.subject)

    app = Heard(FakeDesk(), JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("f3")
    abandoned = Heard(FakeDesk(state="abandoned", current=""), JourneyScreen("j1"))
    async with abandoned.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: abandoned.focused is not None)
        await pilot.press("f3")
    assert not asked
