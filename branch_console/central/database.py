"""Central's connections to PostgreSQL, and the schema check before the first of them is used."""

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from branch_console.central import migrations

Connection = AsyncConnection[tuple[object, ...]]

_OPTIONS = " ".join(
    f"-c {name}={value}"
    for name, value in {
        "synchronous_commit": "on",  # what was acknowledged survives a power cut
        "statement_timeout": "60s",
        "lock_timeout": "20s",
        "idle_in_transaction_session_timeout": "30s",
        "timezone": "UTC",
        "jit": "off",
    }.items()
)


def open_pool(database: str, size: int) -> AsyncConnectionPool[AsyncConnection[tuple[object, ...]]]:
    """A pool, not yet opened. Getting a connection fails with PoolTimeout after 10 s."""
    return AsyncConnectionPool(
        database, min_size=2, max_size=size, timeout=10, open=False, kwargs={"options": _OPTIONS}, name="central"
    )


async def connect(database: str) -> Connection:
    """One connection in autocommit mode, for listening and administration. Raises psycopg.OperationalError."""
    return await AsyncConnection.connect(database, autocommit=True, options=_OPTIONS)


def schema_version(database: str) -> str | None:
    """The revision that the database has; None when it is empty. Raises psycopg.OperationalError."""
    with psycopg.connect(database) as connection:
        if connection.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])


def ensure_schema(database: str) -> None:
    """Bring the database to the schema of this program.

    Raises alembic's CommandError for a database that a newer program has changed.
    """
    if schema_version(database) != migrations.LATEST:
        migrations.upgrade(database)
