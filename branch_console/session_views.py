"""What is known and drawn before anybody works: plain values. Everything else that screens draw is in `views`.

Two modules, because the login is painted before the other one is loaded.
"""

from dataclasses import dataclass
from typing import Final

DEFAULT_ZONE: Final = "Asia/Shanghai"
"""Of terminals that were enrolled before the branch's time zone was written down."""


@dataclass(frozen=True, slots=True)
class StaffChoice:
    """Somebody who can log in on this terminal."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An invented account that the demo shows on its login screen."""

    id: str
    name: str
    role: str
    password: str


@dataclass(frozen=True, slots=True)
class TerminalFacts:
    """This terminal, as known before anyone has logged in."""

    id: str
    name: str
    branch: str
    branch_name: str
    timezone: str = DEFAULT_ZONE
    """Of the branch: in it every time of day is shown."""


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """Who is logged in. `must_change_password`: nothing else is possible until it has been changed."""

    staff: str
    name: str
    role: str
    must_change_password: bool = False


@dataclass(frozen=True, slots=True)
class SyncView:
    """Everything that the status line and the sync screen say."""

    state: str
    """offline, connecting, catching_up, online, limited, needs_a_person."""
    pending: int
    quarantined: tuple[tuple[int, str, str, str], ...]
    """(seq, type, code, detail); only in the details."""
    own_seq: int
    own_hash: str
    central_seq: int | None
    central_hash: str
    epoch: str
    clock_offset_ms: int | None
    last_contact: str
    """Time of day in the branch, empty when never."""
    problem: str
    """Code of what hinders, empty when nothing."""
    drained: bool
    network_cut: bool
    waiting: tuple[tuple[str, str, str], ...]
    """Oldest waiting entries: (time, type in words, subject's short id); only in the details."""
    quarantined_count: int = 0
    """How many entries could not be used, here or at central."""
    reference_wrong: tuple[str, ...] = ()
    """Reference documents that were refused (the last good one is in force) or are past their date."""
