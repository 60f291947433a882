"""A member of staff's credential: an X25519 key pair whose private half only the password opens.

Central makes it when a member of staff is added, and every terminal of the branch receives it. With the public half a
terminal seals its database key for someone who has never been there; the password then opens it offline.
Whoever holds a credential can try passwords on it, at the price of one argon2id each. Hence the password policy, and
hence a terminal wraps its database key under the device key besides.
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from branch_console.rules.canonical import Json
from branch_console.rules.journal import format_at
from branch_console.security.keys import KEY_BYTES, b64url, hkdf, unb64url

Credential = Mapping[str, Json]

SALT_BYTES = 16
NONCE_BYTES = 12
_INFO = "staff-credential-v1"


class Argon2(NamedTuple):
    """Cost of one password try. The default is RFC 9106's low-memory choice: about 0.1 s on a branch PC."""

    memory_kib: int = 65536
    time: int = 3
    lanes: int = 4


STANDARD = Argon2()
_LIMITS = Argon2(memory_kib=1 << 20, time=16, lanes=16)


class WrongPasswordError(Exception):
    """The password does not open this; or it was tampered with. Nobody is told which."""


def stretch(password: str, salt: bytes, cost: Argon2 = STANDARD) -> bytes:
    """32 bytes from a password: argon2id. Takes a tenth of a second and lets other threads run meanwhile."""
    return hash_secret_raw(
        password.encode("utf-8", "surrogatepass"),
        salt,
        time_cost=cost.time,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def new_credential(
    staff_id: str, password: str, *, must_change: bool, now: datetime | None = None, cost: Argon2 = STANDARD
) -> dict[str, Json]:
    """A new key pair for a member of staff, the private half wrapped under the password. JSON without floats."""
    private = X25519PrivateKey.generate()
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    key = hkdf(stretch(password, salt, cost), _INFO)
    wrapped = AESGCM(key).encrypt(nonce, private.private_bytes_raw(), staff_id.encode())
    return {
        "public_key": b64url(private.public_key().public_bytes_raw()),
        "wrapped_private": b64url(wrapped),
        "salt": b64url(salt),
        "nonce": b64url(nonce),
        "memory_kib": cost.memory_kib,
        "time": cost.time,
        "lanes": cost.lanes,
        "must_change": must_change,
        "changed_at": format_at(now or datetime.now(UTC)),
    }


def credential_key(credential: Credential) -> X25519PublicKey:
    """The public half, to seal something for its owner. Raises ValueError for a malformed credential."""
    return X25519PublicKey.from_public_bytes(_bytes(credential, "public_key"))


def open_credential(staff_id: str, password: str, credential: Credential) -> X25519PrivateKey:
    """The private half. Raises WrongPasswordError, also when the credential is another's or was changed."""
    try:
        cost = cost_of(credential)
        salt, nonce = _bytes(credential, "salt"), _bytes(credential, "nonce")
        if len(salt) != SALT_BYTES:
            raise ValueError("malformed salt")
        wrapped, public = _bytes(credential, "wrapped_private"), _bytes(credential, "public_key")
        key = hkdf(stretch(password, salt, cost), _INFO)
        private = X25519PrivateKey.from_private_bytes(AESGCM(key).decrypt(nonce, wrapped, staff_id.encode()))
    except (InvalidTag, ValueError) as error:
        raise WrongPasswordError from error
    if private.public_key().public_bytes_raw() != public:
        raise WrongPasswordError
    return private


def cost_of(credential: Credential) -> Argon2:
    """The cost that a credential asks for. Raises ValueError beyond what a branch PC can pay (a hostile record)."""
    numbers = [credential.get(name) for name in Argon2._fields]
    if any(type(number) is not int for number in numbers):
        raise ValueError("malformed cost")
    cost = Argon2(*numbers)  # type: ignore[arg-type]
    if any(not 1 <= each <= most for each, most in zip(cost, _LIMITS, strict=True)) or cost.memory_kib < 8 * cost.lanes:
        raise ValueError("impossible cost")
    return cost


def _bytes(credential: Credential, name: str) -> bytes:
    """A base64url field. Raises ValueError."""
    value = credential.get(name)
    if not isinstance(value, str):
        raise ValueError(f"no {name}")
    return unb64url(value)
