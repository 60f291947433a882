"""What was typed into the form of F4 is kept: as a draft, on Escape, in another language, when it is read anew."""

from branch_console.rules.errors import RuleError
from screens.cases.register.register_screen import RegisterScreen
from screens.onboarding.pick_dialog import PickDialog
from screens.widgets.error_box import ErrorBox
from tests.screens.cases.register_desk import REPEAT, RegisterFake
from tests.screens.cases.typist import DRAFT, PHONE, Typist, form_open, host
from tests.screens.driving import SIZE, on_screen, text, until


@on_screen
async def test_a_form_that_was_not_sent_is_offered_again() -> None:
    desk = RegisterFake(draft=DRAFT)
    app = host(desk)
    async with app.run_test(size=SIZE) as pilot:
        typist = Typist(pilot, desk)
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        await until(pilot, lambda: "09:12" in text(app) and "早餐扣了两次 ****5678" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RegisterScreen) and typist.form.questions.begun())
        await pilot.press("f10")
        await until(pilot, lambda: desk.registered)
        form, customer, _ = desk.registered[0]
        assert form == DRAFT.form
        assert customer == "h1"


@on_screen
async def test_a_form_that_was_not_sent_can_be_given_up() -> None:
    desk = RegisterFake(draft=DRAFT)
    app = host(desk)
    async with app.run_test(size=SIZE) as pilot:
        typist = Typist(pilot, desk)
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        await pilot.press("2")
        await until(pilot, lambda: desk.forgotten == 1)
        await typist.ready()
        assert not typist.form.questions.begun()


@on_screen
async def test_escape_asks_only_when_something_was_typed() -> None:
    desk = RegisterFake()
    async with form_open(desk) as (app, pilot, typist):
        await pilot.press("escape")
        await until(pilot, lambda: app.went == ["today"])
        await typist.press("5", to="customer-field")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RegisterScreen))
        assert typist.form.kind is not None, "to go on is the first answer"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        await pilot.press("3")
        await until(pilot, lambda: desk.forgotten == 1 and isinstance(app.screen, RegisterScreen))
        await until(pilot, lambda: typist.form.kind is None)


@on_screen
async def test_another_language_keeps_every_answer() -> None:
    desk = RegisterFake(hints=(REPEAT,))
    async with form_open(desk) as (app, pilot, typist):
        await typist.press("2", to="customer-field")
        await typist.customer()
        await typist.press(*"cf", "enter", to="narrative")
        await typist.tell(f"商户{PHONE}不理")
        await typist.press("enter", to="amount")
        await typist.press(*"12", "enter", to="reference")
        before = typist.form.form()
        app.speak("en")
        await until(pilot, lambda: "Charged twice" in text(app) and "Reference" in text(app))
        await app.workers.wait_for_complete()
        await pilot.pause(0.1)
        assert typist.form.form() == before
        assert typist.form.questions.customer.value == "h1"
        assert "Masked: phone 1" in text(app)
        await pilot.press("f10")
        await until(pilot, lambda: desk.registered)
        assert desk.registered[0][0] == before


@on_screen
async def test_the_customer_of_a_journey_comes_with_the_form() -> None:
    desk = RegisterFake()
    async with form_open(desk) as (_, pilot, typist):
        typist.form.come_from("journey/7")
        await until(pilot, lambda: typist.form.questions.customer.value == "h1")
        assert typist.form.questions.customer.from_journey


@on_screen
async def test_a_key_pressed_while_an_empty_form_is_read_anew_is_not_lost() -> None:
    desk = RegisterFake()
    async with form_open(desk) as (app, pilot, typist):
        typist.form.on_screen_resume()
        row = typist.form.questions.row("kind")
        await pilot.press("2")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert typist.form.questions.row("kind") is row
        assert row.value == "dispute"


@on_screen
async def test_who_may_not_take_cases_down_is_told_once_and_can_leave() -> None:
    desk = RegisterFake(barred=RuleError("role_may_not", role="auditor", action="case.register"))
    app = host(desk)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ErrorBox) and app.focused is not None)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app._shown)
        await until(pilot, lambda: not app.workers)
        await pilot.pause()
        assert len(app.errors) == 1
        await pilot.press("escape")
        await until(pilot, lambda: app.went == ["today"])
