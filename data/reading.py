"""Whom queries ask: the store as of now, or an act, as of what it has appended so far."""

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection

from data.identity import Identity


class Reading(Protocol):
    """A `Store` or an `Act`."""

    @property
    def identity(self) -> Identity:
        """Who this terminal is."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one moment. Nothing may be written over it."""
