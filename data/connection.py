"""The encrypted database file: connections with the pragmas in their order, transactions, and errors with a name.

The order of the pragmas and each check stand for a measured trap: docs/security.md.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from branch_console.security.keys import KEY_BYTES
from data.errors import (
    CorruptError,
    DiskFailedError,
    DiskFullError,
    LockedError,
    MissingError,
    NotEncryptedError,
    StoreError,
    WrongKeyError,
)
from data.turn import Turn

PLAIN_HEADER = b"SQLite format 3\x00"
BUSY_MS = 5000
CACHE_KIB = 16_384
"""Decrypted pages that each connection keeps. There are several connections, and look-ups need few pages."""

_ERRORS: dict[int, type[StoreError]] = {
    5: LockedError,  # SQLITE_BUSY
    6: LockedError,  # SQLITE_LOCKED
    8: DiskFailedError,  # SQLITE_READONLY
    10: DiskFailedError,  # SQLITE_IOERR
    11: CorruptError,  # SQLITE_CORRUPT
    13: DiskFullError,  # SQLITE_FULL
    14: DiskFailedError,  # SQLITE_CANTOPEN
    26: WrongKeyError,  # SQLITE_NOTADB
}


class Database:
    """One SQLCipher file. Reading is for every thread at once; one thread of a process writes at a time."""

    def __init__(self, path: Path, key: bytes, *, create: bool = False) -> None:
        """Open, or make, the file. Raises StoreError."""
        if len(key) != KEY_BYTES:  # a shorter one would silently be taken as a passphrase
            raise WrongKeyError
        if not create and not path.exists():
            raise MissingError
        if path.exists():
            _refuse_plain(path)
        self.path = path
        self._key = key
        self._writing = threading.Lock()
        self._turn = Turn(path)
        self.engine: Engine = create_engine(
            "sqlite://",
            module=sqlcipher3,
            creator=self.connect,
            poolclass=QueuePool,
            pool_size=3,
            max_overflow=5,
            hide_parameters=True,
        )
        event.listen(self.engine, "begin", _begin)

    def copy_to(self, target: Path) -> None:
        """Write a copy, as of one moment, under the same key to a new file. Raises StoreError.

        SQLCipher's own backup, from keyed connection to keyed connection: a connection without the key is refused.
        """
        target.touch(mode=0o600, exist_ok=False)
        copy = Database(target, self._key, create=True)
        reading, writing = self.connect(), copy.connect()
        try:
            reading.backup(writing)
            writing.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlcipher3.Error as error:
            raise (named(error) or StoreError()) from error
        finally:
            writing.close()
            reading.close()
            copy.close()
        copy.assert_encrypted()

    def connect(self) -> Any:
        """A driver connection of its own, keyed and checked. Raises StoreError."""
        try:
            connection = sqlcipher3.connect(
                str(self.path), check_same_thread=False, timeout=BUSY_MS / 1000, isolation_level=None
            )
            try:
                _prepare(connection, self._key)
            except BaseException:
                connection.close()
                raise
        except sqlcipher3.Error as error:
            raise (named(error) or StoreError()) from error
        return connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the store. Raises StoreError."""
        with self._errors(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is durable when the block has been left, and leaves no trace when it raises.

        Raises StoreError.
        """
        with self._writing, self._turn.taken(BUSY_MS), self._errors(), self.engine.connect() as connection:
            connection.execution_options(branch_write=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            known = named(error.orig)
            if known is None:
                raise
            if isinstance(known, CorruptError | WrongKeyError):
                self.engine.dispose()  # one bad page poisons later reads on the same connection
            raise known from error

    def assert_encrypted(self) -> None:
        """Check that what is on the disk is not a plain database. Raises NotEncryptedError."""
        _refuse_plain(self.path)

    def close(self) -> None:
        """Close all connections; the write-ahead log is folded into the file by the last one."""
        self.engine.dispose()
        self._turn.close()


def named(error: BaseException | None) -> StoreError | None:
    """The store's error for one of the driver's; None for an error that no disk, key or other process can cause."""
    code = getattr(error, "sqlite_errorcode", None)
    kind = _ERRORS.get(code & 0xFF) if isinstance(code, int) else None
    return None if kind is None else kind()


def _prepare(connection: Any, key: bytes) -> None:
    """Key and pragmas, in this order."""
    run = connection.execute
    run("PRAGMA cipher_log_level = NONE")  # first: its lines would be written over the screen
    run(f"PRAGMA key = \"x'{key.hex()}'\"")
    run("SELECT count(*) FROM sqlite_master").fetchone()  # the key is checked by the first read only
    if not (run("PRAGMA cipher_version").fetchone() or ("",))[0]:
        raise NotEncryptedError
    run("PRAGMA journal_mode = WAL")
    run("PRAGMA synchronous = FULL")
    run("PRAGMA foreign_keys = ON")
    run("PRAGMA secure_delete = ON")
    run("PRAGMA recursive_triggers = ON")  # else INSERT OR REPLACE would slip past the delete triggers
    run(f"PRAGMA busy_timeout = {BUSY_MS}")
    run(f"PRAGMA cache_size = -{CACHE_KIB}")
    run("PRAGMA temp_store = MEMORY")


def _begin(connection: Connection) -> None:
    """Writers take the lock at once, so that what they read stays true until they write."""
    write = connection.get_execution_options().get("branch_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _refuse_plain(path: Path) -> None:
    """Raises NotEncryptedError for a plain SQLite file."""
    try:
        with path.open("rb") as file:
            header = file.read(len(PLAIN_HEADER))
    except OSError as error:
        raise DiskFailedError from error
    if header == PLAIN_HEADER:
        raise NotEncryptedError
