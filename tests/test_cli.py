"""The commands as scripts use them: real processes, their JSON, their exit codes."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from branch_console.services.terminal import OpenTerminal
from branch_console.settings import Settings
from data.errors import StoreError
from tests.fixtures import forked
from tests.fixtures.central import open_folder

ENTRY = {
    "terminal", "seq", "id", "type", "version", "branch", "subject", "staff", "at", "clock", "data", "data_hash",
    "prev", "hash",
}  # fmt: skip


def run(home: Path, *arguments: str, password: str | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    """`branch-console …` in a process of its own."""
    given = {"BRANCH_CONSOLE_HOME": str(home)} | ({} if password is None else {"BRANCH_CONSOLE_PASSWORD": password})
    command = [sys.executable, "-m", "branch_console", *arguments]
    return forked.run(command, env={**os.environ, **given, **environ}, timeout=120)


def said(home: Path, *arguments: str, password: str | None = None, code: int = 0) -> Any:
    """What a command with --json says, in one line and nothing else."""
    done = run(home, *arguments, "--json", password=password)
    assert done.returncode == code, done.stderr
    assert done.stdout.count("\n") == 1
    return json.loads(done.stdout)


@dataclass(frozen=True)
class Made:
    """What the commands have made: a central that serves, a branch, a supervisor, a terminal."""

    central: Path
    url: str
    home: Path
    password: str
    terminal: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """By the commands alone, as docs/operations.md has it."""
    home = tmp_path_factory.mktemp("terminal") / "home"
    with open_folder() as folder:
        serving = subprocess.Popen(
            [sys.executable, "-m", "branch_console", "central", "serve", "--port", "0", "--json"],
            env={**os.environ, "BRANCH_CONSOLE_HOME": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert serving.stdout is not None
        first = json.loads(serving.stdout.readline())
        assert list(first) == ["url"]
        assert first["url"].startswith("http://127.0.0.1:")
        assert said(folder, "central", "branch", "add", "B1", "北京朝阳支行") == {"branch": "B1"}
        staff = said(folder, "central", "staff", "add", "B1", "liu", "刘敏", "--role", "supervisor")
        assert (set(staff), staff["staff"]) == ({"staff", "first_password"}, "liu")
        code = said(folder, "central", "enrolment-code", "B1")
        assert set(code) == {"code", "expires"}
        facts = said(home, "enrol", first["url"], code["code"], "--name", "K-01")
        assert {**facts, "terminal": ""} == {
            "terminal": "", "name": "K-01", "branch": "B1", "branch_name": "北京朝阳支行",
        }  # fmt: skip
        yield Made(folder, first["url"], home, staff["first_password"], facts["terminal"])
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(60) == 0
        assert serving.stdout.read() == ""
        serving.stdout.close()


@pytest.fixture
def home(made: Made, tmp_path: Path) -> Path:
    """A copy of the terminal, to be spoilt."""
    return Path(shutil.copytree(made.home, tmp_path / "home"))


@pytest.mark.parametrize("arguments", [["info", "--json"], ["no-such-command"], ["verify", "--staff", "liu"]])
def test_a_forked_process_says_and_does_what_a_real_one_does(made: Made, home: Path, arguments: list[str]) -> None:
    environment = {**os.environ, "BRANCH_CONSOLE_HOME": str(home), "BRANCH_CONSOLE_PASSWORD": made.password}
    real = subprocess.run(
        [sys.executable, "-m", "branch_console", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    like = run(home, *arguments, password=made.password)
    assert (real.returncode, real.stdout, real.stderr) == (like.returncode, like.stdout, like.stderr)


def write_something(home: Path, password: str) -> None:
    """A session, with its entries and the anchor."""
    OpenTerminal.unlock(Settings(home=home), "liu", password, lambda _: None, sync=False).close("left")


def test_administration_lists_terminals_and_revokes_them(made: Made, tmp_path: Path) -> None:
    code = said(made.central, "central", "enrolment-code", "B1")["code"]
    other = said(tmp_path / "other", "enrol", made.url, code, "--name", "K-09")["terminal"]
    rows = said(made.central, "central", "terminal", "list")
    assert {made.terminal, other} <= {each["terminal"] for each in rows}
    assert said(made.central, "central", "terminal", "revoke", other) == {"terminal": other, "revoked": True}
    assert said(made.central, "central", "quarantine", "list") == []
    assert isinstance(said(made.central, "central", "quarantine", "refold"), dict)


def test_entries_come_one_a_line_as_stored(made: Made) -> None:
    done = run(made.central, "central", "entries", "--branch", "B1", "--json")
    assert done.returncode == 0
    entries = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(set(each) == ENTRY for each in entries)
    assert {each["terminal"] for each in entries} >= {"central/B1"}
    own = [each["seq"] for each in entries if each["terminal"] == "central/B1"]
    assert own == list(range(1, len(own) + 1))


def test_a_refusal_of_central_ends_with_1_and_words(made: Made, tmp_path: Path) -> None:
    refused = run(made.central, "central", "branch", "add", "B1", "again")
    assert refused.returncode == 1
    assert "B1" in refused.stderr
    for language, word in (("zh", "登记码"), ("en", "enrolment code")):
        none = run(tmp_path, "enrol", made.url, "7H3K", "--name", "K-02", BRANCH_CONSOLE_LANGUAGE=language)
        assert none.returncode == 1
        assert word in none.stderr
        assert "Traceback" not in none.stderr
    assert not list(tmp_path.iterdir())


def test_verify_says_ok_and_how_many(made: Made, home: Path) -> None:
    write_something(home, made.password)
    found = said(home, "verify", "--staff", "liu", password=made.password)
    assert list(found) == ["ok", "entries", "first_bad"]
    assert (found["ok"], found["first_bad"]) == (True, None)
    assert found["entries"] > 2
    as_lines = run(home, "verify", password=made.password, BRANCH_CONSOLE_STAFF="liu")
    assert as_lines.returncode == 0
    assert as_lines.stdout.split()[:2] == ["ok", "yes"]


def test_verify_names_the_first_bad_entry_of_a_store_that_was_put_back(made: Made, home: Path) -> None:
    old = (home / "store.db").read_bytes()
    write_something(home, made.password)
    for name in ("store.db-wal", "store.db-shm"):
        (home / name).unlink(missing_ok=True)
    (home / "store.db").write_bytes(old)
    found = said(home, "verify", "--staff", "liu", password=made.password, code=1)
    assert not found["ok"]
    assert set(found["first_bad"]) == {"terminal", "seq", "why"}
    assert found["first_bad"]["terminal"] == made.terminal


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.9])
def test_a_flipped_byte_is_found(made: Made, home: Path, share: float) -> None:
    path = home / "store.db"
    content = bytearray(path.read_bytes())
    content[int(len(content) * share) + 100] ^= 1
    path.write_bytes(content)
    done = run(home, "verify", "--staff", "liu", "--json", password=made.password)
    examined = run(home, "doctor", "--staff", "liu", "--json", password=made.password)
    for each in (done, examined):
        assert "Traceback" not in each.stderr
    assert examined.returncode == 1
    assert not json.loads(examined.stdout)["ok"]
    if done.returncode == 0:  # a page that holds no entry: the pages are the doctor's
        assert "pages" in {each["name"] for each in json.loads(examined.stdout)["checks"] if not each["ok"]}
    else:
        assert done.returncode == 1
        assert done.stderr.strip() or json.loads(done.stdout)["first_bad"]


def test_doctor_and_info(made: Made, home: Path) -> None:
    found = said(home, "doctor", "--staff", "liu", password=made.password)
    assert found["ok"]
    assert {"name", "ok", "what"} == set(found["checks"][0])
    facts = said(home, "info")
    assert facts["enrolled"]
    assert facts["home"] == str(home)
    assert not said(home / "nowhere", "info")["enrolled"]


def test_backup_and_restore(made: Made, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    found = said(home, "backup", str(folder), "--staff", "liu", password=made.password)
    assert found["backup"] == str(folder)
    again = run(home, "backup", str(folder), "--staff", "liu", password=made.password)
    assert again.returncode == 1
    write_something(home, made.password)
    refused = run(home, "restore", str(folder), "--staff", "liu", password=made.password)
    assert refused.returncode == 1
    assert refused.stderr
    done = said(home, "restore", str(folder), "--give-up-unsent", "--staff", "liu", password=made.password)
    assert set(done) == {"restored", "entries", "set_aside"}
    assert Path(done["set_aside"], "store.db").exists()


@pytest.mark.parametrize("command", ["verify", "doctor", "backup"])
def test_wrong_passwords_and_wrong_use(made: Made, home: Path, command: str) -> None:
    wrong = run(home, command, "--staff", "liu", password="not the password")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.strip()
    assert "Traceback" not in wrong.stderr
    nobody = run(home, command, password=made.password)
    assert nobody.returncode == 2
    assert "--staff" in nobody.stderr


def test_wrong_use_ends_with_2(made: Made, home: Path, tmp_path: Path) -> None:
    assert run(home, "no-such-command").returncode == 2
    assert run(home, "restore", str(tmp_path / "none"), "--staff", "liu").returncode == 2
    assert run(tmp_path, "enrol", made.url, "CODE").returncode == 2
    assert run(home, "enrol", made.url, "CODE", "--continue").returncode == 2
    assert run(home, "enrol", made.url, "CODE", "--name", "K-01").returncode == 1  # a terminal already


@pytest.mark.parametrize("command", [["info"], ["verify", "--staff", "liu"], ["run"], []])
def test_a_wrong_setting_is_named(tmp_path: Path, command: list[str]) -> None:
    done = run(tmp_path, *command, BRANCH_CONSOLE_GRANT_DAYS="never", password="")
    assert done.returncode == 2
    assert "BRANCH_CONSOLE_GRANT_DAYS" in done.stderr
    assert "1" in done.stderr
    assert "30" in done.stderr


def test_what_the_system_refuses_is_said_in_words(made: Made, home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run(home, "backup", str(tmp_path / "file" / "deep" / "copy"), "--staff", "liu", password=made.password)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert str(tmp_path / "file") in done.stderr


def test_a_full_disk_is_said_in_words(made: Made, home: Path, refused: Callable[[StoreError], str]) -> None:
    opened = OpenTerminal.unlock(Settings(home=home), "liu", made.password, lambda _: None, sync=False)
    store = opened.store
    with store.database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    before = store.head()
    with pytest.raises(StoreError) as full:
        for number in range(1000):
            store.set_meta(f"note.{number}", "x" * 2000)
    assert full.value.code == "store_disk_full"
    assert "磁盘" in refused(full.value)
    assert store.head() == before
    store.close()


@pytest.fixture
def refused() -> Callable[[StoreError], str]:
    """The words of an error."""
    from branch_console.errors import words
    from branch_console.locale import set_language

    set_language("zh")
    return lambda error: words(error)[1]
