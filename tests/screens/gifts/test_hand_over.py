"""The hand-over: one screen, errors beside the fields, nothing typed lost, nothing given up by accident."""

from collections.abc import Callable

import pytest
from textual.widgets import Static

from branch_console.locale import t
from branch_console.rules.errors import RuleError
from screens.gifts.asked import Asked
from screens.gifts.goods.pick_row import PickRow
from screens.gifts.hand_over_screen import HandOverScreen
from screens.onboarding.pick_dialog import PickDialog
from screens.onboarding.proceed import Proceed
from screens.widgets.choices import Choices
from screens.widgets.password_field import PasswordField
from screens.widgets.text_field import TextField
from tests.screens.driving import SIZE, lines, on_screen, text, until
from tests.screens.gifts import sample
from tests.screens.gifts.fakes import PASSWORD, FakeGiftDesk
from tests.screens.gifts.host import Host, on_top


def form(desk: FakeGiftDesk) -> HandOverScreen:
    return HandOverScreen(sample.reservation(**desk.reservation))


def ready(app: Host) -> Callable[[], bool]:
    return lambda: on_top(app, HandOverScreen)


def typed(app: Host) -> str:
    return app.screen.query_one("#confirmation", TextField).value


@on_screen
async def test_all_of_it_by_keys_alone_with_a_second_person() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, form(desk))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        shown = text(app)
        expected = ("双十二满 500 送米", "张*丰", "中心已预留", "保留到 14:52", "柜台抽屉 K-02 · 余 3", "须第二人同意")
        assert all(each in shown for each in expected)
        await pilot.press("2", "enter", *"123456", "enter", "1")
        await until(pilot, lambda: app.focused is app.screen.query_one(PasswordField))
        app.screen.query_one(PasswordField).value = PASSWORD
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Proceed))
        assert not desk.named("hand_over")
        await pilot.press("enter")
        await until(pilot, lambda: app.answers)
    given = ("hand_over", "claim/1", "RICE|L2", "customer_code", "123456", False, "S2001")
    assert desk.named("hand_over") == [given]
    assert app.answers[0].number == "755001-K02-0007"


@on_screen
async def test_the_lot_that_expires_first_is_picked_already() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, form(desk))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        assert app.screen.query_one("#item", Choices).chosen == ("RICE|L1",)


@on_screen
async def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, form(desk))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        await pilot.press("f10")
        await until(pilot, lambda: t("error.confirmation_missing") in text(app))
        rows = lines(app)
        at = next(number for number, row in enumerate(rows) if t("error.confirmation_missing") in row)
        assert t("gifts.ask.code") in rows[at - 1]
        assert app.focused is app.screen.query_one("#confirmation")
        await pilot.press(*"654321", "f10")
        await until(pilot, lambda: t("error.second_staff_needed")[:6] in text(app))
        assert app.focused is app.screen.query_one("#second-staff")
        await pilot.press("1")
        app.screen.query_one(PasswordField).value = "wrong"
        await pilot.press("f10")
        await until(pilot, lambda: t("error.unlock_wrong") in text(app))
        assert t("error.confirmation_missing") not in text(app)
        assert typed(app) == "654321"
        assert app.screen.query_one(PasswordField).value == "" and app.focused is app.screen.query_one(PasswordField)
        app.screen.query_one(PasswordField).value = PASSWORD
        await pilot.press("f10")
        await until(pilot, lambda: app.answers)
    assert len(desk.named("hand_over")) == 4 and not app.errors


@on_screen
async def test_a_refusal_without_a_field_is_said_and_the_form_stays() -> None:
    desk = FakeGiftDesk(reservation={"second_needed": ""})
    app = Host(desk, form(desk))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        app.screen.query_one("#confirmation", TextField).value = "123456"
        desk.error = RuleError("locked")
        await pilot.press("f10")
        await until(pilot, lambda: app.errors)
        await pilot.press("escape")
        await until(pilot, ready(app))
        assert typed(app) == "123456"
        await pilot.press("f10")
        await until(pilot, lambda: app.answers)


@on_screen
async def test_two_presses_hand_over_once() -> None:
    desk = FakeGiftDesk(reservation={"second_needed": ""})
    app = Host(desk, form(desk))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        app.screen.query_one("#confirmation", TextField).value = "123456"
        app.screen.query_one(Proceed).focus()
        desk.gate.clear()
        await pilot.press("enter", "enter", "f10")
        desk.gate.set()
        await until(pilot, lambda: app.answers)
    assert len(desk.named("hand_over")) == 1


@on_screen
async def test_a_signature_is_asked_for_in_other_words_than_a_code() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, form(desk))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        assert "6 位数字" in text(app)
        await pilot.press("enter", "2")
        await until(pilot, lambda: t("gifts.ask.note.hint") in text(app) and "6 位数字" not in text(app))
        assert app.focused is app.screen.query_one("#confirmation")


