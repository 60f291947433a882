"""Making this machine a terminal: keys, store, staff, in an order that a power cut cannot leave half done."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from branch_console.rules.errors import RuleError
from branch_console.security.keys import random_key
from branch_console.security.unlock import UnlockFile
from branch_console.services.opening import ANCHOR, DEVICE_KEY, STORE, anchor_of, keys_erased, members, unlock_file_of
from branch_console.settings import Settings
from branch_console.sync.device import FILE, Device, read_device, write_device
from branch_console.sync.enrol import Enrolled, continue_in_new_journal, sync_once
from branch_console.sync.enrol import enrol as ask_central
from branch_console.views import TerminalFacts
from data.store import Store

_STORE_FILES = (STORE, f"{STORE}-wal", f"{STORE}-shm", f"{STORE}-turn")
_HALF_MADE = (*_STORE_FILES, "unlock.json", "unlock.lock", DEVICE_KEY, ANCHOR)


def enrol(settings: Settings, url: str, code: str, name: str, ca_file: Path | None = None) -> TerminalFacts:
    """Make this machine a terminal of the code's branch.

    device.json is written last: before that the machine is not enrolled, and what an interrupted attempt left is made
    anew with a new code. A revoked terminal may be enrolled again; its old store, which nobody can read, is kept aside.
    Raises RuleError `already_enrolled`, `terminal_name_missing`, `branch_without_staff`, SyncError, StoreError.
    """
    home = settings.home
    if (home / FILE).exists() and not keys_erased(home):
        raise RuleError("already_enrolled")
    if not name.strip():
        raise RuleError("terminal_name_missing")
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = ask_central(url, code, name, ca_file=ca_file, timeout=settings.network_timeout_seconds)
    _clear(home)
    try:
        _make(settings, made)
    except BaseException:
        _remove_half_made(home)
        raise
    write_device(home, made.device)
    return _facts(made.device)


def _make(settings: Settings, made: Enrolled) -> None:
    """Keys, store and the branch's staff. Raises RuleError, SyncError, StoreError."""
    home, dek = settings.home, random_key()
    unlock_file = UnlockFile.create(home, datetime.now(UTC), grant=timedelta(days=settings.grant_days))
    store = Store.create(home / STORE, dek, made.identity)
    try:
        sync_once(store, home, made.device, timeout=settings.network_timeout_seconds)
        staff = members(store)
        if not staff:  # without a login there is no sync, and without sync nobody would ever be able to log in
            raise RuleError("branch_without_staff")
        unlock_file.seal_for(dek, staff)
        anchor_of(home).attach(store)
    finally:
        store.close()


def _clear(home: Path) -> None:
    """Make room: the store of a revoked terminal goes aside, what an interrupted attempt left goes for ever."""
    if (home / FILE).exists():
        aside = home / "backups" / f"revoked-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z"
        aside.mkdir(mode=0o700, parents=True)
        for left in (*_STORE_FILES, ANCHOR, FILE):
            if (home / left).exists():
                (home / left).replace(aside / left)
    _remove_half_made(home)


def _remove_half_made(home: Path) -> None:
    for left in _HALF_MADE:
        (home / left).unlink(missing_ok=True)


def move_central(settings: Settings, url: str) -> None:
    """Central has another address from now on. Raises SyncError `not-enrolled`."""
    device = read_device(settings.home)
    if device.central_url != url:
        write_device(settings.home, replace(device, central_url=url))


def continue_journal(
    settings: Settings, url: str, code: str, name: str, staff: str, password: str, ca_file: Path | None = None
) -> TerminalFacts:
    """Go on in a new journal under a new name, with all that the store holds (promise G7).

    For a terminal whose history forked: what central lacks is sent under the new name, each act once. Nothing changes
    here unless central accepts the code. Raises UnlockError, RuleError, SyncError, StoreError.
    """
    home, patience = settings.home, settings.network_timeout_seconds
    read_device(home)
    dek = unlock_file_of(settings).unlock(staff, password, datetime.now(UTC)).dek
    continue_in_new_journal(home, dek, url, code, name, ca_file=ca_file, timeout=patience)
    device = read_device(home)
    store = Store.open(home / STORE, dek)
    try:
        anchor_of(home).attach(store)
        sync_once(store, home, device, timeout=patience)
    finally:
        store.close()
    return _facts(device)


def _facts(device: Device) -> TerminalFacts:
    return TerminalFacts(device.terminal, device.name, device.branch, device.branch_name, device.timezone)
