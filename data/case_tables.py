"""The tables about cases and ratings. All are derived from the journal and can be made anew from it at any time.

Days are business dates of the branch (YYYY-MM-DD); `…_ms` are milliseconds since 1970. The full-text table
`case_search` (columns state, head, body; one row a case, under its id) is made by the migration and written by
`case_search.py`. Who has an interest in a case (complained about, related) stands in none of them: only supervisors may
see that, and they see it on the case itself.
"""

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

NOTHING_DUE = 2**53 - 1
"""`next_ms` and `promise_ms` of a case in which nothing is: behind everything else."""

QUEUED = text("queued")
REGULATOR = text("queued AND regulator")
ENDED = text("over_day IS NOT NULL")
DISPUTE = text("kind = 'dispute'")
TRANSACTION = text("transaction_key IS NOT NULL")
OWN = text("own_seq > 0")
OVER = text("personal AND ended")
PERSONAL = text("personal")
UNREAD = text("unread")


class CaseRow(SQLModel, table=True):
    """What lists and look-ups need of a case.

    `queued`: it stands in the queue, i.e. it has not ended, or somebody was promised something after the end (a merged
    case goes on elsewhere); a suggestion only while something is promised (ideas have
    a board of their own). `next_…`: what is due next (rules/cases/next_due.py), `next_share_started_ms` since when it
    is waited for. `promise_…`: the nearest open promise. `flags`: codes with blanks between (rules/cases/limits.py).
    `text`: the narrative, masked. `differs`: two sides changed the same thing and nobody has settled it. `over_day`:
    when it ended; `merged_into`: the case that it went on in. `unread`: a policy, calendar or limit is not here yet, so
    that what is due was not reckoned. `keys`: JSON, scope → keyed hash. `search`: changes with what the case is found
    by. `personal`: retention has not seen to it yet that nothing of the customer is left.
    """

    __tablename__ = "case_row"
    __table_args__ = (
        Index("case_row_number", "number"),
        # `queued` is a column of these too: else SQLite reads each row to see that the index was right.
        Index("case_row_queue", "next_ms", "queued", "owner", "promise_staff", sqlite_where=QUEUED),
        Index("case_row_promise", "promise_ms", "queued", sqlite_where=QUEUED),
        Index("case_row_regulator", "next_ms", sqlite_where=REGULATOR),
        Index("case_row_kind", "kind"),
        Index("case_row_status", "status"),
        Index("case_row_kind_status", "kind", "status"),
        Index("case_row_received", "received_day", "received_ms"),
        Index("case_row_over", "over_day", sqlite_where=ENDED),
        Index("case_row_dispute", "received_ms", sqlite_where=DISPUTE),
        Index("case_row_transaction", "transaction_key", sqlite_where=TRANSACTION),
        Index("case_row_own", "own_seq", sqlite_where=OWN),
        Index("case_row_personal", "clock", sqlite_where=OVER),
        Index("case_row_unread", "subject", sqlite_where=UNREAD),
    )
    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(unique=True)
    number: str
    kind: str
    status: str
    category: str
    business: str
    reason: str
    name: str
    phone: str
    keys: str = Field(repr=False)
    transaction_key: str | None = Field(default=None, repr=False)
    owner: str | None = None
    branch: str
    terminal: str
    level: int
    flags: str
    received_at: str
    received_ms: int
    received_day: str
    ended: bool
    over_day: str | None = None
    merged_into: str | None = None
    queued: bool
    regulator: bool
    paused: bool
    differs: bool
    next_at: str | None = None
    next_ms: int
    next_kind: str
    next_share_started_ms: int
    promise_at: str | None = None
    promise_ms: int
    promise_staff: str | None = None
    statutory_day: str | None = None
    internal_at: str | None = None
    text: str = Field(repr=False)
    unread: bool
    updated_at: str
    clock: str
    own_seq: int
    erased: bool
    personal: bool
    search: str


class CaseKeyRow(SQLModel, table=True):
    """A keyed hash of a customer, and a case of theirs."""

    __tablename__ = "case_key"
    __table_args__ = {"sqlite_with_rowid": False}
    key: str = Field(primary_key=True)
    scope: str = Field(primary_key=True)
    case_id: int = Field(primary_key=True, index=True)


class CasePromiseRow(SQLModel, table=True):
    """An open promise to a customer. `entry` made it; `ms` is when it must be kept, 0 where that cannot be read."""

    __tablename__ = "case_promise"
    __table_args__ = {"sqlite_with_rowid": False}
    ms: int = Field(primary_key=True)
    case_id: int = Field(primary_key=True, index=True)
    entry: str = Field(primary_key=True)
    at: str
    way: str
    staff: str | None = None


class IdeaRow(SQLModel, table=True):
    """What the board of suggestions needs besides the case's own row. `tab`: where it stands on the board."""

    __tablename__ = "idea_row"
    __table_args__ = (Index("idea_row_tab", "tab", "support"), Index("idea_row_support", "support"))
    case_id: int = Field(primary_key=True)
    tab: str
    topic: str | None = None
    who: str
    owner: str | None = None
    due: str | None = None
    answer: str | None = Field(default=None, repr=False)
    done: str | None = Field(default=None, repr=False)
    done_at: str | None = None
    told_at: str | None = None
    support: int
    rewarded_fen: int


class CaseRewardRow(SQLModel, table=True):
    """A reward of a suggestion. `month`: YYYY-MM, the one whose budget it counts on."""

    __tablename__ = "case_reward"
    __table_args__ = {"sqlite_with_rowid": False}
    month: str = Field(primary_key=True)
    case_id: int = Field(primary_key=True, index=True)
    entry: str = Field(primary_key=True)
    value_fen: int


class RatingRow(SQLModel, table=True):
    """What statistics need of a rating: the newest word, on the day of the first. `revisions`: how many words."""

    __tablename__ = "rating_row"
    __table_args__ = (
        Index("rating_row_day", "day"),
        Index("rating_row_personal", "clock", sqlite_where=PERSONAL),
    )
    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(unique=True)
    about: str
    score: int
    day: str
    staff: str | None = None
    revisions: int
    updated_at: str
    clock: str
    own_seq: int
    erased: bool
    personal: bool
