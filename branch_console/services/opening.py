"""From a password to an open store: who may log in on this terminal, and what stands in the way, in words."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from branch_console.rules.errors import RuleError
from branch_console.rules.reference import Reference
from branch_console.rules.staff import ROLES, Role, StaffState, subject_for
from branch_console.security.keys import KeyFileError, read_device_key
from branch_console.security.unlock import Member, Unlocked, UnlockFile
from branch_console.settings import Settings
from branch_console.sync.device import FILE, read_device
from branch_console.views import StaffChoice
from data import queries
from data.anchor import Anchor
from data.errors import DiskFailedError
from data.store import Store

STORE = "store.db"
ANCHOR = "anchor.json"
DEVICE_KEY = "device.key"


class Opened(NamedTuple):
    """A store that a password has opened."""

    store: Store
    unlock_file: UnlockFile
    unlocked: Unlocked


def staff_choices(settings: Settings) -> tuple[StaffChoice, ...]:
    """Who can log in on this terminal. Raises UnlockError, RuleError `keys_erased`."""
    return tuple(StaffChoice(each.staff_id, each.name, each.role) for each in unlock_file_of(settings).staff())


def read_ahead(settings: Settings) -> None:
    """Read the reference documents that came with the program: central has most likely published the same texts.

    Documents are read once in the life of a process, so the login then finds them read. What counts is what central
    signed, always.
    """
    folder = settings.reference_dir
    texts = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.toml")}
    Reference.parse(texts, problems=[])


def open_store(settings: Settings, staff: str, password: str) -> Opened:
    """Open the store with somebody's password, and compare it with its anchor.

    Without any contact for longer than the grant, central is reached first. Raises UnlockError, StoreError, RuleError,
    SyncError.
    """
    unlock_file = unlock_file_of(settings)
    unlocked = unlock_file.unlock(staff, password, datetime.now(UTC))
    store = Store.open(settings.home / STORE, unlocked.dek)
    try:
        try:
            anchor_of(settings.home).attach(store)
        except OSError as error:
            raise DiskFailedError from error
        if unlocked.expired:
            _contact_central(settings, store, unlock_file, unlocked.dek)
    except BaseException:
        store.close()
        raise
    return Opened(store, unlock_file, unlocked)


def unlock_file_of(settings: Settings) -> UnlockFile:
    """The unlock file of this terminal. Raises RuleError `keys_erased` when central has revoked it."""
    if keys_erased(settings.home):
        raise RuleError("keys_erased")
    return UnlockFile(settings.home, grant=timedelta(days=settings.grant_days))


def keys_erased(home: Path) -> bool:
    """Whether this machine was a terminal whose keys are gone: no password opens its store any more."""
    return (home / FILE).exists() and not (home / DEVICE_KEY).exists()


def anchor_of(home: Path) -> Anchor:
    """The anchor, with the device key that seals it. Raises RuleError `device_key_missing`."""
    try:
        return Anchor(home / ANCHOR, read_device_key(home / DEVICE_KEY))
    except KeyFileError as error:
        raise RuleError("device_key_missing") from error


def members(store: Store) -> list[Member]:
    """The active staff of the branch who have a credential."""
    return [
        Member(each.staff_id, each.name, each.role, each.credential.model_dump())
        for each in queries.staff_list(store)
        if each.active and each.credential is not None
    ]


def member_of(store: Store, staff: str) -> StaffState:
    """A member of staff as central last wrote them. Raises RuleError `staff_inactive`."""
    state = store.state(subject_for("staff", staff))
    if not isinstance(state, StaffState) or not state.active:
        raise RuleError("staff_inactive")
    return state


def role_named(name: str) -> Role:
    """The role of that name. Raises RuleError `role_unknown` for one of a newer version."""
    for role in ROLES:
        if role == name:
            return role
    raise RuleError("role_unknown", role=name)


def _contact_central(settings: Settings, store: Store, unlock_file: UnlockFile, dek: bytes) -> None:
    """Nobody may work before central has been reached and the staff are up to date. Raises SyncError."""
    from branch_console.sync.enrol import sync_once  # noqa: PLC0415  the network is needed once in a long while

    device = read_device(settings.home)
    status = sync_once(store, settings.home, device, timeout=settings.network_timeout_seconds)
    unlock_file.heard(datetime.fromisoformat(str(status["last_contact"])))
    unlock_file.seal_for(dek, members(store))
