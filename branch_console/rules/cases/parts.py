"""What the entries about cases have in common: who, until when, which version, and what the writer had seen."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from branch_console.rules.entries import EntryData
from branch_console.rules.gifts.parts import Day, Digest, Fen, Key, Masked, Moment, Note, Scope
from branch_console.rules.journey_entries import Code

__all__ = [
    "CaseAct",
    "Code",
    "Codes",
    "Count",
    "Customer",
    "Day",
    "Digest",
    "Fen",
    "Key",
    "Kind",
    "Masked",
    "Moment",
    "Narrative",
    "Note",
    "Number",
    "Pinned",
    "Promise",
    "Reason",
    "Regulator",
    "Sets",
    "Subject",
    "Transaction",
    "Way",
]

Kind: TypeAlias = Literal["complaint", "dispute", "suggestion", "praise", "inquiry", "report"]
COMPLAINTS: frozenset[str] = frozenset({"complaint", "dispute"})
"""The kinds that stand in complaint statistics and on statutory clocks (domain page §3.1)."""

Way: TypeAlias = Literal["phone", "sms", "visit", "letter", "none"]
Narrative: TypeAlias = Annotated[str, StringConstraints(max_length=300)]
Reason: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Number: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^TS-[A-Z0-9_-]{1,32}-[0-9A-F]{4}-[0-9]{6}-[0-9]{4,5}-[0-9]{2}$")
]
Subject: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,32}/[0-9a-f-]{36}$")]
Sets: TypeAlias = Annotated[list[Code], Field(max_length=20)]
"""Names of sets of clocks of a policy."""
Count: TypeAlias = Annotated[int, Field(ge=0, le=1_000_000)]


class CaseAct(EntryData):
    """Base of what is written about a case.

    `after` are the ids of the case's newest entries that the writer had before them: those that no other entry names.
    What stands in the journal before this entry and is not behind them, the writer did not know: two sides worked on
    the case at once. None: the writer does not say (central), and nothing is concluded.
    """

    after: Annotated[list[Code], Field(max_length=64)] | None = None


class Pinned(EntryData):
    """A policy or calendar as it was when the case began. A later version never touches the case."""

    id: Code
    version: Annotated[int, Field(ge=1)]


class Codes(EntryData):
    """The three axes of JR/T 0169-2018 and the picker's category that filled them; with the tables' versions.

    Codes without the table's version could not be reported to the regulator (its interface checks both).
    """

    category: Code
    channel: Code
    business: Code
    reason: Code
    tables: Annotated[dict[Code, Annotated[int, Field(ge=1)]], Field(max_length=20)]


class Customer(EntryData):
    """Whose case it is, as far as it must be known: keyed hashes by scope, and what staff see on a list."""

    how: Literal["phone", "wallet", "journey", "document", "anonymous"]
    keys: dict[Scope, Key] = Field(default_factory=dict)
    name: Masked = ""
    phone: Masked = ""
    wallet: Masked = ""
    journey: Code | None = None


class Promise(EntryData):
    """The next word that the customer was promised: until when, how, and by whom."""

    at: Moment
    way: Way
    staff: Code | None = None


class Transaction(EntryData):
    """The payment that is in dispute. `reference` and `counterparty` are masked text.

    `key` is the keyed hash of the whole reference (kind `transaction`), so that a second case of it is found.
    """

    amount_fen: Fen
    at: Moment | None = None
    reference: Masked = ""
    counterparty: Masked = ""
    key: Key | None = None


class Regulator(EntryData):
    """A case that an authority handed on: which one (table `case_regulators`), its number, and when it came."""

    body: Code
    reference: Masked = ""
    transferred_at: Moment
