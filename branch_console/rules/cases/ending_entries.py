"""The entries by which a case comes to its end, and goes on after it: decision, notice, closing, merging, review."""

from typing import Annotated, Literal

from pydantic import Field

from branch_console.rules.cases.parts import CaseAct, Code, Fen, Moment, Note, Number, Reason, Subject, Way
from branch_console.rules.entries import EntryData, entry_type


class Redress(EntryData):
    """What the customer gets. Recorded, never paid from here. `claim` is the gift's, if it is a gift."""

    kind: Code
    amount_fen: Fen = 0
    claim: Code | None = None


@entry_type("case.decided", subject="case")
class CaseDecided(CaseAct):
    """The decision: what was found, on which basis, what the customer gets, which ways remain open to them.

    Facts, basis and remedies are what a decision must state (CBIRC 2020-3 art. 20, to be confirmed).
    """

    outcome: Code
    facts: Annotated[str, Field(min_length=1, max_length=2000)]
    basis: Annotated[str, Field(min_length=1, max_length=2000)]
    remedies: Annotated[list[Code], Field(max_length=20)]
    redress: Redress | None = None
    approver: Code | None = None


@entry_type("case.notified", subject="case")
class CaseNotified(CaseAct):
    """The customer was told the decision and the remedies. This stops the statutory clock, nothing before it does."""

    way: Way
    remedies_told: bool
    note: Note | None = None


@entry_type("case.closed", subject="case")
class CaseClosed(CaseAct):
    """Nothing is left to do. `root_cause` is what made it happen, `rectification` what was done about that."""

    result: Note
    root_cause: Code | None = None
    rectification: Note | None = None


@entry_type("case.withdrawn", subject="case")
class CaseWithdrawn(CaseAct):
    """The customer takes it back; the procedure ends that day (CBIRC 2020-3 art. 15)."""

    by: Literal["customer", "proxy"]
    way: Way
    reason: Note


@entry_type("case.not_accepted", subject="case")
class CaseNotAccepted(CaseAct):
    """The institution does not deal with it; the person was told so, with the reason."""

    reason: Code
    note: Note
    told: bool
    approver: Code | None = None


@entry_type("case.reopened", subject="case")
class CaseReopened(CaseAct):
    """It was not over. `new_facts` makes it a new matter for the clocks."""

    reason: Reason
    new_facts: bool = False


@entry_type("case.merged", subject="case")
class CaseMerged(CaseAct):
    """This case goes on in another one. For a customer who is not known to be the same, a supervisor approved it."""

    into: Subject
    number: Number
    reason: Reason
    same_customer: bool
    approver: Code | None = None


@entry_type("case.unmerged", subject="case")
class CaseUnmerged(CaseAct):
    """The merging (its entry) is taken back."""

    merge: Code
    reason: Reason


@entry_type("case.joined", subject="case")
class CaseJoined(CaseAct):
    """Written on the target of a merging, in the same act: which case came in by which merging.

    `received_at` is when the other case began: the target's clocks start at the earlier one, so merging buys no time.
    """

    source: Subject
    number: Number
    merge: Code
    received_at: Moment


@entry_type("case.parted", subject="case")
class CaseParted(CaseAct):
    """Written on the target when a merging is taken back."""

    merge: Code


@entry_type("case.review_applied", subject="case")
class ReviewApplied(CaseAct):
    """The customer asks the superior institution to look again (核查), in writing within 30 days of the decision."""

    to: Code
    written: bool
    reference: Code | None = None


@entry_type("case.review_notified", subject="case")
class ReviewNotified(CaseAct):
    """The superior has looked again and the customer was told."""

    outcome: Literal["upheld", "changed", "refused"]
    way: Way
    note: Note
