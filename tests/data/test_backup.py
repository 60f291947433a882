"""Backup and restore, and that nothing on the disk is readable without the key."""

import sqlite3
from pathlib import Path

import pytest

from branch_console.rules.journal import Data
from branch_console.security.credential import Argon2, new_credential
from branch_console.security.keys import read_device_key
from branch_console.security.logs import set_up_logs
from branch_console.security.unlock import Member, UnlockFile
from data import meta
from data.anchor import Anchor
from data.backup import backup, check_backup, restore
from data.doctor import doctor
from data.errors import BackupError, ExistsError, MissingError, NotDrainedError, WrongKeyError
from data.info import info
from data.store import Store
from data.verify import verify
from tests.data.world import KEY, NAME, NOW, OWN, PHONE_KEY, act, later, new_store, receive, subject

DOCUMENT = "11010519491231002X"
PHONE = "13812348000"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A terminal's folder with everything in it."""
    unlock = UnlockFile.create(tmp_path, NOW)
    cheap = new_credential("s-wang", "a long enough one", must_change=False, now=NOW, cost=Argon2(64, 1, 1))
    unlock.seal_for(KEY, [Member("s-wang", "王芳", "guide", cheap)])
    (tmp_path / "device.json").write_text("{}", encoding="utf-8")
    (tmp_path / "device.json").chmod(0o600)
    return tmp_path


def acknowledge(store: Store) -> None:
    head = store.head()
    store.acknowledge(head.seq, head.hash, [], "epoch-1", NOW)


def test_a_backup_of_a_store_in_use_can_be_restored(home: Path) -> None:
    store = new_store(home)
    about = receive(store, 1)
    acknowledge(store)
    folder, manifest = backup(store, home, NOW)
    assert check_backup(folder) == manifest
    assert (manifest.seq, manifest.terminal, set(manifest.files)) == (
        2, OWN, {"store.db", "unlock.json", "device.json"},
    )  # fmt: skip
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())
    with pytest.raises(ExistsError):
        backup(store, home, NOW)
    receive(store, 2)
    acknowledge(store)
    store.close()

    done = restore(home, folder, KEY, later(hours=1))
    assert done.verified == (True, 2, None)
    assert done.set_aside is not None
    assert Store.open(done.set_aside / "store.db", KEY).head().seq == 4
    again = Store.open(home / "store.db", KEY)
    assert len(again.entries(about)) == 2
    assert again.entries(subject(2)) == []
    assert again.must_confirm()
    with again.database.read() as connection:
        assert meta.get(connection, meta.LAST_RESTORED) is not None
    assert {path.name for path in home.iterdir()} >= {"store.db", "unlock.json", "device.key", "backups"}
    assert not list(home.glob(".store*"))


def test_unsent_acts_are_not_given_up_by_accident(home: Path) -> None:
    store = new_store(home)
    receive(store, 1)
    folder, _ = backup(store, home, NOW)
    store.close()
    with pytest.raises(NotDrainedError):
        restore(home, folder, KEY, NOW)
    assert Store.open(home / "store.db", KEY).head().seq == 2
    assert restore(home, folder, KEY, NOW, give_up_unsent=True).verified.ok


def test_a_backup_that_is_not_whole_replaces_nothing(home: Path) -> None:
    store = new_store(home)
    receive(store, 1)
    acknowledge(store)
    folder, _ = backup(store, home, NOW)
    store.close()
    before = (home / "store.db").read_bytes()
    with pytest.raises(MissingError):
        restore(home, home / "backups", KEY, NOW)
    with pytest.raises(WrongKeyError):
        restore(home, folder, bytes(32), NOW)
    copy = folder / "store.db"
    whole = copy.read_bytes()
    for spoiled in (whole[:-1], whole[:5000] + b"\0" + whole[5001:], b""):
        copy.write_bytes(spoiled)
        with pytest.raises(BackupError):
            restore(home, folder, KEY, NOW)
    assert (home / "store.db").read_bytes() == before
    assert not list(home.glob(".store*"))


def test_no_byte_on_the_disk_says_who_the_customers_are(home: Path) -> None:
    set_up_logs(home, "console")
    store = new_store(home)
    anchor = Anchor(home / "anchor.json", read_device_key(home / "device.key"))
    anchor.attach(store)
    about = receive(store, 1)
    answers: Data = {"document": {"masked": "****002X", "key": "k1:" + "D" * 43}, "note": f"{NAME} {PHONE} {DOCUMENT}"}
    act(store, about, ("journey.answered", {"step": "identity", "answers": answers}))
    with store.act("s-wang", NOW) as each:
        each.save_draft(about, "document", DOCUMENT)
    UnlockFile(home).unlock("s-wang", "a long enough one", NOW)
    backup(store, home, NOW)
    markers = [each.encode() for each in (NAME, PHONE, DOCUMENT, PHONE_KEY, "138****8000", "journey.answered")]
    markers += [KEY, KEY.hex().encode(), b"a long enough one", store.identity.signing_key, NAME.encode("utf-16-le")]
    files = [path for path in home.rglob("*") if path.is_file()]
    assert {"store.db", "store.db-wal", "unlock.json", "console.log", "manifest.json"} <= {path.name for path in files}
    for path in files:
        content = path.read_bytes()
        assert not [marker for marker in markers if marker in content], path.name
        assert not content.startswith(b"SQLite format 3")
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(home / "store.db").execute("SELECT * FROM entry")


def test_the_doctor_finds_nothing_in_a_healthy_terminal(home: Path) -> None:
    store = new_store(home)
    receive(store, 1)
    anchor = Anchor(home / "anchor.json", read_device_key(home / "device.key"))
    anchor.attach(store)
    checks = doctor(store, home, NOW, anchor)
    assert [each for each in checks if not each.ok] == []
    assert {each.name for each in checks} >= {
        "pages",
        "structure",
        "references",
        "disk",
        "permissions",
        "clock",
        "anchor",
    }
    assert verify(store, anchor.read()).ok


def test_the_doctor_names_what_is_wrong(home: Path) -> None:
    store = new_store(home)
    receive(store, 1)
    anchor = Anchor(home / "anchor.json", bytes(32))
    (home / "device.json").chmod(0o644)
    store.mark_restored()
    store.set_meta("clock_offset_ms", "-180000")
    found = {each.name: each for each in doctor(store, home, NOW, anchor) if not each.ok}
    assert set(found) == {"anchor", "permissions", "history", "clock"}
    assert found["clock"].params == {"seconds": 180}
    early = {each.name for each in doctor(store, home, later(days=-1)) if not each.ok}
    assert "clock" in early


def test_the_doctor_finds_a_flipped_byte(home: Path) -> None:
    store = new_store(home)
    for at in range(30):
        receive(store, at)
    store.close()
    path = home / "store.db"
    whole = bytearray(path.read_bytes())
    whole[-2000] ^= 1
    path.write_bytes(whole)
    assert "pages" in [each.name for each in doctor(Store.open(path, KEY), home, NOW) if not each.ok]


def test_info_says_where_everything_is(home: Path) -> None:
    store = new_store(home)
    receive(store, 1)
    found = info(store, home)
    assert found.paths["store.db"] == str(home / "store.db")
    assert (found.journal["seq"], found.journal["pending"], found.counts["entry"]) == (2, 2, 2)
    assert found.versions["sqlcipher"]
    assert NAME not in repr(found)
