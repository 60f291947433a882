"""Rows of what happened with gifts and cases; the rest is in `facts.py`, from which all are imported."""

from dataclasses import dataclass

from branch_console.rules.statistics.instants import Instant


@dataclass(frozen=True, slots=True)
class ClaimFact:
    """One claim. `keys` are keyed hashes by scope; money in fen; `handed` when the customer got it (None: not yet).

    `released`: when it was given up, None where it was not, or was handed over all the same.
    """

    subject: str
    branch: str
    terminal: str
    staff: str | None
    campaign: str
    started: Instant | None
    status: str
    second_staff: str | None = None
    keys: tuple[tuple[str, str], ...] = ()
    sku: str = ""
    reward_kind: str = ""
    cost_fen: int = 0
    right_kind: str = ""
    voucher: bool = False
    handed: Instant | None = None
    confirmed_by: str = ""
    returned: Instant | None = None
    released: Instant | None = None
    released_why: str = ""
    outcome: str = ""
    outcome_why: str = ""
    ruled: Instant | None = None
    marks: tuple[str, ...] = ()

    def key(self, scope: str) -> str | None:
        """The keyed hash of that scope."""
        for name, value in self.keys:
            if name == scope:
                return value
        return None


@dataclass(frozen=True, slots=True)
class CheckFact:
    """One check of one campaign for one customer: the verdict, and the codes of what decided it, the first one first.

    The subject is the check, which is one for all campaigns; it names no customer.
    """

    subject: str
    campaign: str
    at: Instant | None
    staff: str | None
    verdict: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFact:
    """One case. `ended`: when nothing was left to tell the customer, None while it is open (again).

    `escalated`: when it first went up to level 2. `repeat_of`: the case of the same customer and matter that had been
    closed at most 30 days before.
    `working_days`: working days from receipt to the word of the decision, None where that is not known.
    """

    subject: str
    branch: str
    kind: str
    status: str
    received: Instant | None
    registered_by: str | None = None
    owner: str | None = None
    number: str = ""
    category: str = ""
    business: str = ""
    reason: str = ""
    keys: tuple[str, ...] = ()
    merged: bool = False
    withdrawn: Instant | None = None
    notified: Instant | None = None
    closed: Instant | None = None
    ended: Instant | None = None
    working_days: int | None = None
    escalated: Instant | None = None
    regulator: bool = False
    repeat_of: str | None = None
    rated: Instant | None = None

    @property
    def complaint(self) -> bool:
        """Whether it stands in complaint statistics: no merged duplicate, a complaint or a dispute."""
        return self.kind in {"complaint", "dispute"} and not self.merged


@dataclass(frozen=True, slots=True)
class ClockFact:
    """One time limit of a case. `purpose` is decision, first_contact or other.

    `stopped`: when what it waited for happened; `dropped`: when something else ended it (withdrawn).
    `complaint`: whether its case stands in complaint statistics.
    """

    subject: str
    clock: str
    purpose: str
    statutory: bool
    due: Instant | None
    round: int = 1
    stopped: Instant | None = None
    dropped: Instant | None = None
    owner: str | None = None
    complaint: bool = True


@dataclass(frozen=True, slots=True)
class IdeaFact:
    """One suggestion and what became of it."""

    subject: str
    topic: str
    received: Instant | None
    staff: str | None = None
    adopted: Instant | None = None
    declined: Instant | None = None
    done: Instant | None = None
