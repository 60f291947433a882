"""The client assertion with which a terminal asks for a token (RFC 7523, private_key_jwt, EdDSA)."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

import jwt

from branch_console.security.signing import Jwk, SignatureError, private_key, public_key

LIFETIME = timedelta(minutes=5)


class Assertion(NamedTuple):
    """What a checked assertion says: who asks, under which id that works once, until when."""

    terminal: str
    jti: str
    expires: int


def make_assertion(seed: bytes, terminal: str, token_url: str, now: datetime) -> str:
    """A signed assertion of `terminal` for the token URL, good for four minutes from `now`."""
    issued = int(now.timestamp())
    claims = {
        "iss": terminal,
        "sub": terminal,
        "aud": token_url,
        "iat": issued,
        "exp": issued + 240,
        "jti": str(uuid4()),
    }
    return jwt.encode(claims, private_key(seed), algorithm="EdDSA")


def claimed_terminal(token: str) -> str:
    """Who the assertion says it is from, unchecked: for looking up the key to check it with. Raises SignatureError."""
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError as error:
        raise SignatureError("malformed assertion") from error
    terminal = claims.get("iss")
    if not isinstance(terminal, str):
        raise SignatureError("assertion without issuer")
    return terminal


def check_assertion(jwk: Jwk, token: str, token_url: str, now: datetime, *, leeway_s: int = 0) -> Assertion:
    """Check signature, audience, times and form of an assertion as of `now`. Raises SignatureError.

    `leeway_s`: seconds by which the terminal's clock may be wrong. That a jti works once is the caller's to keep.
    """
    try:
        claims = jwt.decode(
            token,
            public_key(jwk),
            algorithms=["EdDSA"],
            audience=token_url,
            options={"require": ["iss", "sub", "aud", "iat", "exp", "jti"], "verify_exp": False, "verify_iat": False},
        )
    except jwt.PyJWTError as error:
        raise SignatureError("wrong assertion") from error
    terminal, jti, issued, expires = (claims[name] for name in ("iss", "jti", "iat", "exp"))
    if claims["sub"] != terminal or not isinstance(terminal, str) or not isinstance(jti, str):
        raise SignatureError("wrong assertion")
    if type(issued) is not int or type(expires) is not int or expires - issued > LIFETIME.total_seconds():
        raise SignatureError("assertion lives too long")
    moment = now.timestamp()
    if not issued - leeway_s <= moment < expires + leeway_s:
        raise SignatureError("assertion is not valid now")
    return Assertion(terminal, jti, expires)
