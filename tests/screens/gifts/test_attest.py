"""Writing down what the customer's phone shows."""

from collections.abc import Callable

from branch_console.locale import t
from screens.gifts.attest_screen import AttestScreen
from screens.gifts.check_screen import CheckScreen
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.gifts.fakes import FakeGiftDesk
from tests.screens.gifts.host import Host, on_top


def ready(app: Host) -> Callable[[], bool]:
    return lambda: on_top(app, AttestScreen)


@on_screen
async def test_a_payment_seen_on_the_phone_changes_the_verdict() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, CheckScreen("p1"))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, lambda: app.screen.query("#offers") and app.screen.query_one("#offers", RowList).total == 7)
        await pilot.press("down", "down", "ctrl+e")
        await until(pilot, ready(app))
        await pilot.press("1", *"120.00", "enter", *"TX-1", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, CheckScreen) and "三十天内已消费 512.00" in text(app))
        assert t("gifts.attest.done") in text(app)
    assert desk.named("attest") == [("attest", "payments", "120.00", "TX-1")]


@on_screen
async def test_what_is_missing_stands_beside_its_field() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, CheckScreen("p1"))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.screen.query("#offers") and app.screen.query_one("#offers", RowList).total == 7)
        await pilot.press("down", "down", "ctrl+e")
        await until(pilot, ready(app))
        await pilot.press("f10")
        await until(pilot, lambda: text(app).count(t("error.answer_missing")) == 2)
        assert app.focused is app.screen.query_one("#value")


@on_screen
async def test_the_question_fits_the_fact_and_another_language_keeps_the_answers() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, AttestScreen("p1", "rice", tuple(desk.attestable("p1", "rice"))))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        assert "金额（元）" in text(app) and "例如 120.00" in text(app)
        await pilot.press("2")
        await until(pilot, lambda: "是不是" in text(app) and "金额（元）" not in text(app))
        await pilot.press("1", *"TX-2")
        app.speak("en")
        await until(pilot, lambda: "first wallet" in text(app) and "Yes or no" in text(app))
        assert app.screen.query_one("#reference", TextField).value == "TX-2"
        await pilot.press("f10")
        await until(pilot, lambda: app.answers)
    assert desk.named("attest") == [("attest", "first_wallet", "yes", "TX-2")]
