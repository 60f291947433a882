"""The commands beside the console, over a terminal's folder without any central."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from branch_console.cli import app
from branch_console.rules.errors import RuleError
from branch_console.security.credential import Argon2, new_credential
from branch_console.security.unlock import Member, UnlockFile
from branch_console.security.unlock_errors import WrongLoginError
from branch_console.services import maintenance
from branch_console.services.opening import anchor_of
from branch_console.settings import Settings
from branch_console.sync.errors import SyncError
from tests.data.world import KEY, NOW, new_store, receive

PASSWORD = "lake-grey-long-42"
CHEAP = Argon2(64, 1, 1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A terminal with a guide and a supervisor who still have their first passwords."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    unlock = UnlockFile.create(home, NOW, cost=CHEAP)
    people = (("wang", "guide"), ("liu", "supervisor"))
    unlock.seal_for(
        KEY,
        [
            Member(each, each, role, new_credential(each, PASSWORD, must_change=True, cost=CHEAP))
            for each, role in people
        ],
    )
    store = new_store(home)
    receive(store, 1)
    anchor_of(home).attach(store)
    store.close()
    (home / "device.json").write_text("{}")
    (home / "device.json").chmod(0o600)
    return Settings(home=home)


def test_a_first_password_that_was_not_changed_yet_is_enough_to_look_after_the_store(settings: Settings) -> None:
    assert maintenance.verify(settings, "wang", PASSWORD) == {"ok": True, "entries": 2, "first_bad": None}
    checks = maintenance.doctor(settings, "liu", PASSWORD)
    assert checks["ok"], checks


def test_backup_and_restore_are_not_for_every_role(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(RuleError) as refused:
        maintenance.backup(settings, "wang", PASSWORD, tmp_path / "copy")
    assert refused.value.code == "role_may_not"
    assert not (tmp_path / "copy").exists()
    maintenance.backup(settings, "liu", PASSWORD, tmp_path / "copy")
    with pytest.raises(RuleError):
        maintenance.restore(settings, "wang", PASSWORD, tmp_path / "copy", give_up_unsent=True)
    done = maintenance.restore(settings, "liu", PASSWORD, tmp_path / "copy", give_up_unsent=True)
    assert done["entries"] == 2


def test_a_new_machine_needs_the_device_key_and_a_password(settings: Settings, tmp_path: Path) -> None:
    maintenance.backup(settings, "liu", PASSWORD, tmp_path / "copy")
    bare, other = Settings(home=tmp_path / "bare"), Settings(home=tmp_path / "other")
    for each in (bare, other):
        each.home.mkdir(mode=0o700)
    with pytest.raises(SyncError):
        maintenance.restore(bare, "liu", PASSWORD, tmp_path / "copy", give_up_unsent=False)
    assert list(bare.home.iterdir()) == []
    shutil.copy(settings.home / "device.key", other.home)
    with pytest.raises(WrongLoginError):
        maintenance.restore(other, "liu", "not the password", tmp_path / "copy", give_up_unsent=False)
    maintenance.restore(other, "liu", PASSWORD, tmp_path / "copy", give_up_unsent=False)
    assert maintenance.verify(other, "liu", PASSWORD)["ok"]


def test_a_machine_that_is_no_terminal_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(SyncError) as refused:
        maintenance.verify(Settings(home=tmp_path), "wang", PASSWORD)
    assert refused.value.problem == "not-enrolled"


def test_the_doctor_speaks_in_lines_or_in_json(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRANCH_CONSOLE_HOME", str(settings.home))
    monkeypatch.setenv("BRANCH_CONSOLE_PASSWORD", PASSWORD)
    (settings.home / "anchor.json").unlink()
    done = CliRunner().invoke(app, ["doctor", "--staff", "liu"])
    assert done.exit_code == 1
    lines = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert lines["pages"] == "ok"
    assert lines["anchor"].startswith("!!")
    as_json = json.loads(CliRunner().invoke(app, ["doctor", "--staff", "liu", "--json"]).stdout)
    assert {each["name"] for each in as_json["checks"]} == set(lines)
    assert not as_json["ok"]
    assert CliRunner().invoke(app, ["doctor"]).exit_code == 2
