"""Backup and restore of a terminal's store. A backup is as encrypted as the store, under the same key.

To restore one needs: the backup's folder, this machine's device key (it is not in the backup: a stolen backup alone is
worthless) and the password of somebody who could log in when the backup was made. Without them, enrol anew; central
holds everything that was sent.
"""

import shutil
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

import orjson

from branch_console.security.keys import sync_folder, write_private
from data.errors import BackupError, CorruptError, ExistsError, MissingError, NotDrainedError, WrongKeyError
from data.migrate import REVISIONS
from data.store import Store
from data.verify import Verified, verify

FILES = ("store.db", "unlock.json", "device.json")
MANIFEST = "manifest.json"
NEEDED = ("device.key of this machine", "the password of a member of staff who could log in at that time")


class Manifest(NamedTuple):
    """What a backup holds: the own journal up to at least `seq`; `files`: name → SHA-256 and bytes."""

    made_at: str
    terminal: str
    branch: str
    seq: int
    hash: str
    revision: str
    files: dict[str, tuple[str, int]]
    needed: tuple[str, ...]


class Restored(NamedTuple):
    """What a restore did: where the old store was put (None: there was none), and what the new one holds."""

    set_aside: Path | None
    manifest: Manifest
    verified: Verified


def backup(store: Store, home: Path, now: datetime, folder: Path | None = None) -> tuple[Path, Manifest]:
    """Copy the store, as of one moment and while it is in use. Raises ExistsError rather than overwrite, StoreError.

    Without `folder`: a new one, named by the time, under `<home>/backups`.
    """
    moment = now.astimezone(UTC)
    target = folder or home / "backups" / f"{moment:%Y%m%dT%H%M%S}Z"
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.mkdir(mode=0o700)
    except FileExistsError as error:
        raise ExistsError from error
    head = store.head()
    store.database.copy_to(target / "store.db")
    for name in FILES[1:]:
        if (home / name).exists():
            write_private(target / name, (home / name).read_bytes())
    manifest = Manifest(
        made_at=moment.isoformat(timespec="seconds"),
        terminal=store.identity.terminal,
        branch=store.identity.branch,
        seq=head.seq,
        hash=head.hash,
        revision=REVISIONS[-1],
        files={name: _digest(target / name) for name in FILES if (target / name).exists()},
        needed=NEEDED,
    )
    write_private(target / MANIFEST, orjson.dumps(manifest._asdict(), option=orjson.OPT_INDENT_2))
    return target, manifest


def check_backup(folder: Path) -> Manifest:
    """What a backup holds; every file is what its manifest says. Raises BackupError, MissingError."""
    if not (folder / MANIFEST).exists():
        raise MissingError
    try:
        fields = orjson.loads((folder / MANIFEST).read_bytes())
        files = {str(name): (str(digest), int(size)) for name, (digest, size) in fields.pop("files").items()}
        manifest = Manifest(files=files, **(fields | {"needed": tuple(fields["needed"])}))
        right = set(files) <= set(FILES) and "store.db" in files
        if not right or any(_digest(folder / name) != found for name, found in files.items()):
            raise BackupError
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BackupError from error
    return manifest


def restore(home: Path, folder: Path, key: bytes, now: datetime, *, give_up_unsent: bool = False) -> Restored:
    """Put a backup in the place of the store; the old store is kept aside. No console may be open.

    The backup is checked whole before anything is replaced, and marked, so that nothing is pushed before its head has
    been compared with central's. Raises BackupError, WrongKeyError, and NotDrainedError when the present store holds
    acts that were never sent, unless `give_up_unsent`.
    """
    manifest = check_backup(folder)
    incoming = home / ".store.incoming"
    _remove(incoming)
    shutil.copyfile(folder / "store.db", incoming)
    incoming.chmod(0o600)
    try:
        verified = _prepared(incoming, key)
        current = home / "store.db"
        if current.exists() and not give_up_unsent:
            _refuse_unsent(current, key)
        aside = _set_aside(home, now)
        incoming.replace(current)
    finally:
        _remove(incoming)
    if not (home / "unlock.json").exists() and "unlock.json" in manifest.files:
        write_private(home / "unlock.json", (folder / "unlock.json").read_bytes())
    sync_folder(home)
    return Restored(aside, manifest, verified)


def _prepared(path: Path, key: bytes) -> Verified:
    """Check a copy and mark it as restored, all in one file (no write-ahead log left beside it)."""
    store = Store.open(path, key)
    try:
        verified = verify(store)
        if not verified.ok:
            raise BackupError
        store.mark_restored()
        store.forget_old_pages()
    finally:
        store.close()
    return verified


def _refuse_unsent(path: Path, key: bytes) -> None:
    """Raises NotDrainedError when the store can be read and holds acts that central has not confirmed."""
    try:
        store = Store.open(path, key)
    except (CorruptError, WrongKeyError):
        return  # nothing can be read out of it; it is kept aside all the same
    try:
        waiting = store.pending_count()
    finally:
        store.close()
    if waiting:
        raise NotDrainedError(n=waiting)


def _set_aside(home: Path, now: datetime) -> Path | None:
    """Move the present store, with its log, into a folder of its own."""
    present = [home / f"store.db{suffix}" for suffix in ("", "-wal", "-shm")]
    if not present[0].exists():
        return None
    aside = home / "backups" / f"replaced-{now.astimezone(UTC):%Y%m%dT%H%M%S}Z"
    try:
        aside.mkdir(mode=0o700, parents=True)
    except FileExistsError as error:
        raise ExistsError from error
    for path in present:
        if path.exists():
            path.replace(aside / path.name)
    return aside


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest(), path.stat().st_size


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-turn"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
