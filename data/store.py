"""The terminal's store: journal, states and rows in one encrypted file, for many threads and several processes."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from branch_console.rules.journal import Entry, format_at
from branch_console.rules.reference import Reference
from branch_console.security.signing import check_checkpoint
from data import forking, meta, outbox
from data.act import Act
from data.case_projection import read_again
from data.connection import Database
from data.errors import DiskFailedError, ExistsError, StoreError
from data.feed import Applied, new_entries, put_broken, sound, take_in
from data.identity import Identity
from data.journal import START, Head, heads
from data.migrate import is_current, migrate
from data.outbox import Batch, Quarantined
from data.projection import project
from data.published import Published, load_published
from data.states import States, entries_of
from data.statistics.due import note_reference
from data.unused import QuarantinedEntry, unused
from data.upgrade import fold_stale, is_stale

__all__ = ["Act", "Applied", "Batch", "Head", "Identity", "Quarantined", "QuarantinedEntry", "Store", "StoreError"]


class Store:
    """One terminal's store. Everything here may wait for the disk: never call it on the thread that draws."""

    def __init__(self, database: Database, identity: Identity, published: Published | None = None) -> None:
        """Use `create` or `open`."""
        self.database = database
        self.identity = identity
        self._published = published
        self._publishing = threading.Lock()
        self.on_head: Callable[[str, Head], None] | None = None
        """Called after every act with this terminal and its new head; the anchor is kept with it."""

    @classmethod
    def create(cls, path: Path, key: bytes, identity: Identity) -> "Store":
        """Make a new store. Raises ExistsError rather than touch an existing one, and other StoreErrors."""
        try:
            path.touch(mode=0o600, exist_ok=False)  # the log beside it takes over the mode
        except FileExistsError as error:
            raise ExistsError from error
        except OSError as error:
            raise DiskFailedError from error
        database = Database(path, key, create=True)
        with database.write() as connection:
            migrate(connection)
            meta.put(connection, meta.IDENTITY, identity.dump())
        database.assert_encrypted()
        return cls._ready(database)

    @classmethod
    def open(cls, path: Path, key: bytes) -> "Store":
        """Open a store; migrates and folds anew what an older version left. Raises StoreError."""
        database = Database(path, key)
        try:
            with database.read() as connection:
                current = is_current(connection)
            if not current:
                with database.write() as connection:
                    migrate(connection)
            return cls._ready(database)
        except BaseException:
            database.close()
            raise

    @classmethod
    def _ready(cls, database: Database) -> "Store":
        with database.read() as connection:
            identity = Identity.load(meta.get(connection, meta.IDENTITY) or "")
            stale = is_stale(connection)
        store = cls(database, identity)
        if stale:
            reference = store.reference
            with database.write() as connection:
                fold_stale(connection, reference, identity)
        return store

    def close(self) -> None:
        """Close all connections."""
        self.database.close()

    @property
    def published(self) -> Published:
        """What central published; read when first asked for: a sync that has nothing to take in never asks."""
        with self._publishing:
            if self._published is None:
                with self.database.read() as connection:
                    self._published = load_published(connection, self.identity.central_key)
            return self._published

    @published.setter
    def published(self, published: Published) -> None:
        with self._publishing:
            self._published = published

    @property
    def reference(self) -> Reference:
        """The reference data in force: published by central, hash and signature checked."""
        return self.published.reference

    @contextmanager
    def act(self, staff: str | None, now: datetime) -> Iterator[Act]:
        """One act: durable when the block has been left, without a trace when it raises. Raises StoreError."""
        with self.database.write() as connection:
            act = Act(connection, self.identity, self.reference, staff, now)
            yield act
            act.finish()
        if self.on_head is not None and act.appended:
            self.on_head(self.identity.terminal, act.head)

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one moment of the store, for queries."""
        return self.database.read()

    def state(self, subject: str) -> Any | None:
        """The folded state of a subject, None when nothing is known of it."""
        with self.database.read() as connection:
            return States(connection, self.reference, self.identity.terminal).state(subject)

    def states(self, subjects: Sequence[str]) -> dict[str, Any]:
        """The folded states of several subjects; those of which nothing is known are left out."""
        with self.database.read() as connection:
            states = States(connection, self.reference, self.identity.terminal)
            states.load(subjects)
            found = {subject: states.state(subject) for subject in subjects}
        return {subject: state for subject, state in found.items() if state is not None}

    def entries(self, subject: str) -> list[Entry]:
        """All entries about a subject, in total order."""
        with self.database.read() as connection:
            return entries_of(connection, subject)

    def head(self) -> Head:
        """Where the own journal ends."""
        own = self.identity.terminal
        with self.database.read() as connection:
            return heads(connection, (own,)).get(own, START)

    def hash_at(self, seq: int) -> str | None:
        """The hash of the own entry `seq`, None when there is none: to compare with central's head."""
        with self.database.read() as connection:
            return outbox.hash_at(connection, self.identity.terminal, seq)

    def holds(self, terminal: str, seq: int, digest: str) -> bool:
        """Whether this entry stands here, or stood here before it was carried over to another journal."""
        with self.database.read() as connection:
            here = outbox.hash_at(connection, terminal, seq) == digest
            return here or forking.moved(connection, terminal, seq, digest)

    def pending(self, limit: int = 1000, max_bytes: int = 900_000) -> Batch:
        """What to push next, at most `limit` entries and about `max_bytes`; the same again until acknowledged."""
        if self.pending_count() == 0:
            return outbox.EMPTY
        with self.database.write() as connection:
            return outbox.next_batch(connection, self.identity, limit, max_bytes, datetime.now(UTC))

    def pending_count(self) -> int:
        """How many own entries central has not confirmed."""
        with self.database.read() as connection:
            return outbox.waiting(connection, self.identity.terminal)

    def acknowledge(
        self, through: int, head_hash: str, quarantined: Sequence[Quarantined], epoch: str, at: datetime
    ) -> None:
        """Central of that epoch holds the own journal up to `through`. Raises ForkError if it holds another one.

        An answer of another epoch than the agreed one acknowledges nothing.
        """
        with self.database.write() as connection:
            if epoch == outbox.agreed_epoch(connection, self.identity):
                outbox.acknowledge(connection, self.identity, through, head_hash, quarantined, at)

    def rewind(self, through: int) -> None:
        """Central holds only the own entries up to `through`: what follows waits to be sent again."""
        with self.database.write() as connection:
            outbox.agree_through(connection, self.identity.terminal, through)

    def keep_checkpoint(self, checkpoint: Mapping[str, object]) -> None:
        """Keep central's signed head of this terminal's journal. Raises SignatureError when central did not sign it."""
        check_checkpoint(self.identity.central_key, checkpoint)
        with self.database.write() as connection:
            outbox.keep_checkpoint(connection, checkpoint)

    def apply_feed(self, entries: list[Entry], cursor: str, epoch: str) -> Applied:
        """Take in a page of the feed and its cursor, in one transaction. What does not fit is kept aside and listed."""
        good, broken = sound(entries)
        with self.database.write() as connection:
            fresh, after = new_entries(connection, good, self.identity.terminal, broken)
            applied = Applied(broken=broken, added=len(fresh))
            published = self.published
            if fresh:
                published = self._take_in(connection, fresh, after, applied)
            if broken:
                put_broken(connection, broken, format_at(datetime.now(UTC)))
            meta.put(connection, meta.CURSOR, cursor)
            meta.put(connection, meta.EPOCH, epoch)
        self.published = published
        return applied

    def _take_in(
        self, connection: Connection, fresh: list[Entry], after: dict[str, Head], applied: Applied
    ) -> Published:
        """Insert, fold and project; returns the reference data in force afterwards."""
        states = States(connection, self.reference, self.identity.terminal)
        applied.subjects = take_in(connection, fresh, after, states)
        kinds = {subject.partition("/")[0] for subject in applied.subjects}
        applied.staff_changed, applied.reference_changed = "staff" in kinds, "reference" in kinds
        published = self.published
        if applied.reference_changed:
            published = load_published(connection, self.identity.central_key)
        project(connection, states.flush(), published.reference, self.identity)
        if applied.reference_changed:
            read_again(connection, published.reference, self.identity)
            note_reference(connection, published.reference, self.identity)
        return published

    def mark_restored(self) -> None:
        """Note that this store may be older than what central holds of it: nothing is pushed before that is known."""
        with self.database.write() as connection:
            forking.mark_restored(connection)

    def must_confirm(self) -> bool:
        """Whether central's head must be confirmed before anything is pushed."""
        with self.database.read() as connection:
            return meta.get(connection, meta.RESTORED) is not None

    def continue_in_new_journal(self, identity: Identity) -> int:
        """Go on as another terminal (after a new enrolment), carrying over all acts that central has not confirmed.

        Returns how many. Raises WrongBranchError.
        """
        with self.database.write() as connection:
            carried = forking.continue_in_new_journal(connection, self.identity, identity, self.reference)
        self.identity = identity
        if self.on_head is not None:
            self.on_head(identity.terminal, self.head())
        return carried

    def forget_old_pages(self) -> None:
        """Fold the write-ahead log into the file, so that pages from before an erasure are gone from the disk."""
        connection = self.database.connect()
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def reload_reference(self) -> None:
        """Take over reference data that another process has received."""
        with self.database.read() as connection:
            self.published = load_published(connection, self.identity.central_key)

    def cursor(self) -> tuple[str | None, str | None]:
        """Where the feed goes on, and the epoch of central that the place belongs to."""
        with self.database.read() as connection:
            return meta.get(connection, meta.CURSOR), meta.get(connection, meta.EPOCH)

    def reset_feed(self, epoch: str) -> None:
        """Read the feed from its start again; what is held already is recognised and left as it is."""
        with self.database.write() as connection:
            meta.drop(connection, meta.CURSOR)
            meta.put(connection, meta.EPOCH, epoch)

    def quarantined(self) -> list[QuarantinedEntry]:
        """Entries that could not be used: by central, or here."""
        with self.database.read() as connection:
            return unused(connection)

    def meta(self, name: str) -> str | None:
        """A small fact, None when it was never set."""
        with self.database.read() as connection:
            return meta.get(connection, f"fact.{name}")

    def set_meta(self, name: str, value: str) -> None:
        """Set a small fact."""
        with self.database.write() as connection:
            meta.put(connection, f"fact.{name}", value)
