"""The invented day in one transaction: a thousand acts that nobody waits for need no thousand waits for the disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from sqlalchemy import Connection

from data.connection import Database
from data.store import Store


class _Open:
    """A database of which one transaction is open: who reads sees what was just written, and nobody commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The open transaction."""
        yield self._connection

    write = read


@contextmanager
def at_once(store: Store) -> Iterator[Store]:
    """A store whose acts are all durable when the block has been left, and without a trace when it raises.

    Each act is checked, sealed, folded and listed as ever; only the commits are put off. Nobody else may write
    meanwhile, and an act that raises must not be caught.
    """
    with store.database.write() as connection:
        yield Store(cast("Database", _Open(connection)), store.identity, store.published)
    if store.on_head is not None:
        store.on_head(store.identity.terminal, store.head())
