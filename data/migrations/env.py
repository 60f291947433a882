"""Run by Alembic: migrates over the connection that it is given, inside that connection's transaction."""

from alembic import context
from sqlmodel import SQLModel

import data.case_tables
import data.gift_tables
import data.right_tables
import data.statistics.tables
import data.tables  # noqa: F401  the tables that a new migration is compared with

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
