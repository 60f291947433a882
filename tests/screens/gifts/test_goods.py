"""Deliveries, moves, counts and the end of the day, by keys alone."""

from dataclasses import replace

from textual.widgets import Input

from branch_console.gift_views import LineIn
from branch_console.locale import t
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from screens.gifts.goods.amounts import AmountLine
from screens.gifts.goods.closing_screen import ClosingScreen
from screens.gifts.goods.count_screen import CountScreen
from screens.gifts.goods.counts_screen import CountsScreen
from screens.gifts.goods.documents_screen import DocumentsScreen
from screens.gifts.goods.receive_screen import ReceiveScreen
from screens.gifts.goods.sign_dialog import SignDialog
from screens.gifts.goods.stock_screen import StockScreen
from screens.gifts.goods.take_back_screen import TakeBackScreen
from screens.gifts.goods.transfer_screen import TransferScreen
from screens.onboarding.pick_dialog import PickDialog
from screens.widgets.confirm import Confirm
from screens.widgets.error_box import ErrorBox
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.gifts.goods_desk import GoodsDesk, GoodsHost


@on_screen
async def test_a_delivery_is_received_line_by_line_by_two() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, StockScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "货架" in text(app))
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, PickDialog) and "FH-2026-0117" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReceiveScreen) and "发 50" in text(app))
        await pilot.press(
            "enter", *"49", "enter", *"20", "enter", "enter", "right", "enter", *"secret", "enter", "enter"
        )
        await until(pilot, lambda: desk.named("receive"))
        lines = (
            LineIn("RICE-5KG", "A2", "2027-08-01", "49", 50),
            LineIn("CUP", "", "", "20", 20),
        )
        assert desk.named("receive") == [("receive", "stock/1", "FH-2026-0117", lines, "", "S1", "secret")]
        await until(pilot, lambda: isinstance(app.screen, StockScreen))


@on_screen
async def test_what_is_wrong_stands_beside_its_line_and_nothing_typed_is_lost() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, CountScreen(("shelf", "货架"), desk.sheet("shelf")))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.screen.query(AmountLine))
        await pilot.press(*"abc", "enter", "enter")
        desk.error = FieldErrors([FieldError("line.0", "name_missing"), FieldError("line.1", "name_too_long", most=5)])
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query_one("#amount-1").has_class("-invalid"))
        assert t("error.name_missing") in text(app)
        assert app.screen.query_one("#amount-0", Input).value == "abc"
        assert app.focused is not None and app.focused.id == "amount-0"
        await pilot.press("enter", "enter", "enter")
        await until(pilot, lambda: len(desk.named("count")) == 2)
        await until(pilot, lambda: app.answers == [True])


@on_screen
async def test_a_wrong_password_of_the_second_person_is_asked_for_again() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, ReceiveScreen(None, (), desk.colleagues()))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.screen.query("#second-password"))
        app.screen.query_one("#second-staff").focus()
        await pilot.press("1", *"secret", "enter")
        desk.error = RuleError("unlock_wrong")
        await pilot.press("enter")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "second-password")
        assert t("error.unlock_wrong") in text(app)
        assert app.screen.query_one("#second-password", Input).value == ""
        await pilot.press(*"right", "enter", "enter")
        await until(pilot, lambda: [each[-1] for each in desk.named("receive")] == ["secret", "right"])


@on_screen
async def test_an_error_without_a_field_of_its_own_is_said_and_the_form_stays() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, CountScreen(("shelf", "货架"), desk.sheet("shelf")))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.screen.query(AmountLine))
        await pilot.press(*"7", "enter", "enter")
        desk.error = FieldErrors([FieldError("elsewhere", "name_missing")])
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ErrorBox))
        await pilot.press("enter")
        assert app.screen.query_one("#amount-0", Input).value == "7"


@on_screen
async def test_leaving_a_form_with_something_typed_asks_first() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, CountScreen(("shelf", "货架"), desk.sheet("shelf")))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.screen.query(AmountLine))
        await pilot.press("4", "escape")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")  # Cancel comes first
        assert app.screen.query_one("#amount-0", Input).value == "4"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("right", "enter")
        await until(pilot, lambda: app.answers == [False])
        assert not desk.calls


