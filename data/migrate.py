"""Bringing a store to this version's tables. Alembic is imported only when there is something to do."""

from pathlib import Path

from sqlalchemy import Connection, text

from data.errors import TooNewError

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""All revisions that this version knows, oldest first. A test holds it equal to the files."""

_VERSION = text("SELECT version_num FROM alembic_version")
_HAS_VERSION = text("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'")


def revision(connection: Connection) -> str | None:
    """The revision of the store's tables, None before the first."""
    if not connection.execute(_HAS_VERSION).scalar_one():
        return None
    found = connection.execute(_VERSION).scalar_one_or_none()
    return None if found is None else str(found)


def is_current(connection: Connection) -> bool:
    """Whether the tables are this version's. Raises TooNewError when a newer version made them."""
    found = revision(connection)
    if found is not None and found not in REVISIONS:
        raise TooNewError
    return found == REVISIONS[-1]


def migrate(connection: Connection) -> None:
    """Take all missing steps, in the transaction of `connection`."""
    from alembic import command  # noqa: PLC0415  0.2 s that an ordinary start must not pay
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
