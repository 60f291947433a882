"""What a journey is at a moment: the state that folding its entries gives."""

from dataclasses import dataclass, field

from branch_console.rules.journey_entries import Answer

ENDED = frozenset({"finished", "abandoned"})


@dataclass(slots=True)
class Mark:
    """An entry that did not fit when its turn came: two sides changed the journey, or a rule was not kept."""

    entry: str
    code: str
    staff: str | None = None
    at: str | None = None


@dataclass(slots=True, repr=False)
class StepState:
    """One step. `status` is in_progress, done, skipped or failed; times are sums in milliseconds.

    `changed` is the number of the journey's entry that last changed an answer or the outcome.
    """

    status: str = "in_progress"
    answers: dict[str, Answer] = field(default_factory=dict)
    reason: str | None = None
    note: str | None = None
    active_ms: int = 0
    away_ms: int = 0
    staff: str | None = None
    started_at: str | None = None
    at: str | None = None
    changed: int = 0


@dataclass(slots=True)
class ConsentState:
    """The newest decision on one scope. `withdrawn_at` is set once it has been taken back."""

    scope: str
    given: bool
    policy_id: str
    policy_version: int
    sha256: str
    method: str
    language: str
    guardian: bool
    staff: str | None
    at: str
    withdrawn_at: str | None = None


@dataclass(slots=True, repr=False)
class OfferState:
    """A hand-over that waits for acceptance; `id` is the entry that offered it."""

    id: str
    to: str
    staff: str | None
    reason: str
    note: str | None
    queue_number: str | None
    offered_by: str | None
    terminal: str
    at: str


@dataclass(slots=True, repr=False)
class InterruptionState:
    """The interruption that stops the journey, or the last one that was resolved (`outcome` set)."""

    step: str
    rule: str
    reason: str
    staff: str | None
    at: str
    outcome: str | None = None
    note: str | None = None
    approved_by: str | None = None


@dataclass(slots=True, repr=False)
class JourneyState:
    """One customer's onboarding. Moments are RFC 3339 as the writing terminal saw them.

    `status` is running, paused, interrupted, offered, finished or abandoned.
    `cleared` names the interruption rules that were resolved with "continue".
    `counter_staff` are the two who accepted the journey at the counter.
    `revealed` counts how often a masked value was shown in full.
    """

    flow_id: str | None = None
    flow_version: int | None = None
    target: str | None = None
    name: str | None = None
    segment: str | None = None
    age_band: str | None = None
    doc_type: str | None = None
    branch: str | None = None
    terminal: str | None = None
    holder: str | None = None
    holder_terminal: str | None = None
    started_by: str | None = None
    status: str = "running"
    steps: dict[str, StepState] = field(default_factory=dict)
    current: str | None = None
    consents: list[ConsentState] = field(default_factory=list)
    person_keys: list[str] = field(default_factory=list)
    phone_masked: str | None = None
    doc_masked: str | None = None
    wallet_class: str | None = None
    wallet_masked: str | None = None
    offer: OfferState | None = None
    counter_staff: list[str] = field(default_factory=list)
    interruption: InterruptionState | None = None
    cleared: list[str] = field(default_factory=list)
    started_at: str | None = None
    updated_at: str | None = None
    finished_at: str | None = None
    abandoned_at: str | None = None
    abandoned_reason: str | None = None
    erased: bool = False
    revealed: int = 0
    marks: list[Mark] = field(default_factory=list)
    entries: int = 0

    @property
    def ended(self) -> bool:
        """Whether the journey is finished or abandoned."""
        return self.status in ENDED

    def answer(self, step: str, name: str) -> Answer | None:
        """The answer to one field, None when it is not known."""
        found = self.steps.get(step)
        return None if found is None else found.answers.get(name)

    def consent(self, scope: str) -> ConsentState | None:
        """The newest decision on `scope`."""
        for consent in self.consents:
            if consent.scope == scope:
                return consent
        return None
