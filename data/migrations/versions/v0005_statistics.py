"""Tables for figures: facts, their days and links, tallies, frozen days, what central answered."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Column = sa.Column[object]


def upgrade() -> None:
    """Make the tables. They are filled from the states in small steps, by `data/statistics/catching_up.py`."""
    op.create_table(
        "fact",
        _text("subject", key=True),
        _text("kind"),
        _bytes("body"),
        _bytes("steps"),
        _integer("waiting"),
        sa.Column("open", sa.Boolean, nullable=False),
    )
    op.create_index("fact_waiting", "fact", ["waiting"], sqlite_where=sa.text("waiting > 0"))
    op.create_index("fact_open", "fact", ["kind"], sqlite_where=sa.text("open"))
    _keyed("fact_day", _text("day", key=True), _text("kind", key=True), _text("subject", key=True))
    _keyed("fact_link", sa.Column("name", sa.Integer, primary_key=True), _text("subject", key=True))
    _keyed("fact_wallet", _text("day", key=True), sa.Column("wallet", sa.Integer, primary_key=True))
    _keyed("fact_due", _text("subject", key=True))
    _keyed(
        "fact_settled",
        _text("subject", key=True),
        sa.Column("later_of_wallet", sa.Boolean, nullable=False),
        sa.Column("repeat_of", sa.String, nullable=True),
    )
    _keyed("day_tally", _text("day", key=True), _text("figure", key=True), _bytes("body"))
    op.create_table("day_total", _text("day", key=True), _bytes("body"))
    _keyed("stats_meta", _text("name", key=True), _text("value"))
    op.create_table("frozen_day", _text("day", key=True), _text("subject"), _text("at"), _integer("restated"))
    op.create_table("central_stats", _text("name", key=True), _text("as_of"), _bytes("body"))


def _keyed(name: str, *columns: Column) -> None:
    """A table that is nothing but the tree of its key."""
    op.create_table(name, *columns, sqlite_with_rowid=False)


def _text(name: str, *, key: bool = False) -> Column:
    return sa.Column(name, sa.String, nullable=False, primary_key=key)


def _integer(name: str) -> Column:
    return sa.Column(name, sa.Integer, nullable=False)


def _bytes(name: str) -> Column:
    return sa.Column(name, sa.LargeBinary, nullable=False)
