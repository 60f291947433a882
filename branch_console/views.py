"""What screens draw: plain values, already masked and in the session's language. No behaviour, no store, no network."""

from dataclasses import dataclass

from branch_console.figure_views.today import DayView, StaffLine
from branch_console.session_views import (
    DEFAULT_ZONE,
    DemoAccount,
    SessionFacts,
    StaffChoice,
    SyncView,
    TerminalFacts,
)

__all__ = [
    "DEFAULT_ZONE",
    "CaseStory",
    "Choice",
    "ConsentView",
    "DemoAccount",
    "FieldView",
    "FindView",
    "InterruptionView",
    "JourneyLine",
    "JourneyView",
    "OfferView",
    "ReviewLine",
    "ReviewView",
    "SessionFacts",
    "StaffChoice",
    "StepRow",
    "StepView",
    "SyncView",
    "TerminalFacts",
    "TodayView",
]


@dataclass(frozen=True, slots=True)
class JourneyLine:
    """One journey in a list."""

    subject: str
    name: str
    """Masked."""
    phone: str
    """Masked; empty when not yet known."""
    target: str
    status: str
    """running, paused, interrupted, offered, finished, abandoned."""
    step_number: int
    step_total: int
    step_title: str
    holder: str
    holder_name: str
    mine: bool
    elsewhere: str
    """Name of the other terminal that holds it, empty when it is this one."""
    minutes: int
    """Minutes since the last entry."""
    pending: bool
    """Not yet confirmed by central."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a field or one reason."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """One question of a step."""

    id: str
    kind: str
    """choice, choices, yesno, text, name, phone, document, last4, wallet_tail, number."""
    label: str
    hint: str
    required: bool
    choices: tuple[Choice, ...] = ()
    value: str = ""
    """The saved answer as a value (for choices: comma separated values); for phone and document its masked form."""
    shown: str = ""
    """The saved answer in words."""
    draft: str = ""
    """What had been typed but not yet confirmed."""
    warning: str = ""
    """A soft hint about the saved answer."""


@dataclass(frozen=True, slots=True)
class CaseStory:
    """A real case to tell a customer who worries."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A notice to be read out, and what was said to it."""

    policy: str
    version: int
    scope: str
    title: str
    text: str
    asked_again: bool
    """An earlier consent was to another version of the text."""
    given: bool | None
    """None: not yet asked."""
    guardian: bool = False
    """A guardian has to speak for the customer."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of the task list."""

    id: str
    number: int
    title: str
    status: str
    """done, in_progress, not_started, cannot_start, problem, skipped."""
    required: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """One step in full."""

    id: str
    number: int
    total: int
    title: str
    status: str
    required: bool
    customer_does: str
    staff_says: str
    stories: tuple[CaseStory, ...]
    checks: tuple[str, ...]
    never_record: tuple[str, ...]
    troubleshooting: tuple[str, ...]
    fields: tuple[FieldView, ...]
    skip_reasons: tuple[Choice, ...]
    fail_reasons: tuple[Choice, ...]
    reason: str
    """Why it was skipped or failed, in words."""
    target_seconds: int | None
    """None: no time target (customers of 60 and over)."""
    active_ms: int
    """Time already spent on it, without locked and away time."""
    consents: tuple[ConsentView, ...] = ()
    qr: str = ""
    """What to draw as a QR code; empty for none."""
    qr_caption: str = ""
    limits: tuple[tuple[str, str], ...] = ()
    """Limits of the target class as (name, amount with reason)."""
    confirms: bool = False
    """The step at which the customer confirms everything before it."""


@dataclass(frozen=True, slots=True)
class InterruptionView:
    """An interruption page: what was found, what to say, who may go on."""

    title: str
    text: str
    needs_supervisor: bool
    hotline: str


@dataclass(frozen=True, slots=True)
class OfferView:
    """A hand-over that waits for acceptance."""

    id: str
    to: str
    """staff or counter."""
    staff_name: str
    by_name: str
    reason: str
    note: str
    queue_number: str
    for_me: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class JourneyView:
    """One journey as its screen shows it."""

    subject: str
    name: str
    phone: str
    target: str
    segment: str
    age_band: str
    status: str
    flow: str
    holder: str
    holder_name: str
    mine: bool
    elsewhere: str
    rows: tuple[StepRow, ...]
    step: StepView | None
    interruption: InterruptionView | None
    offer: OfferView | None
    can: dict[str, str]
    """Action → empty when possible now, else the reason in words why not. Actions: answer, done, skip, fail, back,
    pause, resume, offer, accept, decline, withdraw_offer, take_over, change_target, review, finish, abandon,
    withdraw_consent."""
    targets: tuple[Choice, ...]
    pause_reasons: tuple[Choice, ...]
    hand_over_reasons: tuple[Choice, ...]
    abandon_reasons: tuple[Choice, ...]
    target_reasons: tuple[Choice, ...]
    take_over_reasons: tuple[Choice, ...]
    withdraw_reasons: tuple[Choice, ...]
    colleagues: tuple[Choice, ...]
    others: tuple[JourneyLine, ...]
    """Earlier journeys and wallets of the same person."""
    conflicts: int
    """How many entries of two sides did not fit together."""
    total_active_ms: int
    conflict_notes: tuple[str, ...] = ()
    """What each of them was, in words."""
    decline_reasons: tuple[Choice, ...] = ()
    consents_given: tuple[str, ...] = ()
    """Scopes of the consents that could be taken back."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One line of check answers; `step` is where 改 leads."""

    step: str
    title: str
    label: str
    value: str
    can_change: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Check answers, masked, before the end; `missing` says what still stands in the way."""

    subject: str
    lines: tuple[ReviewLine, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindView:
    """What a look-up found; `kind` says how the text was understood (phone, document, name, digits)."""

    kind: str
    lines: tuple[JourneyLine, ...]


@dataclass(frozen=True, slots=True)
class TodayView:
    """The start screen as it is painted first; `figure_views.today.TodayRest` is what it learns afterwards.

    `day` and `team` None: not for whoever works here.
    """

    lines: tuple[JourneyLine, ...]
    total_lines: int
    sync: SyncView
    day: DayView | None = None
    team: tuple[StaffLine, ...] | None = None
    cases: bool = True
    """Whether there may be something to say of cases: a promise for today, or deductions that may be one incident."""
