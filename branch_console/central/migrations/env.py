"""Run by Alembic: one connection, one transaction, one upgrader at a time."""

from alembic import context
from sqlalchemy import create_engine, pool, text
from sqlalchemy.engine import make_url

_ONLY_ONE = 7_201_501_113
"""Advisory lock: when several centrals start at once, one migrates and the others wait."""


def migrate() -> None:
    """Bring the database in the configuration to the wanted revision."""
    url = make_url(context.config.attributes["url"]).set(drivername="postgresql+psycopg")
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, transaction_per_migration=False)
        with context.begin_transaction():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONLY_ONE})
            context.run_migrations()
    engine.dispose()


migrate()
