"""Unlocking: who gets in, who does not, and that neither a restart nor a kill gives free tries."""

import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from branch_console.rules.canonical import Json
from branch_console.security import unlock as unlock_module
from branch_console.security.credential import Argon2, new_credential
from branch_console.security.keys import random_key
from branch_console.security.unlock import Member, UnlockFile
from branch_console.security.unlock_errors import (
    BlockedError,
    BrokenError,
    ClockBackError,
    UnlockError,
    WaitError,
    WrongLoginError,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CHEAP = Argon2(memory_kib=64, time=1, lanes=1)
PASSWORD = "三月的雨落在福田路上"


def credential(staff: str, password: str = PASSWORD, *, must_change: bool = False) -> dict[str, Json]:
    return new_credential(staff, password, must_change=must_change, now=NOW, cost=CHEAP)


@pytest.fixture
def dek() -> bytes:
    return random_key()


@pytest.fixture
def file(tmp_path: Path, dek: bytes) -> UnlockFile:
    made = UnlockFile.create(tmp_path, NOW, cost=CHEAP)
    wang = Member("s-wang", "王芳", "guide", credential("s-wang"))
    made.seal_for(dek, [wang, Member("s-li", "李强", "supervisor", credential("s-li"))])
    return made


def fail(file: UnlockFile, times: int, now: datetime, staff: str = "s-wang") -> None:
    for _ in range(times):
        with pytest.raises(WrongLoginError):
            file.unlock(staff, "not it, not it", now)


def test_first_login_opens_the_seal_and_leaves_a_wrap(file: UnlockFile, dek: bytes, tmp_path: Path) -> None:
    assert [each.first for each in file.staff()] == [True, True]
    unlocked = file.unlock("s-wang", PASSWORD, NOW)
    assert (unlocked.dek, unlocked.role, unlocked.must_change, unlocked.expired) == (dek, "guide", False, False)
    assert {each.staff_id: each.first for each in file.staff()} == {"s-li": True, "s-wang": False}
    assert UnlockFile(tmp_path).unlock("s-wang", PASSWORD, NOW).dek == dek
    assert dek.hex() not in repr(unlocked)


@pytest.mark.parametrize(("staff", "password"), [("s-wang", "wrong wrong"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_login_says_nothing(file: UnlockFile, staff: str, password: str) -> None:
    with pytest.raises(WrongLoginError) as caught:
        file.unlock(staff, password, NOW)
    assert caught.value.code == "unlock_wrong"
    assert caught.value.params == {}


def test_another_machine_or_a_changed_file_is_refused(file: UnlockFile, tmp_path: Path) -> None:
    key = tmp_path / "device.key"
    right = key.read_bytes()
    key.write_bytes(random_key())
    with pytest.raises(BrokenError):
        file.unlock("s-wang", PASSWORD, NOW)
    key.write_bytes(right)
    path = tmp_path / "unlock.json"
    whole = path.read_bytes()
    for at in range(0, len(whole), 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(BrokenError):
            file.unlock("s-wang", PASSWORD, NOW)


def test_failures_slow_down_survive_a_restart_and_end_the_day(file: UnlockFile, tmp_path: Path) -> None:
    fail(file, 5, NOW)
    now = NOW
    for minutes in (1, 5, 15, 15):
        with pytest.raises(WaitError) as caught:
            UnlockFile(tmp_path).unlock("s-wang", PASSWORD, now)
        assert caught.value.params == {"seconds": minutes * 60}
        now += timedelta(minutes=minutes)
        fail(UnlockFile(tmp_path), 1, now)
    for _ in range(11):
        now += timedelta(minutes=15)
        fail(file, 1, now)
    now += timedelta(days=3)
    with pytest.raises(BlockedError):
        UnlockFile(tmp_path).unlock("s-wang", PASSWORD, now)


def test_an_attempt_counts_before_it_is_made(file: UnlockFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(unlock_module, "_open", killed)
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt):
            file.unlock("s-wang", "guess", NOW)
    with pytest.raises(WaitError):
        UnlockFile(tmp_path).unlock("s-wang", PASSWORD, NOW)


def test_success_ends_the_row_but_not_the_day(file: UnlockFile) -> None:
    now = NOW
    for round_ in range(5):
        fail(file, 4, now)
        if round_ < 4:
            file.unlock("s-wang", PASSWORD, now)
        now += timedelta(minutes=1)
    with pytest.raises(BlockedError):
        file.unlock("s-wang", PASSWORD, now)


def test_somebody_who_does_not_exist_is_slowed_down_alike(file: UnlockFile) -> None:
    fail(file, 5, NOW, "nobody")
    with pytest.raises(WaitError):
        file.unlock("nobody", PASSWORD, NOW)


def test_a_new_password_from_central_ends_a_block_and_the_old_password(file: UnlockFile, dek: bytes) -> None:
    file.unlock("s-wang", PASSWORD, NOW)
    fail(file, 4, NOW)
    fresh = credential("s-wang", "ganz neues kennwort", must_change=True)
    file.seal_for(dek, [Member("s-wang", "王芳", "guide", fresh)])
    with pytest.raises(WrongLoginError):
        file.unlock("s-wang", PASSWORD, NOW)
    assert file.unlock("s-wang", "ganz neues kennwort", NOW).must_change
    assert [each.staff_id for each in file.staff()] == ["s-wang"]


def test_a_changed_password_stays_when_the_staff_list_comes_again(file: UnlockFile, dek: bytes) -> None:
    file.unlock("s-wang", PASSWORD, NOW)
    fresh = credential("s-wang", "another long one")
    file.rewrap("s-wang", "another long one", dek, fresh)
    file.seal_for(dek, [Member("s-wang", "王芳", "supervisor", fresh)])
    unlocked = file.unlock("s-wang", "another long one", NOW)
    assert (unlocked.dek, unlocked.role) == (dek, "supervisor")
    assert not file.staff()[0].first


def test_a_password_lasts_ninety_days(file: UnlockFile) -> None:
    file.heard(NOW + timedelta(days=91))
    assert file.unlock("s-wang", PASSWORD, NOW + timedelta(days=91)).must_change


def test_the_grant_ends_after_a_week_without_central(file: UnlockFile) -> None:
    assert not file.unlock("s-wang", PASSWORD, NOW + timedelta(days=7)).expired
    later = NOW + timedelta(days=7, seconds=1)
    assert file.unlock("s-wang", PASSWORD, later).expired
    file.heard(later)
    assert not file.unlock("s-wang", PASSWORD, later).expired


def test_a_clock_that_runs_backwards_blocks_until_central_speaks(file: UnlockFile) -> None:
    file.unlock("s-wang", PASSWORD, NOW + timedelta(days=300))
    with pytest.raises(ClockBackError):
        file.unlock("s-wang", PASSWORD, NOW)
    file.heard(NOW)
    assert file.unlock("s-wang", PASSWORD, NOW)


def test_revoking_leaves_nothing_to_open(file: UnlockFile, tmp_path: Path) -> None:
    file.revoke()
    assert not list(tmp_path.iterdir())
    file.revoke()
    with pytest.raises(BrokenError):
        file.unlock("s-wang", PASSWORD, NOW)


def test_files_are_private_and_hold_no_password(file: UnlockFile, tmp_path: Path, dek: bytes) -> None:
    file.unlock("s-wang", PASSWORD, NOW)
    for path in (tmp_path / "unlock.json", tmp_path / "device.key"):
        assert path.stat().st_mode & 0o077 == 0
        assert PASSWORD.encode() not in path.read_bytes()
        assert dek not in path.read_bytes()
    (tmp_path / "device.key").chmod(0o644)
    with pytest.raises(BrokenError):
        file.staff()


def test_errors_have_codes() -> None:
    assert all(issubclass(each, UnlockError) and each.code.startswith("unlock_") for each in (WaitError, BlockedError))


def test_the_unknown_take_as_long_as_the_known(tmp_path: Path, dek: bytes) -> None:
    file = UnlockFile.create(tmp_path, NOW)
    dear = new_credential("s-wang", PASSWORD, must_change=False, now=NOW)
    file.seal_for(dek, [Member("s-wang", "王芳", "guide", dear)])
    taken: dict[str, list[float]] = {"s-wang": [], "nobody": []}
    for _ in range(4):
        for staff, times in taken.items():
            begin = time.process_time()
            with pytest.raises(WrongLoginError):
                file.unlock(staff, "not it, not it", NOW)
            times.append(time.process_time() - begin)
    known, unknown = (statistics.median(times) for times in taken.values())
    assert 0.5 < unknown / known < 2
