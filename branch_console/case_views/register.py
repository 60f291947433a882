"""The form of a case as its screen draws it: what can be picked, what is filled in by itself, what may be a repeat."""

from dataclasses import dataclass, field

from branch_console.rules.cases.form import CaseForm
from branch_console.rules.narrative.finding import Patterns

ANONYMOUS = "anonymous"
"""The handle of a customer who does not want to be known."""


@dataclass(frozen=True, slots=True)
class CustomerView:
    """Somebody whose case it may be. `id` is a handle of this session; everything else is masked."""

    id: str
    name: str
    number: str
    """Phone or wallet."""
    known_by: str
    """In words; empty for somebody whom nobody knows here."""


@dataclass(frozen=True, slots=True)
class CategoryView:
    """One row of the picker: what it is called in both languages, and what it fills in."""

    code: str
    label: str
    zh: str
    en: str
    codes: str = ""
    """Channel, business and reason as they will be reported; empty for a topic."""
    want: str = ""
    fast_track: bool = False


@dataclass(frozen=True, slots=True)
class KindView:
    """A kind of case: its key, its picker's rows, and the fields that it asks for."""

    code: str
    label: str
    categories: tuple[CategoryView, ...]
    asks: frozenset[str]
    """Names of `rules.cases.form.FIELDS`."""
    ways: tuple[tuple[str, str], ...]
    """How the customer may be reached; only where nobody waits for an answer, also not at all."""
    contact: str
    """The way unless somebody says otherwise."""
    promise: str = ""
    """The next word by default, as it would be typed."""
    promise_why: str = ""
    """Which limit that is, in words."""


@dataclass(frozen=True, slots=True)
class DraftView:
    """A form that was begun and not sent."""

    form: CaseForm
    customer: CustomerView | None
    """None: nobody was picked."""
    since: str
    from_journey: bool = False


@dataclass(frozen=True, slots=True)
class RegisterView:
    """An empty form, and what was left of an earlier one."""

    opened_at: str
    kinds: tuple[KindView, ...]
    wants: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]
    regulators: frozenset[str]
    """Sources that are authorities."""
    narrative_most: int
    patterns: Patterns = field(repr=False)
    """What is masked while somebody types."""
    draft: DraftView | None = None

    def kind(self, code: str) -> KindView | None:
        """One kind."""
        return next((each for each in self.kinds if each.code == code), None)


@dataclass(frozen=True, slots=True)
class RepeatView:
    """A case that the form may repeat. `elsewhere`: of another branch, whose case nobody here may add to."""

    subject: str
    number: str
    why: str
    status: str
    day: str
    text: str
    open: bool
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class RegisteredView:
    """A case was taken down; its slip comes next. `seconds`: from opening the form to saving it."""

    subject: str
    number: str
    seconds: int
