"""The state of the sync core, and what the status line and the Sync screen are told of it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from branch_console.rules.clock import is_off
from branch_console.sync.messages import Batch, Facts, Head, Lane, Page

STATES = ("offline", "connecting", "catching_up", "online", "limited", "needs_a_person")


@dataclass(frozen=True, slots=True)
class Options:
    """What may be set. Times in seconds."""

    spread: float = 60.0
    """After an outage: the first try comes at a random moment within so much time. 0: at once."""
    heartbeat: float = 60.0
    look: float = 1.5
    """How often the store is looked at for new entries when nobody says so."""
    wait: int = 20
    """How long central may hold a question for new entries."""
    page_limit: int = 1000
    batch_limit: int = 1000
    batch_bytes: int = 900_000

    @property
    def cap(self) -> float:
        """Longest wait between two tries."""
        return min(60.0, max(2.0, self.spread))


@dataclass(slots=True)
class State:
    """Everything that the core knows. Only `core.step` makes a new one."""

    options: Options
    facts: Facts
    epoch: str
    past_epochs: tuple[str, ...]
    committed_cursor: str | None
    cursor: str | None
    """Where the next page starts; ahead of `committed_cursor` by the pages not yet applied."""

    # the link
    failures: int = 0
    successes: int = 0
    down: bool = False
    reached: bool = False
    """Central has answered since the start."""
    retry_at: float = 0.0
    trouble: str = ""
    """Why central cannot be reached."""
    refusals: dict[Lane, str] = field(default_factory=dict)
    """What central refuses, by lane."""
    person: str = ""
    """What only a person can settle."""
    ended: bool = False
    last_contact_ms: int | None = None
    clock_offset_ms: int | None = None
    token_until: float = -1.0
    token_refusals: int = 0
    waiting: dict[Lane, str] = field(default_factory=dict)
    """The nonce of the request in flight, by lane."""

    # where central stands
    compared: bool = False
    """Central's head has been compared with the own journal since the connection or the epoch changed."""
    comparing: Head | None = None
    agreeing: bool = False
    """The store is writing down where central stands."""
    settling: bool = False
    """What it writes is the outcome of comparing heads."""
    older: int = 0
    """Answers of a past epoch in a row."""
    epoch_unsaved: bool = False
    epoch_unreported: bool = False
    """A new epoch has been agreed on, and central has not been told yet that it holds all of the journal."""
    central_head: Head | None = None
    kept_head: Head | None = None
    """The head of which central's signature was kept last."""
    unconfirmed: bool = False
    """The store was put back from a backup and waits for central's word."""
    asked_acknowledged: int = 0
    asked_alone: bool = False
    heartbeat_at: float = 0.0
    looking: bool = False
    look_at: float = 0.0

    # push
    batch: Batch | None = None
    push_busy: str = ""
    """loading or acknowledging while the store works for the push."""
    batch_limit: int = 0
    batch_bytes: int = 0
    push_at: float = 0.0

    # feed
    generation: int = 0
    """Counts the times that the feed began anew, so that late reports of the store are known as such."""
    pages: tuple[Page, ...] = ()
    applying: bool = False
    caught_up: bool = False
    once_online: bool = False
    poll_at: float = 0.0
    broken: tuple[str, ...] = ()


def state_name(state: State) -> str:
    """One of STATES."""
    if state.person:
        return "needs_a_person"
    if state.down:
        return "offline"
    if state.refusals:
        return "limited"
    if not state.compared:
        return "connecting"
    return "online" if state.once_online else "catching_up"


def problem(state: State) -> str:
    """The code of what hinders most, "" when nothing does."""
    first = next((state.refusals[lane] for lane in sorted(state.refusals)), "")
    found = state.person or (state.trouble if state.down else "") or first
    if found:
        return found
    if state.clock_offset_ms is not None and is_off(state.clock_offset_ms):
        return "clock-off"
    return "feed-broken" if state.broken else ""


def drained(state: State) -> bool:
    """Central itself has said that it holds the whole own journal."""
    own = Head(state.facts.own_seq, state.facts.own_hash)
    return state.compared and not state.facts.pending and not state.person and state.central_head == own


def _written(unix_ms: int) -> str:
    """RFC 3339, in UTC."""
    return datetime.fromtimestamp(unix_ms / 1000, UTC).isoformat(timespec="milliseconds")


def status(state: State) -> dict[str, object]:
    """What the status line and the Sync screen are told, as JSON values."""
    central = state.central_head
    return {
        "state": state_name(state),
        "pending": state.facts.pending,
        "quarantined": state.facts.quarantined,
        "last_contact": None if state.last_contact_ms is None else _written(state.last_contact_ms),
        "clock_offset_ms": state.clock_offset_ms,
        "central_head": None if central is None else {"seq": central.seq, "hash": central.hash},
        "own_head": {"seq": state.facts.own_seq, "hash": state.facts.own_hash},
        "epoch": state.epoch,
        "problem": problem(state) or None,
        "drained": drained(state),
    }
