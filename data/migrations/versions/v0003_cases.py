"""Tables for cases: rows, keys, open promises, ideas, rewards, ratings, and the full-text table."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Column = sa.Column[object]

SEARCH = (
    "CREATE VIRTUAL TABLE case_search USING fts5(state, head, body, tokenize = 'unicode61 remove_diacritics 2')",
    "INSERT INTO case_search(case_search, rank) VALUES ('secure-delete', 1)",
)
FOLD_AGAIN = "DELETE FROM meta WHERE name = 'catalogue'"
"""So that opening the store makes rows of what the journal already says about cases."""


def upgrade() -> None:
    """Make the tables; what the journal already says about cases is put into them when the store is opened."""
    _cases()
    _parts()
    _ratings()
    for statement in (*SEARCH, FOLD_AGAIN):
        op.execute(statement)


def _cases() -> None:
    op.create_table(
        "case_row",
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text(name) for name in ("subject", "number", "kind", "status", "category", "business", "reason")),
        *(_text(name) for name in ("name", "phone", "keys")),
        *(_text(name, null=True) for name in ("transaction_key", "owner")),
        *(_text(name) for name in ("branch", "terminal")),
        _integer("level"),
        *(_text(name) for name in ("flags", "received_at")),
        _integer("received_ms"),
        _text("received_day"),
        _flag("ended"),
        *(_text(name, null=True) for name in ("over_day", "merged_into")),
        *(_flag(name) for name in ("queued", "regulator", "paused", "differs")),
        _text("next_at", null=True),
        _integer("next_ms"),
        _text("next_kind"),
        _integer("next_share_started_ms"),
        _text("promise_at", null=True),
        _integer("promise_ms"),
        *(_text(name, null=True) for name in ("promise_staff", "statutory_day", "internal_at")),
        _text("text"),
        _flag("unread"),
        *(_text(name) for name in ("updated_at", "clock")),
        _integer("own_seq"),
        *(_flag(name) for name in ("erased", "personal")),
        _text("search"),
        sa.UniqueConstraint("subject"),
    )
    for name, columns in (
        ("number", ["number"]),
        ("kind", ["kind"]),
        ("status", ["status"]),
        ("kind_status", ["kind", "status"]),
        ("received", ["received_day", "received_ms"]),
    ):
        op.create_index(f"case_row_{name}", "case_row", columns)
    for name, columns, where in (
        ("queue", ["next_ms", "queued", "owner", "promise_staff"], "queued"),
        ("promise", ["promise_ms", "queued"], "queued"),
        ("regulator", ["next_ms"], "queued AND regulator"),
        ("over", ["over_day"], "over_day IS NOT NULL"),
        ("dispute", ["received_ms"], "kind = 'dispute'"),
        ("transaction", ["transaction_key"], "transaction_key IS NOT NULL"),
        ("own", ["own_seq"], "own_seq > 0"),
        ("personal", ["clock"], "personal AND ended"),
        ("unread", ["subject"], "unread"),
    ):
        op.create_index(f"case_row_{name}", "case_row", columns, sqlite_where=sa.text(where))


def _parts() -> None:
    op.create_table(
        "case_key",
        *(_text(name, key=True) for name in ("key", "scope")),
        _of_case(),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case_promise",
        sa.Column("ms", sa.Integer, primary_key=True, nullable=False),
        _of_case(),
        _text("entry", key=True),
        *(_text(name) for name in ("at", "way")),
        _text("staff", null=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case_reward",
        _text("month", key=True),
        _of_case(),
        _text("entry", key=True),
        _integer("value_fen"),
        sqlite_with_rowid=False,
    )
    for name in ("case_key", "case_promise", "case_reward"):
        op.create_index(f"ix_{name}_case_id", name, ["case_id"])
    op.create_table(
        "idea_row",
        sa.Column("case_id", sa.Integer, primary_key=True),
        _text("tab"),
        _text("topic", null=True),
        _text("who"),
        *(_text(name, null=True) for name in ("owner", "due", "answer", "done", "done_at", "told_at")),
        *(_integer(name) for name in ("support", "rewarded_fen")),
    )
    op.create_index("idea_row_tab", "idea_row", ["tab", "support"])
    op.create_index("idea_row_support", "idea_row", ["support"])


def _ratings() -> None:
    op.create_table(
        "rating_row",
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text(name) for name in ("subject", "about")),
        _integer("score"),
        _text("day"),
        _text("staff", null=True),
        _integer("revisions"),
        *(_text(name) for name in ("updated_at", "clock")),
        _integer("own_seq"),
        *(_flag(name) for name in ("erased", "personal")),
        sa.UniqueConstraint("subject"),
    )
    op.create_index("rating_row_day", "rating_row", ["day"])
    op.create_index("rating_row_personal", "rating_row", ["clock"], sqlite_where=sa.text("personal"))


def _of_case() -> Column:
    return sa.Column("case_id", sa.Integer, primary_key=True, nullable=False)


def _text(name: str, *, key: bool = False, null: bool = False) -> Column:
    return sa.Column(name, sa.String, primary_key=key, nullable=null)


def _integer(name: str) -> Column:
    return sa.Column(name, sa.Integer, nullable=False)


def _flag(name: str) -> Column:
    return sa.Column(name, sa.Boolean, nullable=False)
