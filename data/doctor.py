"""What may be wrong with this terminal's store and its surroundings; each finding has a code with words."""

import os
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection, select

from branch_console.rules.clock import is_off, parse
from data import meta
from data.anchor import Anchor, AnchorError
from data.books import wrong_balances
from data.connection import PLAIN_HEADER
from data.errors import CorruptError, StoreError
from data.published import out_of_order
from data.store import Store
from data.tables import ChainRow, table

FREE_BYTES = 500_000_000
COUNTED = (
    "entry",
    "state",
    "journey_row",
    "claim_row",
    "stock_move",
    "case_row",
    "person_facts",
    "unfolded",
    "quarantined",
    "draft",
)
PRIVATE = ("device.json", "device.key", "unlock.json", "anchor.json", "store.db", "store.db-wal", "store.db-shm")

_CHAIN = table(ChainRow)


class Check(NamedTuple):
    """One thing looked at. `code` says what was found (empty when all is well), `params` fill its words."""

    name: str
    ok: bool
    code: str = ""
    params: Mapping[str, str | int] = MappingProxyType({})


def doctor(store: Store, home: Path, now: datetime, anchor: Anchor | None = None) -> list[Check]:
    """Look at everything; nothing is changed."""
    with store.database.read() as connection:
        checks = [_clock(connection, store, now), _confirmed(connection)]
    return [
        *_pages(store),
        *checks,
        _books(store),
        _header(store),
        _disk(home),
        *_permissions(home),
        *_anchor(store, anchor),
        _unused(store),
        _reference(store, now),
    ]


def _pages(store: Store) -> list[Check]:
    """Every page's seal, the structure of tables and indexes, and references between tables."""
    checks = []
    for name, pragma, right in (
        ("pages", "cipher_integrity_check", []),
        ("structure", "quick_check", ["ok"]),
        ("references", "foreign_key_check", []),
    ):
        try:
            with store.database.read() as connection:
                ok = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")] == right
        except CorruptError:
            ok = False
        checks.append(Check(name, ok=ok, code="" if ok else f"doctor_{name}"))
    return checks


def _header(store: Store) -> Check:
    with store.database.path.open("rb") as file:
        encrypted = file.read(len(PLAIN_HEADER)) != PLAIN_HEADER
    return Check("encryption", ok=encrypted, code="" if encrypted else "doctor_encryption")


def _clock(connection: Connection, store: Store, now: datetime) -> Check:
    """The wall clock against the own journal, and against central as last measured."""
    own = select(_CHAIN.c.clock).where(_CHAIN.c.terminal == store.identity.terminal)
    last = connection.execute(own).scalar_one_or_none()
    behind = parse(last)[0] - int(now.timestamp() * 1000) if last else 0
    offset = int(meta.get(connection, "fact.clock_offset_ms") or 0)
    worst = max(behind, abs(offset))
    if is_off(worst):
        return Check("clock", ok=False, code="doctor_clock", params={"seconds": worst // 1000})
    return Check("clock", ok=True)


def _confirmed(connection: Connection) -> Check:
    restored = meta.get(connection, meta.RESTORED)
    return Check("history", ok=restored is None, code="" if restored is None else "doctor_history")


def _books(store: Store) -> Check:
    """Balances of stock: the sums of what claims and stock documents moved, and nothing else."""
    try:
        with store.database.read() as connection:
            wrong = wrong_balances(connection)
    except CorruptError:
        return Check("books", ok=False, code="doctor_pages")
    return Check("books", ok=not wrong, code="doctor_books" if wrong else "", params={"n": len(wrong)} if wrong else {})


def _disk(home: Path) -> Check:
    free = shutil.disk_usage(home).free
    if free < FREE_BYTES:
        return Check("disk", ok=False, code="doctor_disk", params={"megabytes": free // 1_000_000})
    return Check("disk", ok=True)


def _permissions(home: Path) -> list[Check]:
    """No other user of the machine may read what is private."""
    if os.name == "nt":
        return []
    open_files = [name for name in PRIVATE if (home / name).exists() and (home / name).stat().st_mode & 0o077]
    if open_files:
        return [Check("permissions", ok=False, code="doctor_permissions", params={"files": ", ".join(open_files)})]
    return [Check("permissions", ok=True)]


def _anchor(store: Store, anchor: Anchor | None) -> list[Check]:
    if anchor is None:
        return []
    try:
        known = anchor.read()
    except AnchorError:
        return [Check("anchor", ok=False, code="doctor_anchor")]
    right = not known.seq or store.holds(known.terminal, known.seq, known.hash)
    return [Check("anchor", ok=right, code="" if right else "doctor_rolled_back")]


def _unused(store: Store) -> Check:
    count = len(store.quarantined())
    if count:
        return Check("quarantine", ok=False, code="doctor_quarantine", params={"n": count})
    return Check("quarantine", ok=True)


def _reference(store: Store, now: datetime) -> Check:
    """Reference data: everything as central signed it, nothing past its date."""
    wrong = out_of_order(store.published, now)
    if wrong:
        return Check("reference", ok=False, code="doctor_reference", params={"names": ", ".join(sorted(wrong))})
    return Check("reference", ok=True)


def counts(store: Store) -> dict[str, int]:
    """How much the store holds."""
    with store.database.read() as connection:
        return {
            name: int(connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one())  # noqa: S608  fixed names
            for name in COUNTED
        }


def unreadable(error: StoreError) -> Check:
    """The finding when the store does not even open."""
    return Check("store", ok=False, code=error.code, params=error.params)
