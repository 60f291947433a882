"""The console as a whole: areas, language, palette, help, sync, leaving, and how it dies."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from branch_console.locale import t
from branch_console.settings import Settings
from branch_console.views import DemoAccount
from screens.enrol import Enrol
from screens.help import Help
from screens.login import Login
from screens.palette import Palette
from screens.sync import Sync
from screens.today import Today
from screens.widgets.confirm import Confirm
from screens.widgets.error_box import ErrorBox
from screens.widgets.row_list import RowList
from screens.widgets.text_field import TextField
from tests.screens.driving import SIZE, console, lines, on_screen, text, until, working
from tests.screens.fakes import FakeServices


@on_screen
async def test_a_machine_that_is_no_terminal_says_what_to_do_and_can_become_one() -> None:
    services = FakeServices(terminal=None)
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Enrol) and t("enrol.what")[:10] in text(app))
        for name, typed in (("url", "https://central.example"), ("code", ""), ("name", "K-03")):
            app.screen.query_one(f"#{name}-input", TextField).value = typed
        app.screen.query_one("#name-input").focus()
        await pilot.press("enter")
        await until(pilot, lambda: t("enrol.missing") in text(app))
        assert app.screen.query_one("#url-input", TextField).value == "https://central.example"
        app.screen.query_one("#code-input", TextField).value = "ABCD-EFGH"
        app.screen.query_one("#name-input").focus()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Login) and "K-03" in text(app))


@on_screen
async def test_f8_shows_what_waits_and_why_something_is_held_back() -> None:
    services = FakeServices()
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, Sync) and "记录回答" in text(app))
        shown = text(app)
        assert "#412" in shown and "#410" in shown and "c0ffee12" in shown and "+0.3 秒" in shown
        await pilot.press("f5")
        assert "try_now" in services.called
        app.screen.query_one("#held").focus()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ErrorBox) and "version 9" in text(app))
        await pilot.press("escape")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Today))


@on_screen
async def test_another_language_redraws_every_screen_and_keeps_what_was_typed() -> None:
    app = console()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await until(pilot, lambda: "工号" in text(app))
        app.screen.query_one("#staff", TextField).value = "G10"
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "Staff no." in text(app))
        assert app.screen.query_one("#staff", TextField).value == "G10"
        assert "工号" not in text(app)
        assert app.focused is app.screen.query_one("#staff")
        await pilot.press("ctrl+t")
        await working(pilot)
        app.screen.query_one("#continue", RowList).cursor = 1
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "Continue (2)" in text(app) and "Received" in text(app))
        await until(pilot, lambda: app.screen.query_one("#continue", RowList).cursor == 1)
        assert "接待" not in text(app)


@on_screen
async def test_another_language_reads_the_list_of_the_start_screen_anew() -> None:
    services = FakeServices()
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        line = replace(services.today_view.lines[0], step_title="Payment PIN")
        services.today_view = replace(services.today_view, lines=(line,))
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "Payment PIN" in text(app))


@pytest.mark.parametrize("typed", ["khyd", "开户", "onb", "KHYD", "开引"])
@on_screen
async def test_the_palette_finds_by_chinese_english_and_pinyin_initials(typed: str) -> None:
    app = console()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        assert "截图" not in text(app) and "Screenshot" not in text(app)
        app.screen.query_one(TextField).value = typed
        await until(pilot, lambda: app.screen.query_one(RowList).total == 1)
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "onboarding")


@on_screen
async def test_the_palette_does_what_has_no_key() -> None:
    app = console()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        app.screen.query_one(TextField).value = t("command.colours")
        await until(pilot, lambda: app.screen.query_one(RowList).total == 1)
        await pilot.press("enter")
        await until(pilot, lambda: app.theme == "light")


@on_screen
async def test_help_lists_the_keys_of_the_screen_in_words() -> None:
    app = console()
    async with app.run_test(size=(100, 40), notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, Sync))
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, Help) and "立即同步" in text(app))
        shown = text(app)
        assert t("key.lock") in shown and "Focus" not in shown and "Scroll" not in shown
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Sync))


@on_screen
async def test_the_network_can_be_cut_in_the_demo_only() -> None:
    services = FakeServices()
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("f12")
        assert not services.sync.network_cut
        assert t("key.network") not in text(app)
    services = FakeServices(demo_accounts=(DemoAccount("G1001", "王芳", "guide", "x"),))
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "离线" in lines(app)[0])
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "在线" in lines(app)[0])


@on_screen
async def test_enter_on_the_start_screen_resumes_the_journey_under_the_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    from textual.screen import Screen

    from screens import areas

    opened: list[str] = []
    app = console()

    def journey(subject: str) -> Screen[None]:
        opened.append(subject)
        return Screen()

    monkeypatch.setattr(areas, "journey", journey)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: opened == ["journey/2"])
        assert app.current_mode == "onboarding"


@on_screen
async def test_leaving_asks_first_and_cancel_comes_first() -> None:
    app = console()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Today))
        assert app.is_running


@on_screen
@pytest.mark.parametrize("what", ["revoked", "removed"])
async def test_whom_central_trusts_no_more_ends_the_session_and_is_told_so(what: str) -> None:
    services = FakeServices()
    app = console(services)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        services.tell(what)
        await until(pilot, lambda: t(f"{what}.title") in text(app))
        assert f"logout {what}" in services.called
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Login))


@on_screen
async def test_nothing_is_copied_selected_or_photographed() -> None:
    app = console()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True):
        app.copy_to_clipboard("张三丰")
        assert app.clipboard == ""
        assert not app.ALLOW_SELECT
        assert not app.ENABLE_COMMAND_PALETTE
        assert "ctrl+c" not in {binding.key for binding in app._bindings.key_to_bindings.get("ctrl+c", [])}


def test_a_defect_leaves_an_id_and_no_value_of_a_variable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app = console(FakeServices(settings=Settings(home=tmp_path)))

    @on_screen
    async def crash() -> None:
        async with app.run_test(size=SIZE, notifications=True, tooltips=True):
            customer = "张三丰 11010519491231002X"
            app.call_later(_raise, customer)

    with pytest.raises(ZeroDivisionError):
        crash()
    said = capsys.readouterr()
    logged = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "logs").iterdir())
    error_id = said.err.strip().split()[-1]
    assert error_id in logged
    assert "ZeroDivisionError" in logged
    for secret in ("张三丰", "11010519491231002X"):
        assert secret not in said.out + said.err + logged


def _raise(customer: str) -> None:
    Static(customer, markup=False)
    raise ZeroDivisionError(customer)


@on_screen
async def test_an_answer_for_a_screen_that_is_taken_down_goes_nowhere() -> None:
    """Its parts go before it does: who leaves while Today still counts must not see a crash."""
    app = console(FakeServices())
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await working(pilot)
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, Sync))
        page, go, answers = app.screen, Event(), list[bool]()
        assert isinstance(page, Sync)
        page.ask(lambda: go.wait(60), answers.append)
        (worker,) = page._asked
        await app.switch_mode("today")
        await app.remove_mode("sync")
        page.on_worker_state_changed(Worker.StateChanged(worker, WorkerState.SUCCESS))
        go.set()
        assert answers == []
