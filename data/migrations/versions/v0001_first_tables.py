"""The first tables: the journal with its guards, what is derived from it, and the small facts beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Column = sa.Column[object]

GUARDS = (
    """CREATE TRIGGER entry_update BEFORE UPDATE ON entry
    WHEN NOT EXISTS (SELECT 1 FROM erased WHERE terminal = OLD.terminal AND seq = OLD.seq AND subject = OLD.subject)
      OR NEW.terminal IS NOT OLD.terminal OR NEW.seq IS NOT OLD.seq OR NEW.id IS NOT OLD.id
      OR NEW.type IS NOT OLD.type OR NEW.subject IS NOT OLD.subject OR NEW.clock IS NOT OLD.clock
      OR NEW.hash IS NOT OLD.hash
      OR NEW.wire IS NOT CAST(json_set(CAST(OLD.wire AS TEXT), '$.data', json('null')) AS BLOB)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER entry_delete BEFORE DELETE ON entry
    WHEN NOT EXISTS (SELECT 1 FROM moved WHERE terminal = OLD.terminal AND seq = OLD.seq AND hash = OLD.hash)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    *(
        f"""CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table}
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""
        for table in ("erased", "moved")
        for act in ("UPDATE", "DELETE")
    ),
)

SEARCH = (
    "CREATE VIRTUAL TABLE journey_search USING fts5(name, tokenize = 'unicode61 remove_diacritics 2')",
    "INSERT INTO journey_search(journey_search, rank) VALUES ('secure-delete', 1)",
)


def upgrade() -> None:
    """Make all tables, indexes, guards and the full-text table."""
    _journal()
    _beside_the_journal()
    _journeys()
    for statement in (*GUARDS, *SEARCH):
        op.execute(statement)


def _journal() -> None:
    op.create_table(
        "entry",
        _text("terminal", key=True),
        _integer("seq", key=True),
        *(_text(name) for name in ("id", "type", "subject", "clock", "hash")),
        _bytes("wire"),
    )
    op.create_index("entry_subject", "entry", ["subject", "id"])
    op.create_table("chain", _text("terminal", key=True), _integer("seq"), _text("hash"), _text("clock"))
    op.create_table("erased", *_place(), _text("subject", key=True), _text("by_terminal"), _integer("by_seq"))
    op.create_table("moved", *_place(), _text("new_terminal"), _integer("new_seq"), _text("hash"), _bytes("wire"))
    op.create_table(
        "state",
        _text("subject", key=True),
        _integer("fold"),
        _text("clock"),
        _text("terminal"),
        _integer("seq"),
        _bytes("body"),
    )
    op.create_table("unfolded", *_place(), _text("subject"), _text("code"), _text("detail"))
    op.create_index("ix_unfolded_subject", "unfolded", ["subject"])


def _beside_the_journal() -> None:
    op.create_table(
        "quarantined",
        *_place(),
        _text("source", key=True),
        *(_text(name) for name in ("code", "detail", "at")),
        sa.Column("wire", sa.LargeBinary, nullable=True),
    )
    op.create_table(
        "checkpoint",
        _text("signer", key=True),
        *_place(),
        *(_text(name) for name in ("hash", "at", "signature")),
    )
    op.create_table("acknowledged", _text("terminal", key=True), _integer("through", key=True), _text("at"))
    op.create_table("meta", _text("name", key=True), _text("value"))
    op.create_table("draft", _text("subject", key=True), _text("name", key=True), _text("text"), _text("updated_at"))


def _journeys() -> None:
    days = [
        column
        for name in ("started", "finished", "first_use")
        for column in (
            _text(f"{name}_day", null=True),
            sa.Column(f"{name}_hour", sa.Integer, nullable=True),
            _text(f"{name}_by", null=True),
        )
    ]
    op.create_table(
        "journey_row",
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text(name) for name in ("subject", "masked_name", "masked_phone", "target", "status")),
        sa.Column("ended", sa.Boolean, nullable=False),
        sa.Column("erased", sa.Boolean, nullable=False),
        *(_integer(name) for name in ("step_number", "step_total")),
        *(_text(name, null=True) for name in ("current", "holder", "holder_terminal")),
        *(_text(name) for name in ("started_at", "updated_at", "clock")),
        _integer("own_seq"),
        _text("person_keys"),
        *days,
        _text("search"),
        sa.UniqueConstraint("subject"),
    )
    for name, columns in (
        ("ended", ["ended"]),
        ("started", ["started_day"]),
        ("finished", ["finished_day"]),
        ("first_use", ["first_use_day"]),
    ):
        op.create_index(f"journey_row_{name}", "journey_row", columns)
    for table, name in (("journey_key", "key"), ("journey_term", "term")):
        op.create_table(table, _text(name, key=True), _integer("journey", key=True), sqlite_with_rowid=False)
        op.create_index(f"ix_{table}_journey", table, ["journey"])


def _place() -> tuple[Column, Column]:
    """Where an entry stands, as primary key."""
    return _text("terminal", key=True), _integer("seq", key=True)


def _text(name: str, *, key: bool = False, null: bool = False) -> Column:
    return sa.Column(name, sa.String, primary_key=key, nullable=null)


def _integer(name: str, *, key: bool = False) -> Column:
    return sa.Column(name, sa.Integer, primary_key=key, nullable=False)


def _bytes(name: str) -> Column:
    return sa.Column(name, sa.LargeBinary, nullable=False)
