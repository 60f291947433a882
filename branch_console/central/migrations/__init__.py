"""The schema of central's database, version by version (Alembic)."""

from pathlib import Path

LATEST = "0006"
"""The revision that this program needs; kept here so that Alembic is imported only when the database differs."""


def upgrade(database: str) -> None:
    """Bring the database to LATEST. `database` is a postgresql:// URL."""
    from alembic import command  # noqa: PLC0415  only when the schema differs
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = database
    command.upgrade(config, LATEST)
