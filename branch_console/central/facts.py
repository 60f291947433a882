"""What one central is: its keys and its epoch, kept in the database's `meta` table."""

import secrets
from dataclasses import dataclass

from psycopg import sql

from branch_console.central.database import Connection
from branch_console.security.keys import b64url, random_key, unb64url
from branch_console.security.signing import new_signing_key, public_jwk


@dataclass(frozen=True, slots=True)
class Facts:
    """Read once at start; only the epoch can change while central runs."""

    epoch: str
    signing_seed: bytes
    token_key: bytes
    cursor_key: bytes
    tenant_keys: dict[str, str]

    @property
    def central_key(self) -> dict[str, str]:
        """The public half of the signing key, as a JWK."""
        return public_jwk(self.signing_seed)


def new_epoch() -> str:
    """A random name for the life of a database from now to its next restore."""
    return secrets.token_hex(8)


async def load_facts(connection: Connection) -> Facts:
    """The facts of this database; made now if it is new."""
    fresh = {
        "epoch": new_epoch(),
        "signing_seed": b64url(new_signing_key()),
        "token_key": b64url(random_key()),
        "cursor_key": b64url(random_key()),
        "tenant_key.1": b64url(random_key()),
    }
    values = sql.SQL(", ").join(sql.SQL("({}, {})").format(name, value) for name, value in fresh.items())
    await connection.execute(
        sql.SQL("INSERT INTO meta (name, value) VALUES {} ON CONFLICT (name) DO NOTHING").format(values)
    )
    cursor = await connection.execute("SELECT name, value FROM meta")
    meta = {str(name): str(value) for name, value in await cursor.fetchall()}
    return Facts(
        epoch=meta["epoch"],
        signing_seed=unb64url(meta["signing_seed"]),
        token_key=unb64url(meta["token_key"]),
        cursor_key=unb64url(meta["cursor_key"]),
        tenant_keys={name.partition(".")[2]: value for name, value in meta.items() if name.startswith("tenant_key.")},
    )


async def renew_epoch(connection: Connection) -> str:
    """Begin a new epoch: after a restore, a fail-over that may have lost commits, or a change of database.

    Waiting feeds and later answers carry it at once; terminals then fetch the feed anew and resend what is missing.
    Central itself goes on in new journals, for terminals may hold more of the old ones than it does now.
    """
    epoch = new_epoch()
    async with connection.transaction():
        await connection.execute("UPDATE meta SET value = %s WHERE name = 'epoch'", (epoch,))
        await connection.execute(
            "INSERT INTO writer (name, branch, label, clock)"
            " SELECT 'central/' || left(code, 23) || '-' || left(md5(code || %s), 8), code, 'central',"
            " (SELECT max(clock) FROM writer WHERE branch = code) FROM branch",
            (epoch,),
        )
        await connection.execute("SELECT pg_notify('epoch', %s)", (epoch,))
    return epoch
