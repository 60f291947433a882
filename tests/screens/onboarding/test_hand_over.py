"""Handing over, accepting, taking over, and what else changes who holds a journey."""

from dataclasses import replace

from branch_console.locale import t
from branch_console.views import JourneyView, OfferView
from screens.onboarding import JourneyScreen
from screens.onboarding.counter_dialog import CounterDialog
from screens.onboarding.notice_pane import NoticePane
from screens.onboarding.offer_dialog import OfferDialog
from screens.onboarding.others_dialog import OthersDialog
from screens.onboarding.pick_dialog import PickDialog
from screens.onboarding.proceed import Proceed
from screens.widgets.confirm import Confirm
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.onboarding.fakes import FakeDesk
from tests.screens.onboarding.flow import LINE
from tests.screens.onboarding.host import Host, at_step, pane


@on_screen
async def test_a_journey_is_offered_to_a_colleague_and_the_offer_taken_back() -> None:
    desk = FakeDesk()
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "need")
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, OfferDialog) and app.focused is not None)
        await pilot.press("1", "2", "1", *"客户着急", "enter", "enter")
        await until(pilot, lambda: desk.named("offer"))
        await until(pilot, lambda: t("onboarding.offered.title") in text(app))
        await pilot.press("1")
        await at_step(pilot, "need")
    assert desk.named("offer") == [("offer", "staff", "g2", "other_customer", "客户着急", "")]
    assert desk.named("withdraw_offer")


@on_screen
async def test_an_offer_without_reason_is_not_sent() -> None:
    desk = FakeDesk()
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "need")
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, OfferDialog) and app.focused is not None)
        await pilot.press("2")
        while not isinstance(app.focused, Proceed):
            await pilot.press("tab")
        await pilot.press("enter")
        await until(pilot, lambda: t("onboarding.required") in text(app))
        assert isinstance(app.screen, OfferDialog)
    assert not desk.named("offer")


def at_the_counter(view: JourneyView) -> JourneyView:
    offer = OfferView("o1", "counter", "", "王芳", "当面核实", "", "A012", for_me=True, mine=False)
    return replace(view, offer=offer, mine=False) if view.status == "offered" else view


@on_screen
async def test_the_counter_accepts_with_a_second_person() -> None:
    desk = FakeDesk(state="offered", change=at_the_counter)
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: isinstance(pane(app), NoticePane) and "A012" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CounterDialog) and app.focused is not None)
        await pilot.press("enter", "enter")
        assert not desk.named("accept_at_counter")
        await pilot.press(*"G2", "enter", *"second", "enter")
        await at_step(pilot, "need")
    assert desk.named("accept_at_counter") == [("accept_at_counter", "G2", "second")]


@on_screen
async def test_a_journey_of_somebody_else_is_taken_over_with_a_reason() -> None:
    desk = FakeDesk(change=lambda view: replace(view, mine=False, elsewhere="K-02", conflicts=1))
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "K-02" in text(app))
        assert t("onboarding.conflicts") in text(app)
        await pilot.press("2")
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        await pilot.press("enter")
        await at_step(pilot, "need")
    assert desk.named("take_over") == [("take_over", "other_customer")]


@on_screen
async def test_what_is_impossible_says_why_and_does_nothing() -> None:
    desk = FakeDesk(change=lambda view: replace(view, can={**view.can, "skip": "这一步不能跳过"}))
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await at_step(pilot, "need")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "这一步不能跳过" in text(app))
        assert isinstance(app.screen, JourneyScreen)
    assert not desk.named("skip")


@on_screen
async def test_earlier_journeys_of_the_same_person_are_shown_where_they_are_identified() -> None:
    desk = FakeDesk(current="lookup", change=lambda view: replace(view, others=(LINE,)))
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=(120, 40)) as pilot:
        await at_step(pilot, "lookup")
        await until(pilot, lambda: t("onboarding.known.open") in text(app))
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, OthersDialog))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, JourneyScreen))


@on_screen
async def test_abandoning_asks_for_a_reason_and_once_more() -> None:
    desk = FakeDesk()
    app = Host(desk, JourneyScreen("j1"))
    async with app.run_test(size=SIZE) as pilot:
        await at_step(pilot, "need")
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        await pilot.press("d")
        await until(pilot, lambda: t("onboarding.abandon.title") in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("right", "enter")
        await until(pilot, lambda: t("onboarding.ended.abandoned") in text(app))
    assert desk.named("abandon") == [("abandon", "other_customer", "")]