@on_screen
async def test_enter_moves_from_the_place_under_the_cursor() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, StockScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "短 1" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TransferScreen) and "可动 39" in text(app))
        app.screen.query_one("#target").focus()
        await pilot.press("right", "enter", *"2", "enter", "enter", "enter", "2", "tab", "tab", "tab", "enter")
        await until(pilot, lambda: desk.named("transfer"))
        (_, source, target, lines, reason, note, second, password) = desk.named("transfer")[0]
        assert (source, target, reason, note, second, password) == ("shelf", "quarantine", "transfer_b", "", "", "")
        assert [line.quantity for line in lines] == ["2", "", ""]


@on_screen
async def test_acts_are_listed_for_whoever_types_chinese() -> None:
    app = GoodsHost(GoodsDesk(), StockScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "货架" in text(app))
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(app.screen, ClosingScreen))


@on_screen
async def test_a_count_is_approved_with_a_reason_and_a_note() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, CountsScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "-1" in text(app))
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        await pilot.press("tab", *"torn", "shift+tab", "down", "enter")
        await until(pilot, lambda: desk.named("approve_count"))
        assert desk.named("approve_count") == [("approve_count", "stock/2", "count_b", "torn")]


@on_screen
async def test_the_day_cannot_be_closed_while_something_hinders_and_the_key_says_what() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, ClosingScreen())
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "还没盘点" in text(app))
        assert "未盘点" in text(app) and "2 笔" in text(app)
        await pilot.press("f5")
        await pilot.pause()
        assert isinstance(app.screen, ClosingScreen) and not desk.named("close_day")


@on_screen
async def test_a_supervisor_signs_the_day() -> None:
    desk = GoodsDesk(lambda view: replace(view, hindrances=()) if hasattr(view, "hindrances") else view)
    app = GoodsHost(desk, ClosingScreen())
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "45" in text(app))
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, SignDialog))
        await pilot.press("enter", "1", *"secret", "enter", "enter")
        await until(pilot, lambda: desk.named("close_day") == [("close_day", "", "S1", "secret")])
        await until(pilot, lambda: "刘敏" in text(app))


@on_screen
async def test_a_document_is_taken_back_with_a_reason_by_two() -> None:
    desk = GoodsDesk()
    app = GoodsHost(desk, StockScreen())
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "货架" in text(app))
        await pilot.press("b")
        await until(pilot, lambda: isinstance(app.screen, DocumentsScreen) and "供应商 → 货架" in text(app))
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, TakeBackScreen) and "14：货架 → 供应商" in text(app))
        app.screen.query_one("#reason").focus()
        await pilot.press("2", *"torn", "enter", "1", *"secret", "enter")
        desk.error = RuleError("unlock_wrong")
        await pilot.press("enter")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "second-password")
        await pilot.press(*"right", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, DocumentsScreen))
        assert desk.named("take_back")[-1] == ("take_back", "stock/3", "correct_b", "torn", "S1", "right")


@on_screen
async def test_a_document_that_must_stay_says_why() -> None:
    why = t("error.drawer_not_own")
    desk = GoodsDesk(
        lambda view: tuple(
            replace(each, may_take_back=why) if hasattr(each, "may_take_back") else each for each in view
        )
    )
    app = GoodsHost(desk, DocumentsScreen())
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: why in text(app))
        await pilot.press("f5")
        await pilot.pause()
        assert isinstance(app.screen, DocumentsScreen)


@on_screen
async def test_days_that_nobody_closed_are_named() -> None:
    days = ("2026-11-20", "2026-11-21")
    desk = GoodsDesk(lambda view: replace(view, missed=days, hindrances=()) if hasattr(view, "missed") else view)
    app = GoodsHost(desk, ClosingScreen())
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: t("goods.closing.missed", first="2026-11-20", n=2)[:20] in text(app))
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, SignDialog))
