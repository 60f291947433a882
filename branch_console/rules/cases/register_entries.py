"""The entries by which a case begins and its record grows: registered, details, evidence, codes, kind, slip."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from branch_console.rules.cases.parts import (
    CaseAct,
    Code,
    Codes,
    Count,
    Customer,
    Digest,
    Kind,
    Masked,
    Moment,
    Narrative,
    Note,
    Number,
    Pinned,
    Promise,
    Reason,
    Regulator,
    Sets,
    Subject,
    Transaction,
    Way,
)
from branch_console.rules.entries import EntryData, entry_type


class Told(EntryData):
    """What the customer said: masked text, how much of what was masked, and which numbers were left in as no person's.

    `masked` and `exemptions` count by type (`order_number`, `phone`, …): the numbers themselves stand nowhere.
    """

    text: Narrative
    masked: dict[Code, Count] = Field(default_factory=dict)
    exemptions: dict[Code, Count] = Field(default_factory=dict)


@entry_type("case.registered", subject="case")
class CaseRegistered(CaseAct):
    """A case is taken down. Its number is final, with or without a network.

    `received_at` starts the clocks and may be before the form was opened (a letter), never after it was saved.
    `policy` and `calendar` are None for kinds without clocks, `clock_sets` what the policy chose for it. `who` is
    whose idea it is, for a suggestion; `topic` its topic. `token` is the random part of the slip's QR code.
    """

    number: Number
    kind: Kind
    codes: Codes | None = None
    told: Told
    customer: Customer
    want: Code | None = None
    contact: Way = "none"
    promise: Promise | None = None
    policy: Pinned | None = None
    calendar: Pinned | None = None
    clock_sets: Sets = Field(default_factory=list)
    received_at: Moment
    form_opened_at: Moment
    saved_at: Moment
    source: Code = "counter"
    regulator: Regulator | None = None
    transaction: Transaction | None = None
    fast_track: bool = False
    vulnerable: bool = False
    group_size: Annotated[int, Field(ge=1, le=100_000)] = 1
    topic: Code | None = None
    who: Literal["customer", "staff", "anonymous"] = "customer"
    token: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,32}$")] | None = None


@entry_type("case.details_added", subject="case")
class DetailsAdded(CaseAct):
    """What became known later; what is None stays as it was. `proxy` says whose written authority was seen.

    `clock_sets` are those that the case has besides now, e.g. since an authority handed it on; none goes away.
    """

    transaction: Transaction | None = None
    regulator: Regulator | None = None
    customer: Customer | None = None
    group_size: Annotated[int, Field(ge=1, le=100_000)] | None = None
    vulnerable: bool | None = None
    product: Code | None = None
    proxy: Code | None = None
    root_cause: Code | None = None
    rectification: Note | None = None
    clock_sets: Sets = Field(default_factory=list)


@entry_type("case.staff_named", subject="case")
class StaffNamed(CaseAct):
    """Somebody of the staff has an interest in the matter: complained about, or party to it. They never handle it."""

    staff: Code
    why: Literal["complained_about", "took_part", "related"]


@entry_type("case.evidence_added", subject="case")
class EvidenceAdded(CaseAct):
    """A picture or paper exists; the journal holds its hash, its kind and its size, never the thing itself."""

    sha256: Digest
    kind: Code
    size: Annotated[int, Field(ge=0, le=2**40)]
    caption: Masked = ""


@entry_type("case.retyped", subject="case")
class CaseRetyped(CaseAct):
    """The case is of another kind. Away from complaint or dispute it needs a supervisor, who is not the maker."""

    kind: Kind
    reason: Reason
    approver: Code | None = None
    clock_sets: Sets = Field(default_factory=list)


@entry_type("case.reclassified", subject="case")
class CaseReclassified(CaseAct):
    """Other codes than first taken."""

    codes: Codes
    reason: Reason


@entry_type("case.redacted", subject="case")
class CaseRedacted(CaseAct):
    """Text that should not have been kept was taken out of an entry; the `data.erased` beside it says what stays.

    It needs a supervisor, who is not the maker: what is deleted cannot be looked at again.
    """

    entry: Code
    types: Annotated[list[Code], Field(max_length=20)]
    reason: Reason
    approver: Code | None = None


@entry_type("case.difference_settled", subject="case")
class DifferenceSettled(CaseAct):
    """Somebody has looked at what two sides changed at once. `marks` are the entries that were marked."""

    marks: Annotated[list[Code], Field(min_length=1, max_length=200)]
    note: Note


@entry_type("case.duplicate_suspected", subject="case")
class DuplicateSuspected(CaseAct):
    """Another terminal or branch has a case that may be the same. Written by central alone, on both cases, once.

    Which one and why (codes of `narrative.duplicates`), never what stands in it. `other` is its subject where this
    branch has it too. `of` and `other` are None once the person was erased from one of the two.
    """

    of: Number | None
    other: Subject | None = None
    branch: Code
    why: Annotated[list[Code], Field(min_length=1, max_length=8)]


@entry_type("case.slip_printed", subject="case")
class SlipPrinted(CaseAct):
    """A slip left the branch; each copy is an act. `offline` is what it said about head office."""

    slip: Literal["receipt", "decision", "extension", "withdrawal", "hotline"]
    form: Literal["text", "pdf"]
    language: Literal["zh", "en"]
    offline: bool
    printed_at: Moment
