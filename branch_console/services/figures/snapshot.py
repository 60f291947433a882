"""One moment of the store for all questions of one view, so that its numbers belong together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

from data.identity import Identity
from data.store import Store


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What queries ask instead of the store (a `data.reading.Reading`)."""

    identity: Identity
    connection: Connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The one connection, which sees one moment."""
        yield self.connection


@contextmanager
def snapshot(store: Store) -> Iterator[Snapshot]:
    """One moment of a store. Raises StoreError."""
    with store.reading() as connection:
        yield Snapshot(store.identity, connection)