@on_screen
async def test_provisional_terms_are_read_and_ticked() -> None:
    desk = FakeGiftDesk(reservation={"terms": "若已在别处领过，下次礼品中扣除。", "second_needed": ""})
    app = Host(desk, form(desk))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        assert "若已在别处领过" in text(app)
        app.screen.query_one("#confirmation", TextField).value = "123456"
        await pilot.press("f10")
        await until(pilot, lambda: t("error.terms_not_accepted")[:6] in text(app))
        assert app.focused is app.screen.query_one("#terms")
        await pilot.press("1", "f10")
        await until(pilot, lambda: app.answers)
    assert desk.named("hand_over")[-1][5] is True


@on_screen
async def test_points_have_no_item_and_what_is_not_needed_is_not_asked() -> None:
    desk = FakeGiftDesk(reservation={"choices": (), "second_needed": ""})
    app = Host(desk, form(desk))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        assert isinstance(app.focused, PickRow) and app.focused.id == "confirmed-by"
        assert not app.screen.query("#terms") and not app.screen.query(PasswordField)
        await pilot.press("1", *"123456", "enter")
        await until(pilot, lambda: isinstance(app.focused, Proceed))
        await pilot.press("enter")
        await until(pilot, lambda: app.answers)
    assert desk.named("hand_over")[0][2] == ""


@on_screen
async def test_the_time_that_is_left_runs_down_and_ends_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("screens.gifts.hand_over_screen.monotonic", lambda: now[0])
    desk = FakeGiftDesk(reservation={"kept_seconds": 130})
    app = Host(desk, form(desk))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "还剩 2:10" in text(app))
        now[0] += 71
        await until(pilot, lambda: "还剩 0:59" in text(app))
        now[0] += 60
        await until(pilot, lambda: t("gifts.expired") in text(app))


@on_screen
async def test_escape_asks_and_the_first_answer_goes_on() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, form(desk))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        app.screen.query_one("#confirmation", TextField).value = "123456"
        await pilot.press("escape")
        await until(pilot, lambda: on_top(app, PickDialog))
        await pilot.press("enter")
        await until(pilot, ready(app))
        assert typed(app) == "123456"
        await pilot.press("escape")
        await until(pilot, lambda: on_top(app, PickDialog))
        await pilot.press("escape")
        await until(pilot, ready(app))
    assert not desk.named("release") and not app.answers


@on_screen
async def test_a_reservation_is_given_up_with_a_reason_and_a_note() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, form(desk))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, ready(app))
        await pilot.press("escape")
        await until(pilot, lambda: on_top(app, PickDialog))
        assert "放弃：客户走了" in text(app)
        app.screen.query_one(TextField).value = "接电话"
        await pilot.press("3")
        await until(pilot, lambda: app.answers == [None] and t("gifts.released") in text(app))
    assert desk.named("release") == [("release", "claim/1", "customer_left", "接电话")]


@on_screen
async def test_a_reservation_may_be_left_to_wait() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, form(desk))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        await pilot.press("escape")
        await until(pilot, lambda: on_top(app, PickDialog))
        await pilot.press("2")
        await until(pilot, lambda: app.answers == [None])
    assert not desk.named("release")


@on_screen
async def test_another_language_keeps_everything_that_was_typed_and_picked() -> None:
    desk = FakeGiftDesk()
    app = Host(desk, form(desk))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        await pilot.press("2", "2", *"sheet 12", "enter", "2")
        app.screen.query_one(PasswordField).value = "half typed"
        await pilot.press("f10")
        await until(pilot, lambda: t("error.unlock_wrong") in text(app))
        app.screen.query_one(PasswordField).value = "typed again"
        app.speak("en")
        await until(pilot, lambda: "held at central" in text(app) and "Worth 268.00 yuan" in text(app))
        assert typed(app) == "sheet 12"
        assert app.screen.query_one("#item", Choices).chosen == ("RICE|L2",)
        assert app.screen.query_one("#confirmed-by", PickRow).value == "signature_note"
        assert app.screen.query_one("#second-staff", PickRow).value == "G1002"
        assert app.screen.query_one(PasswordField).value == "typed again"
        assert "中心" not in text(app)
        await until(pilot, lambda: t("gifts.ask.note.hint") in text(app))


@on_screen
async def test_errors_are_said_again_in_the_other_language() -> None:
    desk = FakeGiftDesk(reservation={"second_needed": ""})
    app = Host(desk, form(desk))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, ready(app))
        await pilot.press("f10")
        await until(pilot, lambda: t("error.confirmation_missing") in text(app))
        app.speak("en")
        await until(pilot, lambda: "held at central" in text(app) and t("error.confirmation_missing") in text(app))
        notes = [str(each.query_one(Static).content) for each in app.screen.query(Asked)]
        assert t("gifts.ask.code") in notes


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("language", ["zh", "en"])
@on_screen
async def test_the_fullest_form_fits_on_one_screen(size: tuple[int, int], language: str) -> None:
    from branch_console.locale import set_language

    set_language("zh" if language == "zh" else "en")
    desk = FakeGiftDesk(
        reservation={"terms": sample.words("若已在别处领过，下次扣除。", "If claimed elsewhere, withheld.")}
    )
    app = Host(desk, form(desk), language="zh" if language == "zh" else "en")
    async with app.run_test(size=size) as pilot:
        await until(pilot, ready(app))
        assert t("gifts.give") in text(app)
        assert app.screen.query_one("#form").max_scroll_y == 0
