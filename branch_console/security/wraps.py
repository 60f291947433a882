"""The two forms in which the database key (DEK) stands in the unlock file. Both need the device key and a password.

sealed = AES-GCM(HKDF(device key), HPKE(credential's public key, DEK)), made without knowing the password
wrap   = AES-GCM(HKDF(argon2id(password, salt) ‖ device key), DEK)

The member of staff's id is authenticated in both, so that records cannot be swapped.
"""

import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from branch_console.rules.canonical import Json
from branch_console.security.credential import (
    NONCE_BYTES,
    SALT_BYTES,
    STANDARD,
    Argon2,
    Credential,
    WrongPasswordError,
    cost_of,
    credential_key,
    open_credential,
    stretch,
)
from branch_console.security.keys import KEY_BYTES, b64url, hkdf, unb64url

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_SEAL_INFO = "terminal-seal-v1"
_WRAP_INFO = "terminal-kek-v1"

Wrapped = Mapping[str, Json]


def seal(staff_id: str, credential: Credential, dek: bytes, device_key: bytes) -> dict[str, Json]:
    """Seal the database key for the owner of a credential. Raises ValueError for a malformed credential."""
    sealed = _SUITE.encrypt(dek, credential_key(credential), _info(_SEAL_INFO, staff_id))
    nonce = secrets.token_bytes(NONCE_BYTES)
    outer = AESGCM(hkdf(device_key, _SEAL_INFO)).encrypt(nonce, sealed, staff_id.encode())
    return {"nonce": b64url(nonce), "sealed": b64url(outer)}


def open_sealed(staff_id: str, password: str, credential: Credential, sealed: Wrapped, device_key: bytes) -> bytes:
    """The database key out of a sealed record. Raises WrongPasswordError for whatever is not right."""
    private = open_credential(staff_id, password, credential)
    try:
        inner = AESGCM(hkdf(device_key, _SEAL_INFO)).decrypt(
            unb64url(str(sealed["nonce"])), unb64url(str(sealed["sealed"])), staff_id.encode()
        )
        return _key(_SUITE.decrypt(inner, private, _info(_SEAL_INFO, staff_id)))
    except (InvalidTag, KeyError, ValueError) as error:
        raise WrongPasswordError from error


def make_wrap(staff_id: str, password: str, dek: bytes, device_key: bytes, cost: Argon2 = STANDARD) -> dict[str, Json]:
    """Wrap the database key under a password and the device key."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    key = hkdf(stretch(password, salt, cost) + device_key, _WRAP_INFO)
    wrapped = AESGCM(key).encrypt(nonce, dek, staff_id.encode())
    return {"salt": b64url(salt), "nonce": b64url(nonce), "wrapped": b64url(wrapped), **cost._asdict()}


def open_wrap(staff_id: str, password: str, wrap: Wrapped, device_key: bytes) -> bytes:
    """The database key out of a wrap. Raises WrongPasswordError for whatever is not right."""
    try:
        salt, nonce, wrapped = (unb64url(str(wrap[name])) for name in ("salt", "nonce", "wrapped"))
        if len(salt) != SALT_BYTES:
            raise WrongPasswordError
        key = hkdf(stretch(password, salt, cost_of(wrap)) + device_key, _WRAP_INFO)
        return _key(AESGCM(key).decrypt(nonce, wrapped, staff_id.encode()))
    except (InvalidTag, KeyError, ValueError) as error:
        raise WrongPasswordError from error


def _info(purpose: str, staff_id: str) -> bytes:
    """Binds a sealed key to its purpose and owner."""
    return f"{purpose}\0{staff_id}".encode()


def _key(found: bytes) -> bytes:
    if len(found) != KEY_BYTES:
        raise WrongPasswordError
    return found
