"""Where everything of this terminal is, of which version, and how much of it there is."""

from pathlib import Path
from typing import NamedTuple

import sqlcipher3

from branch_console import __version__
from data.doctor import counts
from data.migrate import REVISIONS
from data.store import Store

FILES = ("device.json", "device.key", "unlock.json", "anchor.json", "store.db", "logs", "backups", "central")


class Info(NamedTuple):
    """Everything that a person asks for first when something is wrong. No customer's data."""

    versions: dict[str, str]
    paths: dict[str, str]
    identity: dict[str, str]
    journal: dict[str, str | int]
    counts: dict[str, int]


def versions() -> dict[str, str]:
    """Versions of the console, of the store's tables, and of the cipher."""
    connection = sqlcipher3.connect(":memory:")
    try:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()[0]
    finally:
        connection.close()
    return {
        "console": __version__,
        "store": REVISIONS[-1],
        "sqlcipher": str(cipher),
        "sqlite": str(sqlcipher3.sqlite_version),
    }


def paths(home: Path) -> dict[str, str]:
    """Every file and folder of this terminal that there is."""
    return {"home": str(home)} | {name: str(home / name) for name in FILES if (home / name).exists()}


def info(store: Store, home: Path) -> Info:
    """All of it, of an opened store."""
    head = store.head()
    cursor, epoch = store.cursor()
    identity = store.identity
    return Info(
        versions=versions(),
        paths=paths(home),
        identity={"terminal": identity.terminal, "branch": identity.branch, "timezone": identity.timezone},
        journal={
            "seq": head.seq,
            "hash": head.hash,
            "pending": store.pending_count(),
            "epoch": epoch or "",
            "cursor": cursor or "",
            "bytes": store.database.path.stat().st_size,
        },
        counts=counts(store),
    )
