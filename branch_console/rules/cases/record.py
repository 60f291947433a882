"""The parts of a case's state: one line of its timeline, a promise, a decision, a containment, and so on."""

from dataclasses import dataclass, field

from branch_console.rules.gifts.marking import passed


@dataclass(slots=True)
class Event:
    """What an entry does to clocks; the fields of `working_time.events.ClockEvent`, with moments as written."""

    kind: str
    at: str
    stage: int | None = None
    reason: str = ""
    told: str | None = None
    given: list[str] = field(default_factory=list)
    until: str | None = None
    clock: str = ""


@dataclass(slots=True, repr=False)
class Item:
    """One line of the timeline: every entry of the case stands here, whatever became of it.

    `text` is what was written (masked), `detail` the rest in short values. `after` as in the entry; an entry that does
    not say has all before it.
    """

    entry: str
    type: str
    at: str
    staff: str | None
    terminal: str
    text: str | None = None
    detail: dict[str, str] = field(default_factory=dict)
    after: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    erased: bool = False


@dataclass(slots=True)
class Difference:
    """A word that does not stand, because another side had set the same thing and neither knew of the other."""

    what: str
    entry: str
    value: str


@dataclass(slots=True)
class PromiseMade:
    """A promise to the customer. `status` is open, kept, tried (not reached), replaced or dropped (the case ended)."""

    entry: str
    at: str
    way: str
    staff: str | None
    made_by: str | None
    made_at: str
    status: str = "open"
    ended_by: str | None = None
    ended_at: str | None = None
    handed_by: str | None = None

    @property
    def late(self) -> bool:
        """Whether it was kept after its time. It stays so for ever."""
        return self.status == "kept" and self.ended_at is not None and passed(self.ended_at, self.at)


@dataclass(slots=True)
class Decision:
    """One decision. `told_at` is when the customer learned of it."""

    entry: str
    outcome: str
    facts: str
    basis: str
    remedies: list[str]
    redress: str | None
    redress_fen: int
    redress_claim: str | None
    staff: str | None
    approver: str | None
    at: str
    told_at: str | None = None


@dataclass(slots=True)
class Containment:
    """One request to stop a loss. `status` is requested, queued (no network), confirmed, failed or expired.

    It has expired, too, when `expires_at` has passed: ask `containing.standing`.
    """

    entry: str
    measure: str
    wallet: str
    not_before: str
    expires_at: str
    status: str
    staff: str | None
    at: str
    renews: str | None = None
    done_at: str | None = None
    reference: str = ""
    why: str | None = None


@dataclass(slots=True)
class HotlineCall:
    """The customer's own call."""

    entry: str
    hotline: str
    number: str
    called_at: str
    answered: bool
    reference: str
    said_done: bool


@dataclass(slots=True)
class Evidence:
    """What was seen, by its hash."""

    entry: str
    sha256: str
    kind: str
    size: int
    caption: str
    at: str


@dataclass(slots=True)
class Extension:
    """A longer statutory time."""

    entry: str
    stage: int
    clock: str
    reason: str
    approver: str
    approval: str
    told_at: str


@dataclass(slots=True)
class Joining:
    """Another case that came in by a merging (its entry there); `parted` once that is taken back."""

    source: str
    number: str
    merge: str
    received_at: str
    parted: bool = False


@dataclass(slots=True)
class Review:
    """A review by the superior institution; `outcome` None while it is under way."""

    entry: str
    to: str
    applied_at: str
    reference: str | None = None
    outcome: str | None = None
    notified_at: str | None = None


@dataclass(slots=True)
class Suspected:
    """Another case that may be the same, as central says: its number (None once erased), its branch, and why.

    `other` is its subject where this branch has it too; of another branch's there is nothing more to see.
    """

    entry: str
    of: str | None
    other: str | None
    branch: str
    why: list[str]
    at: str


@dataclass(slots=True)
class Slip:
    """A slip that was printed."""

    entry: str
    slip: str
    form: str
    language: str
    offline: bool
    at: str


@dataclass(slots=True)
class Reward:
    """A reward of an idea: the act on a claim or stock that gave it."""

    entry: str
    act: str
    value_fen: int
    approver: str
    month: str
    staff: str | None
    at: str
