"""What folding gives for a case and for a rating. Moments are RFC 3339 as the writing terminal saw them.

`status` is a code of the table `case_states`, which says its phase and what it does to clocks. What can be true of a
case in any status (escalated, major, overdue, …) is a flag and never a status.
"""

from dataclasses import dataclass, field

from branch_console.rules.cases.parts import COMPLAINTS, Codes, Customer, Regulator, Transaction
from branch_console.rules.cases.record import (
    Containment,
    Decision,
    Difference,
    Evidence,
    Extension,
    HotlineCall,
    Item,
    Joining,
    PromiseMade,
    Review,
    Reward,
    Slip,
    Suspected,
)
from branch_console.rules.journey_state import Mark

ENDED = frozenset({"closed", "withdrawn", "not_accepted", "merged", "told"})
"""Statuses in which nothing is left to do; the same as those of phase `closed` in the table of states."""


@dataclass(slots=True)
class CaseMark(Mark):
    """An entry that did not fit, or two sides' acts: `against` are the entries that its writer did not know."""

    against: list[str] = field(default_factory=list)


@dataclass(slots=True, repr=False)
class CaseState:
    """One case.

    `setters` is, of each thing that two sides can set differently, the entry whose word stands; `differences` are the
    words that do not stand and were not known to each other. `heads` are the newest entries, for the next one's
    `after`. `before` is the status that a review goes back to.
    """

    number: str = ""
    kind: str = ""
    kinds_before: list[str] = field(default_factory=list)
    status: str = ""
    before: str = ""
    codes: Codes | None = None
    narrative: str = ""
    masked: dict[str, int] = field(default_factory=dict)
    exemptions: dict[str, int] = field(default_factory=dict)
    customer: Customer | None = None
    want: str | None = None
    contact: str = "none"
    policy_id: str = ""
    policy_version: int = 0
    calendar_id: str = ""
    calendar_version: int = 0
    clock_sets: list[str] = field(default_factory=list)
    received_at: str = ""
    form_opened_at: str = ""
    saved_at: str = ""
    registered_by: str | None = None
    branch: str = ""
    terminal: str = ""
    source: str = ""
    regulator: Regulator | None = None
    transaction: Transaction | None = None
    fast_track: bool = False
    vulnerable: bool = False
    group_size: int = 1
    product: str | None = None
    proxy: str | None = None
    root_cause: str | None = None
    rectification: str | None = None
    token: str | None = None
    interested: dict[str, str] = field(default_factory=dict)
    owner: str | None = None
    owner_accepted: bool = False
    level: int = 0
    promises: list[PromiseMade] = field(default_factory=list)
    first_contact_at: str | None = None
    last_contact_at: str | None = None
    evidence: list[Evidence] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    containments: list[Containment] = field(default_factory=list)
    calls: list[HotlineCall] = field(default_factory=list)
    steps: dict[str, str] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    notified_at: str | None = None
    closed_at: str | None = None
    merged_into: str | None = None
    merged_number: str | None = None
    merged_at: str | None = None
    merge: str | None = None
    joined: list[Joining] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    hints: list[Suspected] = field(default_factory=list)
    topic: str | None = None
    who: str = "customer"
    idea_owner: str | None = None
    idea_due: str | None = None
    idea_answer: str | None = None
    idea_done: str | None = None
    idea_done_at: str | None = None
    told_at: str | None = None
    supporters: list[str] = field(default_factory=list)
    rewards: list[Reward] = field(default_factory=list)
    timeline: list[Item] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    setters: dict[str, str] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)
    erased: bool = False
    erased_entries: list[str] = field(default_factory=list)
    marks: list[CaseMark] = field(default_factory=list)
    updated_at: str = ""
    entries: int = 0

    @property
    def ended(self) -> bool:
        """Whether nothing is left to do."""
        return self.status in ENDED

    @property
    def is_complaint(self) -> bool:
        """Whether it stands in complaint statistics and on statutory clocks."""
        return self.kind in COMPLAINTS

    @property
    def decision(self) -> Decision | None:
        """The decision that stands: the newest made with knowledge of those before; of two made at once the first."""
        standing = self.setters.get("decision")
        return next((each for each in self.decisions if each.entry == standing), None)

    @property
    def open_promises(self) -> list[PromiseMade]:
        """What the customer still waits for, in the order of the timeline; `promises.nearest` is the next."""
        return [each for each in self.promises if each.status == "open"]

    @property
    def unsettled(self) -> list[CaseMark]:
        """What two sides changed at once and nobody has looked at yet."""
        return [each for each in self.marks if each.code == "both_sides_changed" and each.entry not in self.settled]

    @property
    def support(self) -> int:
        """How many others want the same."""
        return len(self.supporters)


@dataclass(slots=True)
class RatingRevision:
    """One word of the customer."""

    entry: str
    score: int
    reasons: list[str]
    text: str
    by: str
    revision: int
    staff: str | None
    at: str


@dataclass(slots=True, repr=False)
class RatingState:
    """All that was said about one journey or case; nothing is ever written over."""

    about: str = ""
    revisions: list[RatingRevision] = field(default_factory=list)
    branch: str = ""
    erased: bool = False
    marks: list[CaseMark] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    updated_at: str = ""
    entries: int = 0

    @property
    def counted(self) -> RatingRevision | None:
        """The word that statistics count: the newest, whatever number it gave itself."""
        return self.revisions[-1] if self.revisions else None
