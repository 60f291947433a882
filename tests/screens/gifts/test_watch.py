"""What supervisors look at: exceptions, signals, campaigns, dry run and backtest."""

from dataclasses import replace

from branch_console.gift_views import BacktestView
from screens.gifts.watch.backtest_screen import BacktestScreen
from screens.gifts.watch.campaign_screen import CampaignScreen
from screens.gifts.watch.campaigns_screen import CampaignsScreen
from screens.gifts.watch.dry_run_screen import DryRunScreen
from screens.gifts.watch.exceptions_screen import ExceptionsScreen
from screens.gifts.watch.trial_person import TrialPerson
from screens.onboarding.pick_dialog import PickDialog
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.gifts.goods_desk import GoodsDesk, GoodsHost


@on_screen
async def test_an_exception_is_settled_with_a_way_and_a_reason() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, ExceptionsScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "重复" in text(app) and "5 秒内" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PickDialog) and "广东" in text(app))
        await pilot.press("tab", *"called", "shift+tab", "down", "enter")
        await until(pilot, lambda: desk.named("settle") == [("settle", "claim/1", "settle_b", "called")])
        await until(pilot, lambda: isinstance(app.screen, ExceptionsScreen))


@on_screen
async def test_a_campaigns_page_states_its_bound_of_loss_and_its_rules() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, CampaignsScreen())
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "满 500 送油" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CampaignScreen) and "236.00" in text(app))
        assert "不是本行员工" in text(app) and "100 件" in text(app)


@on_screen
async def test_the_list_has_room_for_the_whole_period() -> None:
    app = GoodsHost(GoodsDesk(), CampaignsScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "2026-11-20 至 2026-12-12" in text(app))


@on_screen
async def test_a_backtest_speaks_the_language_that_was_chosen_since() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, CampaignScreen("spend_500"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "236.00" in text(app))
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, BacktestScreen) and "14" in text(app))
        desk._change = lambda view: replace(view, campaign="500 spent") if isinstance(view, BacktestView) else view
        app.speak("en")
        await until(pilot, lambda: "500 spent" in text(app))
        assert desk.named("backtest") == [("backtest", "spend_500")] * 2


@on_screen
async def test_a_backtest_names_what_stops_how_many() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, CampaignScreen("spend_500"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "236.00" in text(app))
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, BacktestScreen) and "14" in text(app))
        assert "需要 5，库存 4" in text(app)
        assert desk.named("backtest") == [("backtest", "spend_500")]


@on_screen
async def test_a_dry_run_takes_a_recent_customer_and_says_that_it_is_a_trial() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, CampaignScreen("spend_500"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "236.00" in text(app))
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, TrialPerson) and "张*丰" in text(app))
        await pilot.press("tab", "enter")
        await until(pilot, lambda: isinstance(app.screen, DryRunScreen) and "还差 120.00 元" in text(app))
        assert "试算" in text(app)
        assert desk.named("dry_run") == [("dry_run", "spend_500", "p1")]


@on_screen
async def test_whoever_serves_nobody_tries_a_campaign_on_somebody_looked_up() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, CampaignScreen("spend_500"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "236.00" in text(app))
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, TrialPerson))
        await pilot.press(*"zsf", "enter")
        await until(pilot, lambda: desk.named("people") == [("people", "zsf")] and app.focused is not None)
        await until(pilot, lambda: app.focused is not None and app.focused.id == "trial-people")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DryRunScreen))
