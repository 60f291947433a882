"""What the screens of ratings and ideas draw: plain values, masked, in the session's language."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from branch_console.rules.narrative.finding import Patterns
from branch_console.views import StaffChoice

IdeaTab: TypeAlias = Literal["received", "evaluating", "adopted", "done", "declined", "told", "all"]
IDEA_TABS: tuple[IdeaTab, ...] = ("received", "evaluating", "adopted", "done", "declined", "told", "all")
Named = tuple[str, str]
"""A code and its words."""
Style: TypeAlias = Literal["title", "heading", "text", "quote", "quiet", "warning"]


@dataclass(frozen=True, slots=True)
class RatingView:
    """What may be rated. `score` is the customer's last word, 0 when there is none; `given` how often they spoke."""

    about: str
    what: str
    """In words: whose journey or which case."""
    reasons: tuple[Named, ...]
    score: int = 0
    given: int = 0
    why_not: str = ""
    """Why it cannot be rated now; empty when it can."""


@dataclass(frozen=True, slots=True)
class IdeaLine:
    """One idea on the board."""

    subject: str
    number: str
    text: str
    topic: str
    who: str
    status: str
    status_words: str
    support: int
    owner: str
    """Who puts it into effect, once it is adopted."""
    due: str
    overdue: bool
    at: str
    rewarded: bool = False
    pending: bool = False
    """Central has not confirmed it yet."""


@dataclass(frozen=True, slots=True)
class IdeaStep:
    """One line of an idea's course."""

    at: str
    what: str
    staff: str
    text: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdeaView:
    """One idea in full. `acts`: each act by name, and why it cannot be done now (empty: it can)."""

    line: IdeaLine
    facts: tuple[Named, ...]
    """Label and value."""
    steps: tuple[IdeaStep, ...]
    acts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SuggestScene:
    """What the form of a suggestion offers."""

    topics: tuple[Named, ...]
    patterns: Patterns
    """What is masked while somebody types."""


@dataclass(frozen=True, slots=True)
class GoodsChoice:
    """Something that an idea may be rewarded with; `id` names goods at a place."""

    id: str
    label: str
    place: str
    available: int
    value: str
    expires_on: str = ""


@dataclass(frozen=True, slots=True)
class RewardScene:
    """What a reward may be now, in words: the caps, and how much of the month is left."""

    goods: tuple[GoodsChoice, ...]
    caps: str
    left: str
    approvers: tuple[StaffChoice, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a paper."""

    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class ActionLine:
    """Something that a meeting agreed. `status` is open, overdue, done or dropped."""

    subject: str
    what: str
    owner: str
    due: str
    status: str
    status_words: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """A list or a pack as it is shown, printed and saved: the same paragraphs everywhere."""

    title: str
    blocks: tuple[Block, ...]
    actions: tuple[ActionLine, ...] = ()
    """Of a meeting's pack: what can be ended from there."""
