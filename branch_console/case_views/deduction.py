"""What the screens of an abnormal deduction (F9) draw: the start, the checklist, what is known of a freeze."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from branch_console.rules.narrative.finding import Patterns

StepState: TypeAlias = Literal["done", "late", "left_out", "open"]
"""How a step stands; `late`: through, but it took longer than it should."""
Tone: TypeAlias = Literal["muted", "accent", "warning", "error", "success"]


@dataclass(frozen=True, slots=True)
class TrackLine:
    """A fast track that is not through yet. Everything is masked."""

    subject: str
    number: str
    category: str
    customer: str
    received: str
    steps: str
    """How many are through: `3/6`."""
    next_step: str
    """Empty when all are through."""
    standing: str
    tone: Tone
    elsewhere: str
    """The name of another terminal where it was taken down; empty: here."""
    pending: bool


@dataclass(frozen=True, slots=True)
class HomeView:
    """The start: what must never be asked, what can be picked, what is unfinished. Draft texts are masked."""

    warning: str
    categories: tuple[tuple[str, str], ...]
    lines: tuple[TrackLine, ...]
    online: bool
    draft_category: str = ""
    draft_told: str = ""
    patterns: Patterns = field(default_factory=Patterns)
    """What is masked while the sentence is typed."""


@dataclass(frozen=True, slots=True)
class StepView:
    """One step. `at` and `took` are empty while it is not through; `running` is how many seconds it is under way."""

    code: str
    title: str
    text: str
    warning: str
    state: StepState
    target: str
    target_seconds: int
    at: str = ""
    took: str = ""
    note: str = ""
    running: int | None = None


@dataclass(frozen=True, slots=True)
class HotlineView:
    """A number to call. `checked`: when somebody last checked it, or that nobody has."""

    code: str
    label: str
    number: str
    hours: str
    checked: str


@dataclass(frozen=True, slots=True)
class CallView:
    """A call that the customer has made."""

    label: str
    number: str
    at: str
    answered: bool
    reference: str
    said_done: bool


@dataclass(frozen=True, slots=True)
class ContainView:
    """What may be said of a freeze now, and what can be done. `words` never says more than `standing` does.

    `standing` as `rules.cases.containing`. `ask`: the words of the act of asking (anew); empty when it cannot be done,
    and then `why_not` says why.
    """

    standing: str
    words: str
    tone: Tone
    note: str
    ask: str
    why_not: str
    again: bool
    offline: str
    hotlines: tuple[HotlineView, ...]
    calls: tuple[CallView, ...]


@dataclass(frozen=True, slots=True)
class ProofView:
    """What is known of the payment, as it would be typed."""

    amount: str
    at: str
    counterparty: str
    reference: str
    pictures: tuple[str, ...]
    script: str
    """What to tell a customer who may have been cheated."""


@dataclass(frozen=True, slots=True)
class PromiseView:
    """The next word to the customer: as it would be typed, how, and by whom. Empty: none is promised."""

    when: str
    way: str
    way_words: str
    staff: str
    overdue: bool
    ways: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TrackView:
    """One fast track. `current` is the code of the next step; empty when all are through."""

    subject: str
    number: str
    category: str
    customer: str
    identified: bool
    received: str
    by: str
    narrative: str
    warning: str
    steps: tuple[StepView, ...]
    current: str
    contain: ContainView
    proof: ProofView
    promise: PromiseView
    online: bool
    ended: str
    """In words, that the case has ended; empty while it has not."""


@dataclass(frozen=True, slots=True)
class IncidentView:
    """Cases that come in numbers: one sentence, and which cases."""

    words: str
    cases: tuple[str, ...]
