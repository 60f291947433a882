"""The entries of working on a case: whose it is, contacts and promises, notes, escalation, extension, pause."""

from typing import Annotated, Literal

from pydantic import Field

from branch_console.rules.cases.parts import CaseAct, Code, Day, Moment, Note, Promise, Reason, Way
from branch_console.rules.entries import entry_type


@entry_type("case.assigned", subject="case")
class CaseAssigned(CaseAct):
    """The case is to be handled by somebody, or passed on to them."""

    to: Code
    reason: Reason | None = None


@entry_type("case.accepted", subject="case")
class CaseAccepted(CaseAct):
    """The writer handles the case and declares to have no interest in it (avoidance, CBIRC 2020-3)."""

    no_interest: bool


class _Contact(CaseAct):
    """`ends_with` is what the contact ended with: the next promise, or a decision (made and told)."""

    way: Way
    text: Note
    ends_with: Literal["promise", "decision"]
    promise: Promise | None = None


@entry_type("case.contact_out", subject="case")
class ContactOut(_Contact):
    """We turned to the customer. Not reached is no contact for the promise, but needs the next one all the same."""

    reached: bool


@entry_type("case.contact_in", subject="case")
class ContactIn(_Contact):
    """The customer turned to us."""


@entry_type("case.interim_replied", subject="case")
class InterimReplied(CaseAct):
    """The customer was told how far the matter is."""

    way: Way
    text: Note
    promise: Promise


@entry_type("case.noted", subject="case")
class CaseNoted(CaseAct):
    """An internal note, masked like every text."""

    text: Annotated[str, Field(min_length=1, max_length=2000)]


@entry_type("case.escalated", subject="case")
class CaseEscalated(CaseAct):
    """The case is known higher up. A level never falls: 1 supervisor, 2 head of branch, 3 superior institution."""

    level: Annotated[int, Field(ge=1, le=3)]
    to: Code | None = None
    reason: Reason


@entry_type("case.extended", subject="case")
class CaseExtended(CaseAct):
    """The statutory time is longer now: stage 1 to 30 days, stage 2 by 30 more (CBIRC 2020-3 art. 19).

    It counts only approved and told to the customer. `clock` is the one it is for, None all that can be extended.
    """

    stage: Annotated[int, Field(ge=1, le=9)]
    clock: Code | None = None
    reason: Reason
    approver: Code
    approval: Literal["supervisor", "head", "superior"]
    told_at: Moment
    told_way: Way


@entry_type("case.paused", subject="case")
class CasePaused(CaseAct):
    """Work waits for the customer, or for an appraisal outside. Statutory time runs on unless the law says otherwise.

    For an appraisal, `told` and `basis` (which provision) are what may stop the statutory clock.
    """

    why: Literal["waiting_customer", "external_appraisal"]
    note: Reason
    told: bool = False
    basis: Reason | None = None
    until: Day | None = None


@entry_type("case.resumed", subject="case")
class CaseResumed(CaseAct):
    """Work goes on."""

    note: Note | None = None


@entry_type("case.promise_handed_over", subject="case")
class PromiseHandedOver(CaseAct):
    """At the end of a shift, open promises (the entries that made them) go to somebody by name."""

    promises: Annotated[list[Code], Field(min_length=1, max_length=50)]
    to: Code
    note: Note | None = None
