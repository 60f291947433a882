"""Finding customers and starting journeys, by keys alone."""

from branch_console.locale import t
from screens.onboarding import JourneyScreen, OnboardingListScreen
from screens.onboarding.new_journey import NewJourney
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.onboarding.fakes import FakeDesk
from tests.screens.onboarding.host import Host, at_step


@on_screen
async def test_enter_goes_on_with_the_newest_journey() -> None:
    desk = FakeDesk(state="paused", current="lookup")
    app = Host(desk, OnboardingListScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "张*丰" in text(app))
        await pilot.press("enter")
        await at_step(pilot, "lookup")


@on_screen
async def test_a_customer_is_found_in_one_field_and_escape_forgets_it() -> None:
    desk = FakeDesk()
    app = Host(desk, OnboardingListScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "张*丰" in text(app))
        await pilot.press("ctrl+f", *"nobody")
        await until(pilot, lambda: "没有找到这位客户" in text(app))
        assert desk.named("find")[-1] == ("find", "nobody")
        await pilot.press("escape")
        await until(pilot, lambda: "张*丰" in text(app))
        await pilot.press("ctrl+f", *"zsf", "enter", "enter")
        await at_step(pilot, "need")


@on_screen
async def test_arrows_change_the_list() -> None:
    desk = FakeDesk()
    app = Host(desk, OnboardingListScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: desk.named("lines"))
        await pilot.press("right")
        await until(pilot, lambda: desk.named("lines")[-1][1] == "mine")
        await pilot.press("left", "left")
        await until(pilot, lambda: desk.named("lines")[-1][1] == "finished")
        assert f"[{t('onboarding.tab.finished')}]" in text(app)


@on_screen
async def test_an_empty_list_says_what_to_do_next() -> None:
    app = Host(FakeDesk(people=()), OnboardingListScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "Ctrl+N" in text(app))


@on_screen
async def test_a_new_journey_shows_the_limits_of_the_class_and_starts_once() -> None:
    desk = FakeDesk()
    app = Host(desk, OnboardingListScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "张*丰" in text(app))
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, NewJourney) and "¥20000" in text(app))
        await pilot.press("down")
        await until(pilot, lambda: "¥30000" in text(app))
        desk.gate.clear()
        await pilot.press("down", "enter", "enter")
        desk.gate.set()
        await at_step(pilot, "need")
    assert desk.named("start") == [("start", "II")]
    assert sum(isinstance(each, JourneyScreen) for each in app.screen_stack) <= 1
