"""Becoming a terminal: whole, or not at all; every refusal in words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from branch_console.errors import words
from branch_console.locale import t
from branch_console.rules.errors import CodedError, RuleError
from branch_console.services import enrolling
from branch_console.sync.errors import SyncError
from tests.fixtures.central import unique_name
from tests.services.branch import Branch, Terminal
from tests.services.conftest import MakeTerminal


def left(home: Path) -> list[str]:
    """The files in a home folder."""
    return sorted(each.name for each in home.iterdir()) if home.exists() else []


def works(terminal: Terminal) -> None:
    """Enrols, and lets somebody in."""
    terminal.enrol().login("wang")
    terminal.wait_drained()


def test_a_machine_becomes_a_terminal_of_its_branch(make_terminal: MakeTerminal) -> None:
    terminal = make_terminal(enrolled=False)
    assert terminal.services.terminal is None
    terminal.enrol()
    facts = terminal.services.terminal
    assert facts is not None
    assert (facts.name, facts.branch, facts.branch_name) == ("K-01", terminal.branch.code, "北京朝阳支行")
    staff = [(each.id, each.role) for each in terminal.services.staff()]
    assert staff == [("li", "guide"), ("liu", "supervisor"), ("wang", "guide")]
    session = terminal.services.login("wang", "quiet-harbor-lamp-42")
    assert (session.name, session.role, session.must_change_password) == ("员工wang", "guide", False)
    assert terminal.services.onboarding.count("open") == 0
    terminal.wait_drained()


def test_a_terminal_is_enrolled_once(make_terminal: MakeTerminal, branch: Branch) -> None:
    terminal = make_terminal()
    before = {name: (terminal.home / name).read_bytes() for name in left(terminal.home)}
    with pytest.raises(RuleError) as refused:
        terminal.enrol()
    assert refused.value.code == "already_enrolled"
    assert {name: (terminal.home / name).read_bytes() for name in left(terminal.home)} == before


def test_a_code_that_does_not_work_is_refused_in_words_and_leaves_nothing(
    make_terminal: MakeTerminal, branch_alone: Branch
) -> None:
    used, expired = branch_alone.new_code(), branch_alone.new_code()
    make_terminal("K-02", enrolled=False).services.enrol(branch_alone.central.url, used, "K-02")
    branch_alone.central.sql(
        "UPDATE enrolment_code SET expires_at = now() - interval '1 minute' WHERE terminal IS NULL"
    )
    terminal = make_terminal(enrolled=False)
    for code, problem in (
        (used, "enrolment-code-used"),
        (expired, "enrolment-code-expired"),
        ("7H3K-NONE", "enrolment-code-unknown"),
    ):
        with pytest.raises(SyncError) as refused:
            terminal.services.enrol(branch_alone.central.url, code, "K-01")
        assert refused.value.problem == problem
        assert words(refused.value)[1] == t(f"sync.problem.{problem}") != f"sync.problem.{problem}"
        assert left(terminal.home) == []
    works(terminal)


def test_central_out_of_reach_leaves_nothing(make_terminal: MakeTerminal, branch_alone: Branch) -> None:
    terminal = make_terminal(enrolled=False)
    code = branch_alone.new_code()
    branch_alone.central.stop()
    with pytest.raises(SyncError) as refused:
        terminal.services.enrol(branch_alone.central.url, code, "K-01")
    assert words(refused.value)[1]
    assert left(terminal.home) == []
    branch_alone.central.start()
    terminal.services.enrol(branch_alone.central.url, code, "K-01")  # central has not seen the code yet
    terminal.login("wang")


def test_a_branch_without_staff_would_be_a_terminal_that_nobody_can_open(
    make_terminal: MakeTerminal, branch: Branch
) -> None:
    terminal = make_terminal(enrolled=False)
    empty = branch.central.branch(unique_name(), "空支行")
    with pytest.raises(RuleError) as refused:
        terminal.services.enrol(branch.central.url, branch.central.code(empty), "K-01")
    assert refused.value.code == "branch_without_staff"
    assert left(terminal.home) == []
    works(terminal)


@pytest.mark.parametrize("error", [SyncError("timeout"), KeyboardInterrupt()], ids=["refused", "interrupted"])
def test_what_fails_between_the_steps_leaves_nothing(
    make_terminal: MakeTerminal, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    terminal = make_terminal(enrolled=False)
    with monkeypatch.context() as patched:
        patched.setattr(enrolling, "sync_once", raising(error))
        with pytest.raises(type(error)):
            terminal.enrol()
    assert left(terminal.home) == []
    works(terminal)


@pytest.mark.parametrize("where", ["sync_once", "members", "write_device"])
def test_what_a_power_cut_left_is_made_anew(
    make_terminal: MakeTerminal, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    terminal = make_terminal(enrolled=False)
    with monkeypatch.context() as patched:
        patched.setattr(enrolling, "_remove_half_made", lambda _: None)  # nobody cleans up after a power cut
        patched.setattr(enrolling, where, raising(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            terminal.enrol()
    assert "store.db" in left(terminal.home)
    assert terminal.services.terminal is None
    works(terminal)


def raising(error: BaseException) -> Callable[..., None]:
    """A function that only raises."""

    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_a_revoked_terminal_may_be_enrolled_again(make_terminal: MakeTerminal, branch: Branch) -> None:
    terminal = make_terminal()
    terminal.login("wang")
    terminal.wait_drained()
    before = terminal.id
    branch.central.revoke(before)
    terminal.services.try_now()
    terminal.wait_told("revoked")
    terminal.services.logout("revoked")
    with pytest.raises(CodedError) as refused:
        terminal.login("wang")
    assert refused.value.code == "keys_erased"
    works(terminal)
    assert terminal.id != before
    aside = next((terminal.home / "backups").iterdir())
    assert {"store.db", "device.json"} <= set(left(aside))
