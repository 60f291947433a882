"""The tables that figures are read from. All are derived and can be dropped; the migrations make them.

`fact` holds the rows of what happened of each subject (rules/statistics/facts.py), packed; `day_tally` what they add up
to on each business day. `fact_due` names the subjects that have changed since, so nothing else has to be looked at.
Days are business dates of the branch (YYYY-MM-DD).
"""

from sqlalchemy import Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

WAITING = text("waiting > 0")
OPEN = text("open")


class FactRow(SQLModel, table=True):
    """The facts of one subject, linked; its steps apart, since few questions need them.

    `waiting`: the place in the own journal of the entry that finished a journey, while central does not hold it; else
    0. `open`: something of it is left to be done.
    """

    __tablename__ = "fact"
    __table_args__ = (
        Index("fact_waiting", "waiting", sqlite_where=WAITING),
        Index("fact_open", "kind", sqlite_where=OPEN),
    )
    subject: str = Field(primary_key=True)
    kind: str
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False), repr=False)
    steps: bytes = Field(sa_column=Column(LargeBinary, nullable=False), repr=False)
    waiting: int
    open: bool


class FactDayRow(SQLModel, table=True):
    """A business day on which something of a subject happened. `kind` is that of the row: `clock` is a due moment."""

    __tablename__ = "fact_day"
    __table_args__ = {"sqlite_with_rowid": False}
    day: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)


class FactLinkRow(SQLModel, table=True):
    """Subjects with a name in common have a say in each other. `name` is a digest: keyed hashes stand in names."""

    __tablename__ = "fact_link"
    __table_args__ = {"sqlite_with_rowid": False}
    name: int = Field(primary_key=True)
    subject: str = Field(primary_key=True)


class FactWalletRow(SQLModel, table=True):
    """A wallet that counts as onboarded on a day and is recognised: retention reads no journeys. `wallet`: a digest."""

    __tablename__ = "fact_wallet"
    __table_args__ = {"sqlite_with_rowid": False}
    day: str = Field(primary_key=True)
    wallet: int = Field(primary_key=True)


class FactDueRow(SQLModel, table=True):
    """A subject whose state has changed since its facts were made."""

    __tablename__ = "fact_due"
    __table_args__ = {"sqlite_with_rowid": False}
    subject: str = Field(primary_key=True)


class FactSettledRow(SQLModel, table=True):
    """What was known of a subject's links when the hashes that they stood on were erased; it holds from then on.

    `later_of_wallet`: another journey had opened the same wallet before. `repeat_of`: the case that it repeated.
    """

    __tablename__ = "fact_settled"
    __table_args__ = {"sqlite_with_rowid": False}
    subject: str = Field(primary_key=True)
    later_of_wallet: bool
    repeat_of: str | None = None


class DayTallyRow(SQLModel, table=True):
    """What one figure adds up to on one day, as a whole and for each member of its groups."""

    __tablename__ = "day_tally"
    __table_args__ = {"sqlite_with_rowid": False}
    day: str = Field(primary_key=True)
    figure: str = Field(primary_key=True)
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False), repr=False)


class DayTotalRow(SQLModel, table=True):
    """What all figures add up to on one day, as a whole: for trends over many days."""

    __tablename__ = "day_total"
    day: str = Field(primary_key=True)
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False), repr=False)


class StatsMetaRow(SQLModel, table=True):
    """Small facts about the facts, by name (`data/statistics/marks.py`)."""

    __tablename__ = "stats_meta"
    __table_args__ = {"sqlite_with_rowid": False}
    name: str = Field(primary_key=True)
    value: str


class FrozenDayRow(SQLModel, table=True):
    """A day of this branch that central has frozen. `subject`: of the entries; `restated`: how many followed."""

    __tablename__ = "frozen_day"
    day: str = Field(primary_key=True)
    subject: str
    at: str
    restated: int


class CentralStatsRow(SQLModel, table=True):
    """What central answered last to a question about figures, kept for when it cannot be asked. `as_of`: RFC 3339."""

    __tablename__ = "central_stats"
    name: str = Field(primary_key=True)
    as_of: str
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False), repr=False)
