"""The lock: nothing behind it is seen, reached or overheard."""

import random
from time import monotonic, time

import pytest

from branch_console.app import BranchConsole
from branch_console.locale import t
from branch_console.rules.errors import RuleError
from screens import lockable
from screens.lock import Lock
from screens.login import Login
from screens.widgets.confirm import Confirm
from screens.widgets.password_field import PasswordField
from tests.screens.driving import SIZE, console, on_screen, text, until, working
from tests.screens.fakes import PASSWORD, FakeServices

SECRETS = ("张*丰", "L* Wei", "138****8000", "接待", "设置支付密码", "告知与同意")
KEYS = [
    *(f"f{number}" for number in range(1, 13)),
    *(f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
    "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pageup", "pagedown",
    "delete", "backspace", "space", "1", "n", "q", "y",
]  # fmt: skip


def nothing_shows(app: BranchConsole) -> None:
    shown = text(app)
    assert isinstance(app.screen, Lock)
    assert not [secret for secret in SECRETS if secret in shown]


@on_screen
async def test_the_lock_hides_everything_and_the_password_brings_it_back() -> None:
    services = FakeServices()
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        assert "张*丰" in text(app)
        app.notify("张*丰 等了很久")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, Lock) and app.screen.is_mounted)
        await pilot.pause()
        nothing_shows(app)
        assert services.locked
        app.screen.query_one("#unlock-password", PasswordField).value = PASSWORD
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "today")
        assert not services.locked
        assert "张*丰" in text(app)


@on_screen
async def test_no_key_gets_past_the_lock() -> None:
    app = console()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, Lock))
        for key in KEYS:
            await pilot.press(key)
            assert isinstance(app.screen, Lock), key
        nothing_shows(app)


@pytest.mark.parametrize("seed", range(3))
@on_screen
async def test_no_sequence_of_keys_gets_past_the_lock(seed: int) -> None:
    app = console()
    chosen = random.Random(seed).choices(KEYS, k=25)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("f8", "ctrl+p", "ctrl+l")
        await pilot.press("escape", "ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, Lock))
        await pilot.press(*chosen)
        nothing_shows(app)


@on_screen
async def test_what_wants_to_open_meanwhile_waits_behind_the_lock() -> None:
    services = FakeServices()
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, Lock))
        app.notify("张*丰 的开户已接手")
        app.show_error(RuleError("locked"))
        services.tell("journey/1")
        services.tell("sync")
        await pilot.pause()
        nothing_shows(app)
        app.screen.query_one("#unlock-password", PasswordField).value = PASSWORD
        await pilot.press("enter")
        await until(pilot, lambda: t("error.title.refused") in text(app))


@on_screen
async def test_a_wrong_password_stays_out() -> None:
    app = console()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, Lock))
        app.screen.query_one("#unlock-password", PasswordField).value = "no"
        await pilot.press("enter")
        await until(pilot, lambda: "▲" in text(app))
        nothing_shows(app)
        assert app.screen.query_one("#unlock-password", PasswordField).value == ""


@on_screen
async def test_other_staff_end_the_session_and_nothing_of_it_is_left() -> None:
    services = FakeServices()
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, Lock))
        app.screen.query_one("#other-staff").focus()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Login) and "logout other_staff" in services.called)
        assert not [secret for secret in SECRETS if secret in text(app)]
        await pilot.press("f2", "f8", "ctrl+l")
        await pilot.pause()
        assert isinstance(app.screen, Login)
        await working(pilot)


@on_screen
async def test_it_locks_itself_when_nobody_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    app = console()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        later = monotonic() + 91
        monkeypatch.setattr(lockable, "monotonic", lambda: later)
        app.watch_presence()
        await until(pilot, lambda: isinstance(app.screen, Lock))
        nothing_shows(app)


@on_screen
async def test_a_session_ends_after_its_hours_also_while_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    services = FakeServices()
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, Lock))
        later = time() + 10 * 3600
        monkeypatch.setattr(lockable, "time", lambda: later)
        await until(pilot, lambda: "logout expired" in services.called)
        assert isinstance(app.screen, Login)


@on_screen
async def test_the_lock_covers_a_dialog_too() -> None:
    app = console()
    async with app.run_test(size=SIZE) as pilot:
        await working(pilot)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, Lock))
