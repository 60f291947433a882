"""Tables for gifts: claims, stock, rights of the branch, attested facts, campaigns, closed days; and two caches."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Column = sa.Column[object]


def upgrade() -> None:
    """Make the tables; what the journal already says about gifts is folded into them when the store is opened."""
    _claims()
    _stock()
    _rights()
    _attested()
    _campaigns_and_days()
    _caches()


def _claims() -> None:
    op.create_table(
        "claim_row",
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text(name) for name in ("subject", "number", "campaign", "verdict", "reward_kind", "name", "phone", "keys")),
        *(_text(name, null=True) for name in ("sku", "journey", "right_id", "staff", "second_staff", "outcome")),
        *(_text(name) for name in ("right_kind", "terminal", "status", "at", "day", "reserved", "updated_at", "clock")),
        _text("expires_at", null=True),
        *(_integer(name) for name in ("version", "quantity", "amount", "value_fen", "cost_fen", "hour")),
        *(_integer(name) for name in ("started_ms", "expires_ms", "own_seq")),
        sa.Column("handed_ms", sa.Integer, nullable=True),
        *(_flag(name) for name in ("excess", "marked", "uses_right", "open", "exception", "exceptional", "settled")),
        *(_flag(name) for name in ("erased", "personal")),
        sa.UniqueConstraint("subject"),
    )
    for name, columns in (
        ("open", ["open"]),
        ("exception", ["exception"]),
        ("day", ["day"]),
        ("campaign", ["campaign", "day"]),
        ("terminal", ["terminal", "started_ms"]),
        ("staff", ["staff", "started_ms"]),
    ):
        op.create_index(f"claim_row_{name}", "claim_row", columns)
    for name, column, where in (
        ("reserved", "expires_ms", "status = 'reserved'"),
        ("right", "right_id", "right_id IS NOT NULL"),
        ("own", "own_seq", "own_seq > 0"),
        ("personal", "clock", "personal"),
    ):
        op.create_index(f"claim_row_{name}", "claim_row", [column], sqlite_where=sa.text(where))
    _keys("claim")


def _stock() -> None:
    op.create_table(
        "stock_row",
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text(name) for name in ("subject", "kind", "status", "terminal", "at", "day", "updated_at", "clock")),
        *(_text(name, null=True) for name in ("note_number", "reason", "location", "books", "reverses")),
        *(_text(name, null=True) for name in ("staff", "second_staff")),
        *(_integer(name) for name in ("at_ms", "own_seq")),
        _flag("marked"),
        sa.UniqueConstraint("subject"),
    )
    op.create_index("stock_row_status", "stock_row", ["status", "kind"])
    op.create_index("stock_row_day", "stock_row", ["day"])
    op.create_table(
        "stock_move",
        sa.Column("seq", sa.Integer, primary_key=True),
        *(_text(name) for name in ("subject", "id", "at", "day", "source", "target", "sku", "lot", "expires_on")),
        *(_text(name) for name in ("kind", "terminal")),
        *(_text(name, null=True) for name in ("staff", "second_staff")),
        *(_integer(name) for name in ("at_ms", "quantity", "value_fen")),
        sa.CheckConstraint("quantity > 0", name="stock_move_quantity"),
    )
    op.create_index("stock_move_place", "stock_move", ["subject", "id"], unique=True)
    op.create_index("stock_move_day", "stock_move", ["day"])
    op.create_index("stock_move_source", "stock_move", ["source", "at_ms"])
    op.create_index("stock_move_target", "stock_move", ["target", "at_ms"])
    op.create_table(
        "stock_balance",
        *(_text(name, key=True) for name in ("location", "sku", "lot", "expires_on")),
        *(_integer(name) for name in ("quantity", "short")),
        sa.CheckConstraint("quantity >= 0", name="stock_balance_quantity"),
        sa.CheckConstraint("short >= 0", name="stock_balance_short"),
        sqlite_with_rowid=False,
    )
    there = sa.text("quantity > 0 OR short > 0")
    op.create_index("stock_balance_there", "stock_balance", ["location"], sqlite_where=there)


def _rights() -> None:
    op.create_table(
        "lease_row",
        _text("subject", key=True),
        *(_text(name) for name in ("campaign", "terminal", "epoch", "expires_at", "status", "granted_at")),
        *(_integer(name) for name in ("quantity", "unit_cost_fen", "expires_ms")),
        sa.Column("used", sa.Integer, nullable=True),
        _flag("marked"),
    )
    op.create_index("lease_row_terminal", "lease_row", ["terminal", "campaign"])
    op.create_table(
        "entitlement_row",
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text(name) for name in ("subject", "campaign", "keys", "skus", "expires_on", "home_branch", "epoch")),
        *(_text(name) for name in ("signature", "status", "issued_at")),
        _text("why", null=True),
        *(_integer(name) for name in ("version", "value_fen")),
        _flag("personal"),
        sa.UniqueConstraint("subject"),
    )
    op.create_index("entitlement_row_personal", "entitlement_row", ["expires_on"], sqlite_where=sa.text("personal"))
    _keys("entitlement")


def _attested() -> None:
    op.create_table(
        "attestation_row",
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text(name) for name in ("subject", "keys", "name", "fact", "value", "reference", "seen_at", "terminal")),
        *(_text(name) for name in ("at", "day", "clock")),
        *(_text(name, null=True) for name in ("staff", "outcome", "true_value")),
        _integer("own_seq"),
        _flag("personal"),
        sa.UniqueConstraint("subject"),
    )
    op.create_index("attestation_row_personal", "attestation_row", ["clock"], sqlite_where=sa.text("personal"))
    _keys("attestation")


def _campaigns_and_days() -> None:
    op.create_table(
        "campaign_row",
        _text("subject", key=True),
        *(_text(name) for name in ("campaign", "status", "approved_by", "updated_at")),
        _integer("version"),
        *(
            sa.Column(name, sa.Integer, nullable=True)
            for name in ("bound_count", "bound_fen", "left_count", "left_fen")
        ),
        _text("why", null=True),
    )
    op.create_index("campaign_row_campaign", "campaign_row", ["campaign"])
    op.create_table(
        "day_row",
        _text("subject", key=True),
        *(_text(name) for name in ("day", "previous", "digest", "at")),
        *(_text(name, null=True) for name in ("maker", "signed_by")),
        *(_flag(name) for name in ("closed", "marked")),
    )
    op.create_index("day_row_day", "day_row", ["day"])


def _caches() -> None:
    op.create_table("person_facts", _text("keys", key=True), *(_text(name) for name in ("facts", "fetched_at", "day")))
    op.create_index("person_facts_day", "person_facts", ["day"])
    op.create_table(
        "claimed_filter",
        _text("name", key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        *(_text(name) for name in ("etag", "fetched_at")),
    )


def _keys(kind: str) -> None:
    """The keyed hashes that lead to the rows of a kind."""
    op.create_table(
        f"{kind}_key",
        *(_text(name, key=True) for name in ("key", "scope")),
        sa.Column(kind, sa.Integer, primary_key=True, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{kind}_key_{kind}", f"{kind}_key", [kind])


def _text(name: str, *, key: bool = False, null: bool = False) -> Column:
    return sa.Column(name, sa.String, primary_key=key, nullable=null)


def _integer(name: str) -> Column:
    return sa.Column(name, sa.Integer, nullable=False)


def _flag(name: str) -> Column:
    return sa.Column(name, sa.Boolean, nullable=False)
