"""The newest known head of the own journal, kept outside the database: a database put back to an older state shows.

It stands on the same disk, so it cannot show that the whole folder was put back; central's head does that.
"""

import hmac
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import orjson

from branch_console.rules.canonical import canonical
from branch_console.security.keys import hkdf, write_private
from data.journal import Head
from data.store import Store


class AnchorHead(NamedTuple):
    """What the anchor says."""

    terminal: str
    seq: int
    hash: str


class AnchorError(Exception):
    """The anchor is missing, or was not written by this machine."""


class Anchor:
    """The file `anchor.json`, sealed with a key derived from the device key."""

    def __init__(self, path: Path, device_key: bytes) -> None:
        self._path = path
        self._key = hkdf(device_key, "anchor-v1")

    def read(self) -> AnchorHead:
        """The head. Raises AnchorError."""
        try:
            fields = orjson.loads(self._path.read_bytes())
            found = AnchorHead(fields["terminal"], fields["seq"], fields["hash"])
            right = hmac.compare_digest(fields["mac"], self._mac(found))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise AnchorError from error
        if not right:
            raise AnchorError
        return found

    def write(self, terminal: str, head: Head) -> None:
        """Note the head. Raises OSError."""
        found = AnchorHead(terminal, head.seq, head.hash)
        write_private(self._path, canonical({**found._asdict(), "mac": self._mac(found)}), durable=False)

    def follow(self, terminal: str, head: Head) -> None:
        """Note the head after an act. The act is saved, so a failure to note it must not look like one of the act."""
        with suppress(OSError):
            self.write(terminal, head)

    def attach(self, store: Store) -> str | None:
        """Compare with an opened store, then follow it; returns what is wrong, as a code.

        anchor-missing: nothing to compare with. rolled-back: the store is older than the anchor, or another one; it
        is marked, so that nothing is pushed before its head has been compared with central's.
        """
        problem = self._compare(store)
        if problem == "rolled-back":
            store.mark_restored()
        self.write(store.identity.terminal, store.head())
        store.on_head = self.follow
        return problem

    def _compare(self, store: Store) -> str | None:
        try:
            known = self.read()
        except AnchorError:
            return "anchor-missing"
        if known.seq and not store.holds(known.terminal, known.seq, known.hash):
            return "rolled-back"
        return None

    def _mac(self, found: AnchorHead) -> str:
        return hmac.new(self._key, canonical(found._asdict()), sha256).hexdigest()
