"""Feed cursors: opaque to terminals, tied to the epoch and the branch, and not to be made up."""

import hmac
from hashlib import sha256
from typing import NamedTuple

from branch_console.central.problems import ProblemError
from branch_console.rules.journal import MAX_SEQ
from branch_console.security.keys import b64url, unb64url

_MAC = 16


class Place(NamedTuple):
    """Everything of the feed up to `position` has been read; of that batch itself, the entries up to `seq`."""

    position: int
    seq: int = MAX_SEQ


START = Place(0)


def write_cursor(key: bytes, epoch: str, branch: str, place: Place) -> str:
    """The cursor that stands for a place."""
    text = f"1 {epoch} {branch} {place.position} {place.seq}".encode()
    return b64url(_mac(key, text) + text)


def read_cursor(key: bytes, epoch: str, branch: str, cursor: str) -> Place:
    """The place of a cursor. Raises ProblemError resync for one of another epoch or branch, or none of ours."""
    try:
        raw = unb64url(cursor)
        mac, text = raw[:_MAC], raw[_MAC:]
        if not hmac.compare_digest(mac, _mac(key, text)):
            raise ValueError("not ours")
        version, of_epoch, of_branch, position, seq = text.decode().split(" ")
        if (version, of_epoch, of_branch) != ("1", epoch, branch):
            raise ValueError("of another feed")
    except ValueError as error:
        raise ProblemError("resync") from error
    return Place(int(position), int(seq))


def _mac(key: bytes, text: bytes) -> bytes:
    return hmac.digest(key, text, sha256)[:_MAC]
