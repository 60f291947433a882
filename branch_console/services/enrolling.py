"""Making this machine a terminal: keys, store, staff, in an order that a power cut cannot leave half done."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from branch_console.rules.errors import RuleError
from branch_console.security.keys import random_key, read_device_key
from branch_console.security.unlock import UnlockFile
from branch_console.services.terminal import ANCHOR, STORE, members
from branch_console.settings import Settings
from branch_console.sync.device import FILE, read_device, write_device
from branch_console.sync.enrol import enrol as ask_central
from branch_console.sync.enrol import sync_once
from branch_console.views import TerminalFacts
from data.anchor import Anchor
from data.store import Store

_HALF_MADE = (STORE, f"{STORE}-wal", f"{STORE}-shm", "unlock.json", "unlock.lock", "device.key", ANCHOR)


def enrol(settings: Settings, url: str, code: str, name: str, ca_file: Path | None = None) -> TerminalFacts:
    """Make this machine a terminal of the code's branch.

    device.json is written last: before that the machine is not enrolled, and what an interrupted attempt left is made
    anew with a new code. Raises RuleError `already_enrolled`, `terminal_name_missing`, SyncError, StoreError.
    """
    home = settings.home
    if (home / FILE).exists():
        raise RuleError("already_enrolled")
    if not name.strip():
        raise RuleError("terminal_name_missing")
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in _HALF_MADE:
        (home / left).unlink(missing_ok=True)
    made = ask_central(url, code, name, ca_file=ca_file, timeout=settings.network_timeout_seconds)
    dek = random_key()
    now = datetime.now(UTC)
    unlock_file = UnlockFile.create(home, now, grant=timedelta(days=settings.grant_days))
    store = Store.create(home / STORE, dek, made.identity)
    try:
        sync_once(store, home, made.device, timeout=settings.network_timeout_seconds)
        unlock_file.seal_for(dek, members(store))
    finally:
        store.close()
    write_device(home, made.device)
    device = made.device
    return TerminalFacts(device.terminal, device.name, device.branch, device.branch_name)


def move_central(settings: Settings, url: str) -> None:
    """Central has another address from now on. Raises SyncError `not-enrolled`."""
    device = read_device(settings.home)
    if device.central_url != url:
        write_device(settings.home, replace(device, central_url=url))


def continue_journal(
    settings: Settings, url: str, code: str, name: str, staff: str, password: str, ca_file: Path | None = None
) -> TerminalFacts:
    """Go on in a new journal under a new name, with all that the store holds (promise G7).

    For a terminal whose history forked: what central lacks is sent under the new name, each act once. Raises
    UnlockError, SyncError, StoreError.
    """
    home = settings.home
    before = read_device(home)
    dek = UnlockFile(home).unlock(staff, password, datetime.now(UTC)).dek
    store = Store.open(home / STORE, dek)
    try:
        made = ask_central(url, code, name or before.name, ca_file=ca_file, timeout=settings.network_timeout_seconds)
        store.continue_in_new_journal(made.identity)
        write_device(home, made.device)
        Anchor(home / ANCHOR, read_device_key(home / "device.key")).attach(store)
        sync_once(store, home, made.device, timeout=settings.network_timeout_seconds)
    finally:
        store.close()
    device = made.device
    return TerminalFacts(device.terminal, device.name, device.branch, device.branch_name)
