"""Keys and the private files that hold them: derivation, base64url, files of mode 0600 that are replaced whole."""

import base64
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
PRIVATE_MODE = 0o600


class KeyFileError(OSError):
    """A key file is missing, has another length than a key, or can be read by other people."""


def random_key() -> bytes:
    """A new random 256-bit key."""
    return secrets.token_bytes(KEY_BYTES)


def hkdf(secret: bytes, info: str, *, salt: bytes | None = None) -> bytes:
    """A 256-bit key for one purpose, named by `info`, from a secret (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info.encode()).derive(secret)


def b64url(value: bytes) -> str:
    """Base64url without padding (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def unb64url(text: str) -> bytes:
    """The bytes behind base64url without padding. Raises ValueError for anything else."""
    try:
        value = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise ValueError("not base64url") from error
    if b64url(value) != text:  # unused bits set, or padding given: two texts must never mean the same bytes
        raise ValueError("not base64url without padding")
    return value


def write_private(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Replace a file whole (and durably: fsync, rename, fsync of the folder); mode 0600. Raises OSError."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_MODE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    if durable:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Windows has no such call and needs none. Raises OSError."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def erase_file(path: Path) -> None:
    """Overwrite a small key file and remove it. A file that is not there is erased already. Raises OSError.

    Flash storage may keep old blocks; that is why a wrap needs two secrets, and why disks should be encrypted too.
    """
    try:
        length = path.stat().st_size
    except FileNotFoundError:
        return
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(length))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    sync_folder(path.parent)


def create_device_key(path: Path) -> bytes:
    """Make the key that binds the unlock file to this machine. Raises FileExistsError rather than replace one."""
    if path.exists():
        raise FileExistsError(path)
    key = random_key()
    write_private(path, key)
    return key


def read_device_key(path: Path) -> bytes:
    """The device key. Raises KeyFileError when it is missing, malformed or open to other users of the machine."""
    try:
        mode = path.stat().st_mode
        key = path.read_bytes()
    except OSError as error:
        raise KeyFileError(f"{path.name} cannot be read") from error
    if os.name != "nt" and mode & 0o077:
        raise KeyFileError(f"{path.name} can be read by other users")
    if len(key) != KEY_BYTES:
        raise KeyFileError(f"{path.name} holds no key")
    return key
