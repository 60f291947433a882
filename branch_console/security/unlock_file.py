"""The file `unlock.json`: its content, its seal against change, and how it is replaced whole.

The seal (an HMAC under the device key) finds a record that somebody changed or swapped, and failures that somebody
reset. It cannot find that the whole folder was put back to an earlier state.
"""

import hmac
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from branch_console.rules.canonical import canonical
from branch_console.security.keys import hkdf, write_private
from branch_console.security.throttle import Throttle


class UnlockFileError(Exception):
    """The unlock file is missing, was changed by somebody else, or belongs to another machine."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Record(_Strict):
    """One member of staff: either `sealed` (with the credential that opens it) or `wrap`."""

    name: str
    role: str
    must_change: bool
    changed_at: str
    credential: dict[str, JsonValue]
    sealed: dict[str, JsonValue] | None = None
    wrap: dict[str, JsonValue] | None = None


class Content(_Strict):
    """All of the file. Moments are RFC 3339; `seen` is the latest that this terminal knows to have passed."""

    version: Annotated[int, Field(ge=1, le=1)] = 1
    contacted: str
    seen: str
    staff: dict[str, Record] = {}
    throttle: dict[str, Throttle] = {}


def read_content(path: Path, device_key: bytes) -> Content:
    """The content, checked. Raises UnlockFileError."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnlockFileError from error
    mac, _, body = raw.partition(b"\n")
    if not hmac.compare_digest(mac, _mac(body, device_key)):
        raise UnlockFileError
    try:
        return Content.model_validate_json(body)
    except ValidationError as error:
        raise UnlockFileError from error


def write_content(path: Path, content: Content, device_key: bytes) -> None:
    """Replace the file durably. Raises OSError."""
    body = canonical(content.model_dump(mode="json"))
    write_private(path, _mac(body, device_key) + b"\n" + body)


def _mac(body: bytes, device_key: bytes) -> bytes:
    return hmac.new(hkdf(device_key, "unlock-file-v1"), body, sha256).hexdigest().encode()


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Hold the lock that keeps a second console on the same machine from changing the file meanwhile."""
    with path.open("ab") as file:
        _lock(file.fileno())
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        """Wait for the lock; it ends when the file is closed."""
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        """Wait for the lock; it ends when the file is closed."""
        fcntl.flock(handle, fcntl.LOCK_EX)
