"""The tables of the terminal's store. The migrations make them; a test holds the two equal.

`entry` is the truth: append-only, guarded by triggers. `state`, `unfolded`, the `journey_…` tables and the full-text
table `journey_search` are derived from it and can be made anew at any time.
"""

from sqlalchemy import Column, Index, LargeBinary, Table, text
from sqlmodel import Field, SQLModel

UNPURGED = "ended = 1 AND (search != '' OR person_keys != '[]' OR erased = 0)"
"""Of a `journey_row`: it is over, and something of the customer is left. SQLite wants it word for word in a query."""


class EntryRow(SQLModel, table=True):
    """One journal entry. `wire` is its canonical JSON, exactly as it is sent; the other columns are for finding it."""

    __tablename__ = "entry"
    __table_args__ = (Index("entry_subject", "subject", "id"),)
    terminal: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    id: str
    type: str
    subject: str
    clock: str
    hash: str
    wire: bytes = Field(sa_column=Column(LargeBinary, nullable=False), repr=False)


class ChainRow(SQLModel, table=True):
    """The head of one writer's chain as far as this store holds it, and the highest clock it has written."""

    __tablename__ = "chain"
    terminal: str = Field(primary_key=True)
    seq: int
    hash: str
    clock: str


class ErasedRow(SQLModel, table=True):
    """An entry whose data is, or on arrival will be, null; and the entry that says so (itself: it arrived so).

    An erasure reaches entries of its own subject only, so the subject is part of the key.
    """

    __tablename__ = "erased"
    terminal: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    by_terminal: str
    by_seq: int


class MovedRow(SQLModel, table=True):
    """An entry that a restored terminal took out of its old journal, to carry it over to a new one.

    `wire` is what it was, without its data: that went along.
    """

    __tablename__ = "moved"
    terminal: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    new_terminal: str
    new_seq: int
    hash: str
    wire: bytes = Field(sa_column=Column(LargeBinary, nullable=False), repr=False)


class StateRow(SQLModel, table=True):
    """The folded state of one subject as JSON, with the place of the last entry in it and the fold's version."""

    __tablename__ = "state"
    subject: str = Field(primary_key=True)
    fold: int
    clock: str
    terminal: str
    seq: int
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False), repr=False)


class UnfoldedRow(SQLModel, table=True):
    """An entry that could not be folded here; it is folded after an upgrade."""

    __tablename__ = "unfolded"
    terminal: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    subject: str = Field(index=True)
    code: str
    detail: str


class QuarantinedRow(SQLModel, table=True):
    """An own entry that central could not fold, or an entry of the feed that does not fit its writer's chain."""

    __tablename__ = "quarantined"
    terminal: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    source: str = Field(primary_key=True)
    code: str
    detail: str
    at: str
    wire: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True), repr=False)


class CheckpointRow(SQLModel, table=True):
    """A signed head of the own journal: `signer` is "own" (sent with a push) or "central" (its answer)."""

    __tablename__ = "checkpoint"
    signer: str = Field(primary_key=True)
    terminal: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    hash: str
    at: str
    signature: str


class AcknowledgedRow(SQLModel, table=True):
    """Central confirmed at `at` (RFC 3339) to hold all entries of `terminal` up to `through`."""

    __tablename__ = "acknowledged"
    terminal: str = Field(primary_key=True)
    through: int = Field(primary_key=True)
    at: str


class MetaRow(SQLModel, table=True):
    """Small facts by name."""

    __tablename__ = "meta"
    name: str = Field(primary_key=True)
    value: str = Field(repr=False)


class DraftRow(SQLModel, table=True):
    """What had been typed but not yet confirmed; never sent anywhere."""

    __tablename__ = "draft"
    subject: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    text: str = Field(repr=False)
    updated_at: str


class ListedRow(SQLModel, table=True):
    """What lists need of a journey. Days are dates of the branch (YYYY-MM-DD)."""

    __tablename__ = "journey_row"
    __table_args__ = (
        Index("journey_row_ended", "ended"),
        Index("journey_row_started", "started_day"),
        Index("journey_row_finished", "finished_day"),
        Index("journey_row_unpurged", "ended", "clock", sqlite_where=text(UNPURGED)),
    )
    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(unique=True)
    masked_name: str
    masked_phone: str
    target: str
    status: str
    ended: bool
    erased: bool
    step_number: int
    step_total: int
    current: str | None = None
    holder: str | None = None
    holder_terminal: str | None = None
    started_at: str
    updated_at: str
    clock: str
    own_seq: int
    person_keys: str
    started_day: str | None = None
    finished_day: str | None = None
    search: str = Field(default="", repr=False)


class JourneyKeyRow(SQLModel, table=True):
    """A keyed hash of a person's phone or document, and a journey that it stands in."""

    __tablename__ = "journey_key"
    __table_args__ = {"sqlite_with_rowid": False}
    key: str = Field(primary_key=True)
    journey: int = Field(primary_key=True, index=True)


class JourneyTermRow(SQLModel, table=True):
    """A search term of a journey: `i` initials, `p` whole pinyin, `d` the last digits of the phone, reversed."""

    __tablename__ = "journey_term"
    __table_args__ = {"sqlite_with_rowid": False}
    term: str = Field(primary_key=True)
    journey: int = Field(primary_key=True, index=True)


def table(model: type[SQLModel]) -> Table:
    """The Core table of a model, for the paths where the rate matters."""
    return SQLModel.metadata.tables[str(model.__tablename__)]
