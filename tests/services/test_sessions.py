"""Logging in, locking, leaving: on one terminal, with and without central."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import pytest

from branch_console.errors import words
from branch_console.locale import language
from branch_console.rules.errors import CodedError, RuleError
from branch_console.security.unlock_errors import WaitError, WrongLoginError
from branch_console.services import Services, opening
from branch_console.sync.errors import SyncError
from tests.services.branch import NEW_PASSWORD, PASSWORD, Branch, Terminal
from tests.services.conftest import MakeTerminal
from tests.services.customer import Customer


def refusal(work: Callable[[], object]) -> str:
    """The code with which it is refused; there are words for it."""
    with pytest.raises(CodedError) as refused:
        work()
    title, message = words(refused.value)
    assert title
    assert not message.startswith(("error.", "sync.problem."))
    return refused.value.code


def desk(terminal: Terminal) -> Callable[[], object]:
    """Asking for the onboarding desk."""
    return lambda: terminal.services.onboarding


def test_the_first_login_works_offline_and_asks_for_an_own_password(
    make_terminal: MakeTerminal, branch_alone: Branch
) -> None:
    first = branch_alone.add("chen", "guide", password=None)
    terminal = make_terminal()
    branch_alone.central.stop()
    assert terminal.services.login("chen", first).must_change_password
    assert refusal(desk(terminal)) == "password_must_change"
    assert refusal(terminal.services.today) == "password_must_change"

    def change_to(new: str) -> Callable[[], object]:
        return lambda: terminal.services.change_password(first, new)

    for new, code in (
        (first, "password_same"),
        ("short", "password_short"),
        ("passwordpassword", "password_guessable"),
    ):
        assert refusal(change_to(new)) == code
    assert refusal(lambda: terminal.services.change_password("not-it-at-all", NEW_PASSWORD)) == "unlock_wrong"
    assert not terminal.services.change_password(first, NEW_PASSWORD).must_change_password
    assert terminal.services.onboarding.start("II").mine
    terminal.again()
    assert refusal(lambda: terminal.services.login("chen", first)) == "unlock_wrong"
    assert not terminal.services.login("chen", NEW_PASSWORD).must_change_password


def test_a_new_password_reaches_the_other_terminal_of_the_branch(
    make_terminal: MakeTerminal, branch_alone: Branch
) -> None:
    one, two = make_terminal("K-01"), make_terminal("K-02")
    two.login("wang").services.logout("left")  # has a wrap of the old password here
    one.login("wang").services.change_password(PASSWORD, NEW_PASSWORD)
    one.wait_drained()
    two.login("li")
    two.wait(lambda: knows_anew(two, "wang"))
    two.services.logout("left")
    branch_alone.central.stop()
    assert refusal(lambda: two.login("wang")) == "unlock_wrong"
    assert not two.services.login("wang", NEW_PASSWORD).must_change_password


def knows_anew(terminal: Terminal, staff: str) -> bool:
    """Whether somebody has a password here with which they have not yet logged in."""
    return any(each.staff_id == staff and each.first for each in opening.unlock_file_of(terminal.settings).staff())


def test_staff_added_while_a_terminal_is_open_can_log_in_there_offline(
    make_terminal: MakeTerminal, branch_alone: Branch
) -> None:
    terminal = make_terminal().login("wang")
    branch_alone.add("zhao", "guide")
    terminal.wait(lambda: "zhao" in {each.id for each in terminal.services.staff()})
    terminal.services.logout("left")
    branch_alone.central.stop()
    terminal.login("zhao")
    assert terminal.services.onboarding.count("open") == 0


def test_staff_taken_out_of_service_stop_at_once_and_cannot_come_back(
    make_terminal: MakeTerminal, branch_alone: Branch
) -> None:
    terminal = make_terminal().login("wang")
    terminal.wait_drained()
    branch_alone.remove("wang")
    terminal.wait_told("removed")
    assert refusal(desk(terminal)) == "staff_inactive"
    terminal.services.lock()
    assert refusal(lambda: terminal.services.unlock(PASSWORD)) == "staff_inactive"
    terminal.services.logout("removed")
    branch_alone.central.stop()
    assert refusal(lambda: terminal.login("wang")) == "unlock_wrong"
    terminal.login("li")


def test_another_role_holds_from_the_next_login_on(make_terminal: MakeTerminal, branch: Branch) -> None:
    terminal = make_terminal().login("wang")
    branch.change_role("wang", "auditor")
    terminal.wait(lambda: {each.id: each.role for each in terminal.services.staff()}["wang"] == "auditor")
    assert terminal.services.onboarding.start("II").mine
    terminal.services.logout("left")
    assert terminal.services.login("wang", PASSWORD).role == "auditor"
    assert refusal(lambda: terminal.services.onboarding.start("II")) == "role_may_not"


def test_a_revoked_terminal_forgets_its_keys(make_terminal: MakeTerminal, branch: Branch) -> None:
    terminal = make_terminal().login("wang")
    terminal.wait_drained()
    branch.central.revoke(terminal.id)
    terminal.services.try_now()
    terminal.wait_told("revoked")
    terminal.services.logout("revoked")
    assert not (terminal.home / "device.key").exists()
    assert not (terminal.home / "unlock.json").exists()
    assert refusal(lambda: terminal.login("wang")) == "keys_erased"
    assert refusal(terminal.services.staff) == "keys_erased"


class Later(datetime):
    """A clock that is eight days ahead."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return datetime.now(tz) + timedelta(days=8)


