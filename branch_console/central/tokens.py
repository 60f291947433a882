"""Tokens: a terminal proves its key with a signed assertion and gets a bearer token for 15 minutes."""

import time
from collections import OrderedDict
from typing import NamedTuple, cast

import jwt

from branch_console.central.clocks import now
from branch_console.central.database import Connection
from branch_console.central.facts import Facts
from branch_console.central.problems import ProblemError
from branch_console.security.assertion import check_assertion, claimed_terminal
from branch_console.security.signing import SignatureError
from branch_console.sync.wire import TOKEN_SECONDS

_LEEWAY = 60  # seconds by which the two clocks may differ
_AUDIENCE = "branch-console"
_CACHE = 4096


async def grant(connection: Connection, facts: Facts, assertion: str, token_url: str) -> str:
    """A token for the terminal that signed the assertion. Raises ProblemError."""
    try:
        claimed = claimed_terminal(assertion)
        cursor = await connection.execute(
            "SELECT public_key, revoked_at FROM writer WHERE name = %s AND public_key IS NOT NULL",
            (claimed if "\x00" not in claimed else "",),
        )
        row = await cursor.fetchone()
        if row is None:
            raise ProblemError("unknown-terminal", error="invalid_client")
        jwk = {"kty": "OKP", "crv": "Ed25519", "x": cast(str, row[0])}
        checked = check_assertion(jwk, assertion, token_url, now(), leeway_s=_LEEWAY)
    except (SignatureError, UnicodeEncodeError) as error:
        raise ProblemError("invalid-client", str(error)[:200], error="invalid_client") from error
    if row[1] is not None:
        raise ProblemError("terminal-revoked")
    if not 1 <= len(checked.jti) <= 128 or not checked.jti.isprintable():
        raise ProblemError("invalid-client", "jti must be 1 to 128 printable characters", error="invalid_client")
    await connection.execute("DELETE FROM assertion WHERE expires_at < now()")
    cursor = await connection.execute(
        "INSERT INTO assertion (terminal, jti, expires_at) VALUES (%s, %s, to_timestamp(%s)) ON CONFLICT DO NOTHING",
        (checked.terminal, checked.jti, checked.expires + _LEEWAY),
    )
    if cursor.rowcount == 0:
        raise ProblemError("assertion-reused", error="invalid_client")
    issued = int(time.time())
    claims = {"sub": checked.terminal, "aud": _AUDIENCE, "iat": issued, "exp": issued + TOKEN_SECONDS}
    return jwt.encode(claims, facts.token_key, algorithm="HS256")


class Bearer(NamedTuple):
    """A checked token."""

    terminal: str
    expires: int


class TokenReader:
    """Checks bearer tokens; one that was right a moment ago is only looked up."""

    def __init__(self, facts: Facts) -> None:
        self._key = facts.token_key
        self._seen: OrderedDict[str, Bearer] = OrderedDict()

    def read(self, authorization: str | None) -> str:
        """The terminal that the Authorization header names. Raises ProblemError invalid-token."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise _invalid("no bearer token")
        known = self._seen.get(token)
        if known is None:
            known = self._check(token.strip())
            self._seen[token] = known
            if len(self._seen) > _CACHE:
                self._seen.popitem(last=False)
        if known.expires <= time.time():
            del self._seen[token]
            raise _invalid("the token has expired")
        return known.terminal

    def _check(self, token: str) -> Bearer:
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=["HS256"],
                audience=_AUDIENCE,
                options={"require": ["sub", "aud", "iat", "exp"]},
            )
        except jwt.PyJWTError as error:
            raise _invalid(str(error)[:200]) from error
        return Bearer(str(claims["sub"]), int(claims["exp"]))


def _invalid(detail: str) -> ProblemError:
    return ProblemError("invalid-token", detail, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
