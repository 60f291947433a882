"""Ed25519 signatures: keys as JWK, checkpoints of journals, published reference files. Normative: docs/protocol.md."""

from collections.abc import Mapping
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from branch_console.rules.canonical import canonical
from branch_console.rules.journal import checkpoint_bytes, format_at
from branch_console.security.keys import KEY_BYTES, b64url, random_key, unb64url

Jwk = Mapping[str, str]


class SignatureError(ValueError):
    """The signature, or the key or checkpoint that carries it, is not right."""


def new_signing_key() -> bytes:
    """A new Ed25519 private key, as its 32-byte seed."""
    return random_key()


def private_key(seed: bytes) -> Ed25519PrivateKey:
    """The key of a seed. Raises ValueError unless it is 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_jwk(seed: bytes) -> dict[str, str]:
    """The public half as a JWK (RFC 8037: OKP, Ed25519)."""
    return {"kty": "OKP", "crv": "Ed25519", "x": b64url(private_key(seed).public_key().public_bytes_raw())}


def public_key(jwk: Jwk) -> Ed25519PublicKey:
    """The key of a JWK. Raises SignatureError for any other kind of key."""
    if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519":
        raise SignatureError("not an Ed25519 key")
    x = jwk.get("x")
    try:
        raw = unb64url(x) if isinstance(x, str) else b""
    except ValueError as error:
        raise SignatureError("malformed key") from error
    if len(raw) != KEY_BYTES:
        raise SignatureError("malformed key")
    return Ed25519PublicKey.from_public_bytes(raw)


def sign(seed: bytes, message: bytes) -> str:
    """The signature of `message`, base64url without padding."""
    return b64url(private_key(seed).sign(message))


def verify(jwk: Jwk, message: bytes, signature: object) -> None:
    """Check a signature. Raises SignatureError."""
    if not isinstance(signature, str):
        raise SignatureError("no signature")
    key = public_key(jwk)
    try:
        key.verify(unb64url(signature), message)
    except (InvalidSignature, ValueError) as error:
        raise SignatureError("wrong signature") from error


def make_checkpoint(seed: bytes, terminal: str, seq: int, head: str, now: datetime) -> dict[str, str | int]:
    """A signed statement that `terminal`'s journal has the hash `head` at `seq`."""
    at = format_at(now)
    signature = sign(seed, checkpoint_bytes(terminal, seq, head, at))
    return {"terminal": terminal, "seq": seq, "hash": head, "at": at, "signature": signature}


def check_checkpoint(jwk: Jwk, checkpoint: Mapping[str, object]) -> None:
    """Check form and signature of a checkpoint. Raises SignatureError."""
    if set(checkpoint) != {"terminal", "seq", "hash", "at", "signature"}:
        raise SignatureError("malformed checkpoint")
    terminal, seq, head, at = (checkpoint[name] for name in ("terminal", "seq", "hash", "at"))
    if not (isinstance(terminal, str) and type(seq) is int and isinstance(head, str) and isinstance(at, str)):
        raise SignatureError("malformed checkpoint")
    try:
        message = checkpoint_bytes(terminal, seq, head, at)
    except ValueError as error:
        raise SignatureError("malformed checkpoint") from error
    verify(jwk, message, checkpoint["signature"])


def reference_bytes(name: str, sha256: str, published_at: str, expires_at: str | None) -> bytes:
    """What the signature of a published reference file covers."""
    return canonical({"name": name, "sha256": sha256, "published_at": published_at, "expires_at": expires_at})
