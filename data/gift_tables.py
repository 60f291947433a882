"""The tables about claims and stock. All are derived from the journal and can be made anew from it at any time.

Days are business dates of the branch (YYYY-MM-DD); `…_ms` are milliseconds since 1970, so that moments written with
different offsets compare right.
"""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

RESERVED = text("status = 'reserved'")
RIGHT = text("right_id IS NOT NULL")
OWN = text("own_seq > 0")
PERSONAL = text("personal")
THERE = text("quantity > 0 OR short > 0")


class ClaimRow(SQLModel, table=True):
    """What lists, caps and reports need of a claim.

    `day` and `hour` are those of the hand-over, of the start while there is none. `open`: reserved or vouchered.
    `exception`: a supervisor must look at it and has not. `own_seq`: the last own entry about it. `reserved`: JSON
    [[location, sku, lot, expires_on, quantity], …]. `keys`: JSON, scope → keyed hash.
    `personal`: retention has not seen to it yet that nothing of the customer is left.
    """

    __tablename__ = "claim_row"
    __table_args__ = (
        Index("claim_row_open", "open"),
        Index("claim_row_exception", "exception"),
        Index("claim_row_day", "day"),
        Index("claim_row_campaign", "campaign", "day"),
        Index("claim_row_terminal", "terminal", "started_ms"),
        Index("claim_row_staff", "staff", "started_ms"),
        Index("claim_row_reserved", "expires_ms", sqlite_where=RESERVED),
        Index("claim_row_right", "right_id", sqlite_where=RIGHT),
        Index("claim_row_own", "own_seq", sqlite_where=OWN),
        Index("claim_row_personal", "clock", sqlite_where=PERSONAL),
    )
    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(unique=True)
    number: str
    campaign: str
    version: int
    verdict: str
    reward_kind: str
    sku: str | None = None
    quantity: int
    amount: int
    value_fen: int
    cost_fen: int
    name: str
    phone: str
    keys: str = Field(repr=False)
    journey: str | None = None
    right_kind: str
    right_id: str | None = None
    terminal: str
    staff: str | None = None
    second_staff: str | None = None
    status: str
    outcome: str | None = None
    excess: bool
    marked: bool
    uses_right: bool
    open: bool
    exception: bool
    exceptional: bool
    settled: bool
    at: str
    day: str
    hour: int
    started_ms: int
    handed_ms: int | None = None
    expires_at: str | None = None
    expires_ms: int
    reserved: str
    updated_at: str
    clock: str
    own_seq: int
    erased: bool
    personal: bool


class ClaimKeyRow(SQLModel, table=True):
    """A keyed hash by which the recipient of a claim is recognised."""

    __tablename__ = "claim_key"
    __table_args__ = {"sqlite_with_rowid": False}
    key: str = Field(primary_key=True)
    scope: str = Field(primary_key=True)
    claim: int = Field(primary_key=True, index=True)


class StockDocumentRow(SQLModel, table=True):
    """A stock document in a list: deliveries that are on their way, counts that wait for somebody else."""

    __tablename__ = "stock_row"
    __table_args__ = (
        Index("stock_row_status", "status", "kind"),
        Index("stock_row_day", "day"),
    )
    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(unique=True)
    kind: str
    status: str
    note_number: str | None = None
    reason: str | None = None
    location: str | None = None
    books: str | None = None
    reverses: str | None = None
    terminal: str
    staff: str | None = None
    second_staff: str | None = None
    at: str
    at_ms: int
    day: str
    updated_at: str
    marked: bool
    clock: str
    own_seq: int


class StockMoveRow(SQLModel, table=True):
    """One move that counts. `seq` counts up in the order in which the moves came here.

    A move is never changed: when a subject is folded anew, what no longer counts goes and what counts now comes, and
    the balances follow. `expires_on` is empty for goods that do not spoil.
    """

    __tablename__ = "stock_move"
    __table_args__ = (
        Index("stock_move_place", "subject", "id", unique=True),
        Index("stock_move_day", "day"),
        Index("stock_move_source", "source", "at_ms"),
        Index("stock_move_target", "target", "at_ms"),
        CheckConstraint("quantity > 0", name="stock_move_quantity"),
    )
    seq: int | None = Field(default=None, primary_key=True)
    subject: str
    id: str
    at: str
    at_ms: int
    day: str
    source: str
    target: str
    sku: str
    lot: str
    expires_on: str
    quantity: int
    kind: str
    value_fen: int
    staff: str | None = None
    second_staff: str | None = None
    terminal: str


class StockBalanceRow(SQLModel, table=True):
    """How many of an item and lot are at a place: `quantity` less `short`, of which one is 0.

    Over all places an item's balances sum to zero. At a place where goods can be counted, `short` says that other
    terminals, cut off, gave away more than the books knew of.
    """

    __tablename__ = "stock_balance"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="stock_balance_quantity"),
        CheckConstraint("short >= 0", name="stock_balance_short"),
        Index("stock_balance_there", "location", sqlite_where=THERE),
        {"sqlite_with_rowid": False},
    )
    location: str = Field(primary_key=True)
    sku: str = Field(primary_key=True)
    lot: str = Field(primary_key=True)
    expires_on: str = Field(primary_key=True)
    quantity: int
    short: int