def test_after_a_week_without_central_a_login_needs_it(
    make_terminal: MakeTerminal, branch_alone: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = make_terminal()
    branch_alone.central.stop()
    with monkeypatch.context() as later:
        later.setattr(opening, "datetime", Later)
        with pytest.raises(SyncError) as refused:
            terminal.login("wang")
        assert words(refused.value)[1]
        assert terminal.services.session is None
        branch_alone.central.start()
        terminal.login("wang").services.logout("left")
    branch_alone.central.stop()
    assert opening.unlock_file_of(terminal.settings).unlock("li", PASSWORD, datetime.now(UTC)).expired is False


def test_guesses_are_slowed_down_also_by_a_new_console(make_terminal: MakeTerminal) -> None:
    terminal = make_terminal()
    for _ in range(5):
        with pytest.raises(WrongLoginError):
            terminal.login("wang", "wrong")
    terminal.again()
    with pytest.raises(WaitError) as refused:
        terminal.login("wang")
    assert 0 < int(refused.value.params["seconds"]) <= 60
    assert terminal.login("li").services.session is not None  # nobody else has to wait


def test_while_locked_nothing_is_done(make_terminal: MakeTerminal) -> None:
    terminal = make_terminal()
    services = terminal.services
    assert refusal(desk(terminal)) == "locked"
    services.lock()
    assert not services.locked
    terminal.login("wang")
    board = services.onboarding
    services.lock()
    for work in (
        desk(terminal),
        services.today,
        services.sync_details,
        lambda: services.change_password(PASSWORD, NEW_PASSWORD),
    ):
        assert refusal(work) == "locked"
    assert refusal(lambda: board.start("II")) == "locked"  # one that somebody still holds is of no use
    with pytest.raises(WrongLoginError):
        services.unlock("wrong")
    assert services.locked
    services.unlock(PASSWORD)
    assert services.onboarding.start("II").mine
    assert refusal(lambda: terminal.login("li")) == "session_open"
    services.logout("left")
    assert services.session is None
    assert refusal(desk(terminal)) == "locked"
    services.logout("left")  # twice does no harm


def test_a_session_stands_in_the_journal_from_start_to_end(make_terminal: MakeTerminal) -> None:
    terminal = make_terminal().login("wang")
    subject = f"terminal/{terminal.id}"
    terminal.services.logout("idle")
    terminal.login("li")
    entries = [
        (each.type, each.staff, (each.data or {}).get("why"))
        for each in terminal.store.entries(subject)
        if each.type.startswith("session.")
    ]
    assert entries == [
        ("session.opened", "wang", None),
        ("session.closed", "wang", "idle"),
        ("session.opened", "li", None),
    ]


def test_a_second_person_approves_with_a_password_of_their_own(make_terminal: MakeTerminal, branch: Branch) -> None:
    first = branch.add("sun", "supervisor", password=None)
    terminal = make_terminal().login("wang")
    board = terminal.services.onboarding
    customer = Customer(board)
    subject = customer.start()
    customer.walk(subject, until="fraud_gate")
    view = board.answer(subject, "fraud_gate", {"told_by_someone": "yes", "asked_for_secret": "no"})
    assert view.status == "interrupted"

    def decide(who: str, password: str) -> Callable[[], object]:
        return lambda: board.resolve_interruption(subject, "continue", "", who, password)

    assert refusal(decide("wang", PASSWORD)) == "second_person_same"
    assert refusal(decide("li", PASSWORD)) == "second_person_role"
    assert refusal(decide("liu", "wrong")) == "unlock_wrong"
    assert refusal(decide("sun", first)) == "second_person_password"
    assert board.resolve_interruption(subject, "continue", "家人陪同", "liu", PASSWORD).status == "running"


def test_each_member_of_staff_is_greeted_in_their_language(make_terminal: MakeTerminal) -> None:
    terminal = make_terminal().login("wang")
    terminal.services.set_language("en")
    terminal.again()
    terminal.login("li")
    terminal.services.set_language("zh")
    terminal.again()
    terminal.login("wang")
    assert language() == "en"
    terminal.again()
    terminal.login("li")
    assert language() == "zh"


def test_a_store_that_is_missing_or_damaged_is_said_in_words(make_terminal: MakeTerminal) -> None:
    terminal = make_terminal()
    store = terminal.home / "store.db"
    content = bytearray(store.read_bytes())
    store.rename(terminal.home / "away")
    assert refusal(lambda: terminal.login("wang")) == "store_missing"
    content[4000] ^= 1  # in the first page
    store.write_bytes(content)
    assert refusal(lambda: terminal.login("wang")) in {"store_wrong_key", "store_corrupt"}
    (terminal.home / "away").replace(store)
    terminal.login("wang")


def test_before_anything_is_known_there_is_nothing_to_be_said(tmp_path: Any) -> None:
    from branch_console.settings import Settings

    services = Services(Settings(home=tmp_path / "nowhere"))
    assert services.terminal is None
    assert services.sync_view().state == "offline"
    services.stop()
    with pytest.raises(RuleError):
        services.today()
