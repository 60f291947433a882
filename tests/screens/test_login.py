"""The login: what is typed, what is refused, and what is left behind."""

from textual import events

from branch_console.locale import t
from branch_console.rules.errors import RuleError
from branch_console.views import DemoAccount, StaffChoice
from screens.login import Login
from screens.new_password import NewPassword
from screens.widgets.choices import Choices
from screens.widgets.field import Field
from screens.widgets.password_field import PasswordField
from screens.widgets.text_field import TextField
from tests.screens.driving import SIZE, console, log_in, on_screen, text, until, working
from tests.screens.fakes import PASSWORD, FakeServices


@on_screen
async def test_the_right_password_opens_the_start_screen() -> None:
    app = console()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        assert "继续办理 (2)" in text(app)
        assert "王芳 引导员" in text(app)


@on_screen
async def test_a_wrong_password_is_said_beside_the_field_and_the_staff_number_stays() -> None:
    app = console()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await log_in(pilot, password="not this one")
        await until(pilot, lambda: app.screen.query_one("#password-field", Field).error)
        assert app.screen.query_one("#staff", TextField).value == "G1001"
        assert app.screen.query_one("#password", PasswordField).value == ""
        assert app.focused is app.screen.query_one("#password")


@on_screen
async def test_empty_fields_say_what_is_missing_and_ask_nobody() -> None:
    services = FakeServices()
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await log_in(pilot, staff="", password="")
        await until(pilot, lambda: t("login.staff.missing") in text(app))
        assert services.session is None


@on_screen
async def test_a_throttle_shows_the_time_that_is_left_and_refuses_until_then() -> None:
    services = FakeServices(refusal=RuleError("unlock_wait", seconds=61))
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await log_in(pilot)
        await until(pilot, lambda: "1:01" in text(app) or "1:00" in text(app))
        services.refusal = None
        app.screen.query_one("#password", PasswordField).value = PASSWORD
        await pilot.press("enter")
        await pilot.pause()
        assert services.session is None
        assert isinstance(app.screen, Login)


@on_screen
async def test_picking_a_name_fills_the_staff_number_and_in_the_demo_the_password() -> None:
    app = console(FakeServices(demo_accounts=(DemoAccount("S2001", "李建国", "supervisor", PASSWORD),)))
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await until(pilot, lambda: app.screen.query_one("#who", Choices).options)
        app.screen.query_one("#who").focus()
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.screen.query_one("#staff", TextField).value == "S2001")
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "today")


@on_screen
async def test_a_first_login_leads_to_a_new_password_and_nowhere_else() -> None:
    services = FakeServices(must_change=True)
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await log_in(pilot)
        await until(pilot, lambda: isinstance(app.screen, NewPassword))
        await pilot.press("f2", "f8", "escape")
        await pilot.pause()
        assert isinstance(app.screen, NewPassword)
        for name, typed in (("old", PASSWORD), ("new", "lantern river copper"), ("again", "lantern river coper")):
            app.screen.query_one(f"#{name}-password", PasswordField).value = typed
        app.screen.query_one("#again-password").focus()
        await pilot.press("enter")
        await until(pilot, lambda: t("password.differs") in text(app))
        app.screen.query_one("#again-password", PasswordField).value = "lantern river copper"
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "today")
        assert not services.session.must_change_password  # type: ignore[union-attr]


@on_screen
async def test_the_password_is_gone_from_the_login_once_it_was_right() -> None:
    app = console()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        login = app.screen
        await working(pilot)
        assert login.query_one("#password", PasswordField).value == ""


@on_screen
async def test_what_is_typed_right_behind_enter_goes_into_the_next_field() -> None:
    """A scanner, or a slow connection, delivers many keys at once: none may land in the field before."""
    services = FakeServices(people=(StaffChoice("G1", "王芳", "guide"),))
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await until(pilot, lambda: app.screen.query_one("#who", Choices).options)
        keys = ["G", "1", "enter", *("space" if each == " " else each for each in PASSWORD), "enter"]
        for key in keys:
            app.post_message(events.Key(key, " " if key == "space" else key if len(key) == 1 else "\r"))
        await until(pilot, lambda: app.current_mode == "today")
