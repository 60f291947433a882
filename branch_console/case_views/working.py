"""One case as its screen draws it, and the forms of the acts on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from branch_console.rules.working_time.events import ClockEvent
from branch_console.views import StaffChoice


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry of the timeline.

    `details` are label and words. `marks` are sentences about what did not fit and about what two sides did at once;
    `both_sides`: they touched the same thing; `unsettled`: and nobody has looked at that yet.
    """

    id: str
    at: str
    who: str
    terminal: str
    label: str
    text: str = ""
    details: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    both_sides: bool = False
    unsettled: bool = False
    erased: bool = False


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock. `state` is overdue, soon, normal, paused, met, missed, stopped or none, `word` the same in words.

    `due` and `left` are empty where there is nothing to come; `notes`: extended, a last day that is a holiday, a year
    whose holidays nobody has published.
    """

    id: str
    label: str
    statutory: bool
    right: bool
    live: bool
    state: str
    word: str
    due: str = ""
    left: str = ""
    notes: tuple[str, ...] = ()
    basis: str = ""
    promised: bool = False
    """It runs until what was promised by name, which is shown by itself."""


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """The next word that the customer was promised. `more`: how many promises are open besides."""

    at: str
    way: str
    staff: str
    state: str
    word: str
    left: str
    more: int = 0


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks at one moment: the law's first, then the branch's own, and the next promise."""

    lines: tuple[ClockLine, ...] = ()
    promise: PromiseLine | None = None
    estimated: str = ""
    """Which years nobody has published, in words; empty when all are known."""
    confirm: str = ""
    """That the limits are still to be confirmed, in words; empty when all are."""


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise as the clocks need it: the moment as it was written, the way's code, the keeper's name."""

    at: str
    way: str
    staff: str
    made_at: str


@dataclass(frozen=True, slots=True, repr=False)
class ClockSource:
    """What the clocks are reckoned from, so that a minute later they can be read anew without the store.

    No customer is in it: events, the pinned policy and calendar, promises.
    """

    policy: tuple[str, int]
    calendar: tuple[str, int]
    sets: tuple[str, ...]
    events: tuple[ClockEvent, ...]
    promises: tuple[OpenPromise, ...]


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """What two sides said differently: the word that stands, the one that does not, and of whom that one is."""

    what: str
    stands: str
    other: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act that there is. `why_not`: in words, why it cannot be begun; empty when it can."""

    id: str
    label: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case. `flags` are words, `facts` label and words. `goes_on` is the case that it was merged into."""

    subject: str
    number: str
    kind: str
    kind_label: str
    status: str
    status_label: str
    category: str
    name: str
    phone: str
    owner: str
    narrative: str
    facts: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]
    entries: tuple[EntryLine, ...]
    clocks: Clocks
    source: ClockSource
    acts: Mapping[str, ActLine]
    slips: tuple[tuple[str, str], ...] = ()
    differences: tuple[DifferenceLine, ...] = ()
    unsettled: int = 0
    standing: str = ""
    goes_on: str = ""
    goes_on_number: str = ""
    joined: tuple[str, ...] = ()
    ended: bool = False
    ratable: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form. `kind`: text, long, pick, many or tick; answers are texts, of a tick "yes" or "".

    `missing`: the code of what is said when it must be answered and is not; empty when it may be left out. `when`: it
    is asked only while the question of that id has one of these answers; nothing: always. `most` characters.
    """

    id: str
    kind: str
    label: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    value: tuple[str, ...] = ()
    missing: str = ""
    when: tuple[str, ...] = ()
    most: int = 500


@dataclass(frozen=True, slots=True)
class Page:
    """Questions that are asked together."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ActForm:
    """The form of one act. Several pages make a wizard.

    `approval`: why a second person must agree, or when; empty when nobody is needed. `about` is what the act is about
    besides the case (an entry, the target of a merging), given back with the answers. `back`: an unfinished form was
    kept and stands in the fields again.
    """

    case: str
    act: str
    title: str
    send: str
    pages: tuple[Page, ...]
    lead: str = ""
    approval: str = ""
    approval_needed: bool = False
    approvers: tuple[StaffChoice, ...] = ()
    about: str = ""
    back: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """An act was written. `masked`: so many numbers were taken out of its texts. `rate`: the customer may rate now."""

    case: str
    act: str
    masked: int = 0
    rate: bool = False


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A case that this one could go on in. `why_not`: in words, why it cannot."""

    subject: str
    number: str
    kind: str
    category: str
    name: str
    received: str
    status: str
    same_customer: bool
    why_not: str = ""
    hint: str = ""


Answers = Mapping[str, tuple[str, ...]]
"""What was answered, by question."""
