"""What concerns the machine, for whoever cares for machines: the sync, what is held back, the clock, backups, the disk.

No customer is in any of it (requirement S9 of docs/security.md).
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from branch_console.desk.desk import Desk
from branch_console.figure_views.today import MachineLine
from branch_console.locale import t
from branch_console.rules.clock import is_off
from branch_console.services.gifts.words import moment
from branch_console.views import SyncView
from data import queries
from data.doctor import FREE_BYTES

BACKUP_DAYS: Final = 30
"""A backup that is older than this is no comfort."""
_MANIFEST: Final = "manifest.json"
_NAMED: Final = "%Y%m%dT%H%M%SZ"


def machines(desk: Desk, sync: SyncView, home: Path) -> tuple[MachineLine, ...]:
    """One line for each thing that may need somebody."""
    return (
        _waiting(sync),
        _held(sync),
        _contact(sync),
        _clock(sync),
        _reference(sync),
        _backup(desk, home),
        _disk(home),
        _terminals(desk),
        _staff(desk),
    )


def _waiting(sync: SyncView) -> MachineLine:
    label = t("today.machine.sync")
    if sync.drained:
        return MachineLine("sync", label, t("sync.drained.short"), "success", opens=True)
    words = t("sync.pending.count", n=sync.pending) if sync.pending else t("sync.unproven.short")
    return MachineLine("sync", label, words, "warning" if sync.pending else "", opens=True)


def _held(sync: SyncView) -> MachineLine:
    held = sync.quarantined_count
    words = t("sync.held.count", n=held) if held else t("today.machine.held.none")
    return MachineLine("held", t("today.machine.held"), words, "error" if held else "success", opens=True)


def _contact(sync: SyncView) -> MachineLine:
    words = sync.last_contact or t("today.machine.contact.none")
    return MachineLine("contact", t("today.machine.contact"), words, "" if sync.last_contact else "warning", opens=True)


def _clock(sync: SyncView) -> MachineLine:
    label, offset = t("today.machine.clock"), sync.clock_offset_ms
    if offset is None:
        return MachineLine("clock", label, t("today.machine.clock.unknown"), opens=True)
    words = t("today.machine.clock.off", seconds=f"{offset / 1000:+.1f}")
    if is_off(offset):
        return MachineLine("clock", label, words, "error", what_to_do=t("today.machine.clock.do"))
    return MachineLine("clock", label, words, "success", opens=True)


def _reference(sync: SyncView) -> MachineLine:
    label = t("today.machine.reference")
    if not sync.reference_wrong:
        return MachineLine("reference", label, t("today.machine.reference.right"), "success", opens=True)
    return MachineLine("reference", label, ", ".join(sync.reference_wrong), "error", opens=True)


def _backup(desk: Desk, home: Path) -> MachineLine:
    """The newest backup of the folder in which they are made; others may lie elsewhere."""
    label, what_to_do = t("today.machine.backup"), t("today.machine.backup.do")
    made = _newest_backup(home / "backups")
    if made is None:
        return MachineLine("backup", label, t("today.machine.backup.none"), "warning", what_to_do=what_to_do)
    now = desk.now()
    old = (now - made).days >= BACKUP_DAYS
    words = moment(made, desk.store.identity.zone, now)
    return MachineLine("backup", label, words, "warning" if old else "success", what_to_do=what_to_do)


def _newest_backup(folder: Path) -> datetime | None:
    """When it was made, as the folder of a whole backup is named."""
    found = []
    for manifest in folder.glob(f"*Z/{_MANIFEST}"):
        try:
            found.append(datetime.strptime(manifest.parent.name, _NAMED).replace(tzinfo=UTC))
        except ValueError:  # somebody's own folder
            continue
    return max(found, default=None)


def _disk(home: Path) -> MachineLine:
    free = shutil.disk_usage(home).free
    words = t("today.machine.disk.free", gigabytes=f"{free / 1e9:.1f}")
    few = free < FREE_BYTES
    return MachineLine(
        "disk",
        t("today.machine.disk"),
        words,
        "error" if few else "success",
        what_to_do=t("today.machine.disk.do"),
    )


def _terminals(desk: Desk) -> MachineLine:
    """The branch's terminals in service, this one first."""
    serving = [each for each in queries.terminals(desk.store) if each.revoked_at is None]
    serving.sort(key=lambda each: each.terminal != desk.store.identity.terminal)
    names = t("today.machine.and").join(each.name for each in serving)
    words = t("today.machine.terminals.in_service", n=len(serving), names=names)
    return MachineLine("terminals", t("today.machine.terminals"), words, what_to_do=t("today.machine.terminals.do"))


def _staff(desk: Desk) -> MachineLine:
    """How many people can log in on the branch's terminals."""
    active = [each for each in queries.staff_list(desk.store) if each.active]
    words = t("today.machine.staff.active", n=len(active))
    return MachineLine("staff", t("today.machine.staff"), words, what_to_do=t("today.machine.staff.do"))
