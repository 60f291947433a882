"""The tables about rights that this branch owns, what was attested, campaigns, closed days; and two caches.

All but the caches are derived from the journal. The caches hold what central said: facts about people, for the day, and
the filter of what is already claimed.
"""

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from data.gift_tables import PERSONAL


class LeaseRow(SQLModel, table=True):
    """A lease of a terminal. `used` is what the terminal said when it gave the lease back."""

    __tablename__ = "lease_row"
    __table_args__ = (Index("lease_row_terminal", "terminal", "campaign"),)
    subject: str = Field(primary_key=True)
    campaign: str
    terminal: str
    quantity: int
    unit_cost_fen: int
    epoch: str
    expires_at: str
    expires_ms: int
    status: str
    used: int | None = None
    granted_at: str
    marked: bool


class EntitlementRow(SQLModel, table=True):
    """A right of one person at one branch. `keys` and `skus` are JSON."""

    __tablename__ = "entitlement_row"
    __table_args__ = (Index("entitlement_row_personal", "expires_on", sqlite_where=PERSONAL),)
    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(unique=True)
    campaign: str
    version: int
    keys: str = Field(repr=False)
    skus: str
    value_fen: int
    expires_on: str
    home_branch: str
    epoch: str
    signature: str
    status: str
    why: str | None = None
    issued_at: str
    personal: bool


class EntitlementKeyRow(SQLModel, table=True):
    """A keyed hash of the person who has an entitlement."""

    __tablename__ = "entitlement_key"
    __table_args__ = {"sqlite_with_rowid": False}
    key: str = Field(primary_key=True)
    scope: str = Field(primary_key=True)
    entitlement: int = Field(primary_key=True, index=True)


class AttestationRow(SQLModel, table=True):
    """A fact that staff saw on the customer's phone. `value` is JSON; `outcome` is central's finding."""

    __tablename__ = "attestation_row"
    __table_args__ = (Index("attestation_row_personal", "clock", sqlite_where=PERSONAL),)
    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(unique=True)
    keys: str = Field(repr=False)
    name: str
    fact: str
    value: str = Field(repr=False)
    reference: str = Field(repr=False)
    seen_at: str
    staff: str | None = None
    terminal: str
    at: str
    day: str
    outcome: str | None = None
    true_value: str | None = Field(default=None, repr=False)
    clock: str
    own_seq: int
    personal: bool


class AttestationKeyRow(SQLModel, table=True):
    """A keyed hash of the person whom an attested fact is about."""

    __tablename__ = "attestation_key"
    __table_args__ = {"sqlite_with_rowid": False}
    key: str = Field(primary_key=True)
    scope: str = Field(primary_key=True)
    attestation: int = Field(primary_key=True, index=True)


class CampaignRow(SQLModel, table=True):
    """The state of a campaign as central last said it."""

    __tablename__ = "campaign_row"
    __table_args__ = (Index("campaign_row_campaign", "campaign"),)
    subject: str = Field(primary_key=True)
    campaign: str
    status: str
    version: int
    approved_by: str
    bound_count: int | None = None
    bound_fen: int | None = None
    left_count: int | None = None
    left_fen: int | None = None
    why: str | None = None
    updated_at: str


class DayRow(SQLModel, table=True):
    """A business day's end, without its lines: those are in the state."""

    __tablename__ = "day_row"
    __table_args__ = (Index("day_row_day", "day"),)
    subject: str = Field(primary_key=True)
    day: str
    closed: bool
    maker: str | None = None
    signed_by: str | None = None
    previous: str
    digest: str
    at: str
    marked: bool


class PersonFactsRow(SQLModel, table=True):
    """What central knew of a person when it was asked, as JSON; for one business day.

    `keys`: all keyed hashes that central was asked with. Facts fetched with other keys may be another person's: a phone
    can be shared.
    """

    __tablename__ = "person_facts"
    __table_args__ = (Index("person_facts_day", "day"),)
    keys: str = Field(primary_key=True, repr=False)
    facts: str = Field(repr=False)
    fetched_at: str
    day: str


class ClaimedFilterRow(SQLModel, table=True):
    """A part of the filter of what is already claimed, as central sent it. `name`: base, delta or head."""

    __tablename__ = "claimed_filter"
    name: str = Field(primary_key=True)
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False), repr=False)
    etag: str
    fetched_at: str
