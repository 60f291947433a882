"""What the commands beside the console do with a terminal's store: verify, doctor, info, backup, restore."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from branch_console.locale import t
from branch_console.rules.errors import RuleError
from branch_console.rules.roles import Action, require
from branch_console.security.keys import write_private
from branch_console.security.unlock_errors import UnlockError
from branch_console.services.opening import DEVICE_KEY, STORE, anchor_of, role_named, unlock_file_of
from branch_console.settings import Settings
from branch_console.sync.device import FILE, read_device
from branch_console.sync.errors import SyncError
from data import info as facts
from data.anchor import AnchorError
from data.backup import backup as write_backup
from data.backup import check_backup
from data.backup import restore as put_back
from data.doctor import Check, unreadable
from data.doctor import doctor as examine
from data.errors import StoreError
from data.store import Store
from data.verify import verify as check_history

REFUSALS = (RuleError, StoreError, UnlockError, SyncError)
"""What these commands refuse with; each has a code and words."""

Facts = dict[str, object]


def verify(settings: Settings, staff: str, password: str) -> Facts:
    """Check every chain, hash and checkpoint of the store: {ok, entries, first_bad}. Raises REFUSALS."""
    with _opened(settings, staff, password) as store:
        try:
            anchor = anchor_of(settings.home).read()
        except AnchorError:
            anchor = None
        found = check_history(store, anchor)
    bad = found.first_bad
    return {"ok": found.ok, "entries": found.entries, "first_bad": None if bad is None else bad._asdict()}


def doctor(settings: Settings, staff: str, password: str) -> Facts:
    """Check the store and what is around it: {ok, checks: [{name, ok, what}]}. Raises UnlockError, RuleError."""
    try:
        with _opened(settings, staff, password) as store:
            checks = examine(store, settings.home, datetime.now(UTC), anchor_of(settings.home))
    except StoreError as error:
        checks = [unreadable(error)]
    return {"ok": all(check.ok for check in checks), "checks": [_found(check) for check in checks]}


def info(settings: Settings) -> Facts:
    """Versions, paths, and which terminal this is; needs no password and says nothing of customers."""
    enrolled = (settings.home / FILE).exists()
    return {**facts.versions(), "enrolled": enrolled, **facts.paths(settings.home)}


def backup(settings: Settings, staff: str, password: str, folder: Path | None) -> Facts:
    """Copy the store, encrypted as it is, into a new folder. Raises REFUSALS."""
    with _opened(settings, staff, password, "store.backup") as store:
        target, manifest = write_backup(store, settings.home, datetime.now(UTC), folder)
    return {"backup": str(target), "own_entries": manifest.seq, "needed_to_restore": list(manifest.needed)}


def restore(settings: Settings, staff: str, password: str, folder: Path, *, give_up_unsent: bool) -> Facts:
    """Put a backup in the store's place; the old store is kept aside. Raises REFUSALS.

    A machine that has only its device key left gets its unlock file and its name from the backup too.
    """
    check_backup(folder)
    if (settings.home / DEVICE_KEY).exists():
        for name in ("unlock.json", FILE):
            if (folder / name).exists() and not (settings.home / name).exists():
                write_private(settings.home / name, (folder / name).read_bytes())
    dek = _key(settings, staff, password, "store.backup")
    done = put_back(settings.home, folder, dek, datetime.now(UTC), give_up_unsent=give_up_unsent)
    return {
        "restored": str(folder),
        "entries": done.verified.entries,
        "set_aside": None if done.set_aside is None else str(done.set_aside),
    }


@contextmanager
def _opened(settings: Settings, staff: str, password: str, action: Action | None = None) -> Iterator[Store]:
    """The store, opened with somebody's password and closed again."""
    store = Store.open(settings.home / STORE, _key(settings, staff, password, action))
    try:
        yield store
    finally:
        store.close()


def _key(settings: Settings, staff: str, password: str, action: Action | None) -> bytes:
    """The store's key, for somebody who may do `action`. Raises SyncError `not-enrolled`, UnlockError, RuleError."""
    read_device(settings.home)
    unlocked = unlock_file_of(settings).unlock(staff, password, datetime.now(UTC))
    if action is not None:
        require(role_named(unlocked.role), action)
    return unlocked.dek


def _found(check: Check) -> Facts:
    return {"name": check.name, "ok": check.ok, "what": t(f"error.{check.code}", **check.params) if check.code else ""}
