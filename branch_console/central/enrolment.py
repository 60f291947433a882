"""Enrolment: a code that central's administrator made turns a machine into a terminal of a branch, once."""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple, cast
from uuid import UUID, uuid4

from branch_console.central.clocks import now
from branch_console.central.database import Connection
from branch_console.central.facts import Facts
from branch_console.central.problems import ProblemError
from branch_console.central.publish import Act, publish
from branch_console.rules.journal import Data
from branch_console.rules.reference import Reference
from branch_console.rules.staff import subject_for
from branch_console.security.signing import SignatureError, public_key
from branch_console.security.text import clean
from branch_console.sync.wire import EnrolRequest

TAIL = 4
CODE_LIFETIME = timedelta(hours=24)
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: nothing that is misread
_GROUPS, _GROUP = 4, 4


class NewCode(NamedTuple):
    """A code, to be typed at the terminal, and until when it works."""

    code: str
    expires: datetime


async def make_code(connection: Connection, branch: str, lifetime: timedelta = CODE_LIFETIME) -> NewCode:
    """A code for one terminal of the branch: 80 random bits. Only its hash is kept."""
    groups = ["".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS)]
    made = NewCode("-".join(groups), now() + lifetime)
    await connection.execute(
        "INSERT INTO enrolment_code (code_hash, branch, expires_at) VALUES (%s, %s, %s)",
        (_code_hash(made.code), branch, made.expires),
    )
    return made


def _code_hash(code: str) -> str:
    """Case, hyphens and letters that look like digits do not matter."""
    plain = code.upper().replace("-", "").replace(" ", "").replace("O", "0").replace("I", "1").replace("L", "1")
    return sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def new_name(taken: Iterable[str], make: Callable[[], UUID] = uuid4) -> str:
    """A terminal's id whose last four digits no other of the branch has: receipts and cases are numbered by them."""
    tails = {each[-TAIL:] for each in taken}
    while (name := str(make()))[-TAIL:] in tails:
        pass
    return name


async def _names(connection: Connection, branch: str) -> list[str]:
    cursor = await connection.execute("SELECT name FROM writer WHERE branch = %s", (branch,))
    return [str(name) for (name,) in await cursor.fetchall()]


async def enrol(
    connection: Connection, facts: Facts, request: EnrolRequest, reference: Reference, min_client: str
) -> dict[str, object]:
    """Make the caller a terminal, in the caller's transaction; return the answer's members. Raises ProblemError."""
    cursor = await connection.execute(
        "SELECT branch, used_at IS NOT NULL, expires_at <= now() FROM enrolment_code WHERE code_hash = %s FOR UPDATE",
        (_code_hash(request.enrolment_code),),
    )
    row = await cursor.fetchone()
    if row is None:
        raise ProblemError("enrolment-code-unknown")
    branch, used, expired = cast(tuple[str, bool, bool], row)
    if used:
        raise ProblemError("enrolment-code-used")
    if expired:
        raise ProblemError("enrolment-code-expired")
    jwk = request.public_key.model_dump()
    try:
        public_key(jwk)
    except SignatureError as error:
        raise ProblemError("bad-request", str(error)) from error
    name = clean(request.name)
    if not name:
        raise ProblemError("bad-request", "name is empty")
    terminal = request.terminal or new_name(await _names(connection, branch))
    inserted = await connection.execute(
        "INSERT INTO writer (name, branch, label, public_key) VALUES (%s, %s, %s, %s) ON CONFLICT (name) DO NOTHING",
        (terminal, branch, name, request.public_key.x),
    )
    if inserted.rowcount == 0:
        raise ProblemError("terminal-known")
    await connection.execute(
        "UPDATE enrolment_code SET used_at = now(), terminal = %s WHERE code_hash = %s",
        (terminal, _code_hash(request.enrolment_code)),
    )
    data: Data = {"name": name, "public_key": {"kty": jwk["kty"], "crv": jwk["crv"], "x": jwk["x"]}}
    await publish(connection, branch, [Act("terminal.registered", subject_for("terminal", terminal), data)], reference)
    cursor = await connection.execute(
        "SELECT name, timezone, (SELECT value FROM meta WHERE name = 'epoch'),"
        " (SELECT min(d.expires_at) FROM branch_reference r JOIN reference_document d USING (name, sha256)"
        " WHERE r.branch = code) FROM branch WHERE code = %s",
        (branch,),
    )
    facts_of_branch = await cursor.fetchone()
    assert facts_of_branch is not None  # noqa: S101  a code's branch exists: a foreign key
    branch_name, timezone, epoch, expires = facts_of_branch
    return {
        "terminal": terminal,
        "branch": branch,
        "branch_name": branch_name,
        "timezone": timezone,
        "epoch": epoch,
        "central_key": facts.central_key,
        "tenant_keys": facts.tenant_keys,
        "reference_expires": expires,
        "min_client": min_client,
    }
