"""Terminals: their registration by central, who unlocked them when, and which reports left them."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from branch_console.rules.entries import EntryData, entry_type
from branch_console.rules.folding import Fold, register
from branch_console.rules.gifts.parts import Day
from branch_console.rules.journal import Entry
from branch_console.rules.journey_entries import Code, Text
from branch_console.rules.reference import Reference


class PublicKey(EntryData):
    """An Ed25519 public key as a JWK (RFC 8037)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]


@entry_type("terminal.registered", subject="terminal")
class TerminalRegistered(EntryData):
    """A terminal was enrolled at central."""

    name: Text
    public_key: PublicKey


@entry_type("terminal.revoked", subject="terminal")
class TerminalRevoked(EntryData):
    """Central takes nothing from this terminal any more."""

    why: Text


@entry_type("session.opened", subject="terminal")
class SessionOpened(EntryData):
    """A member of staff unlocked the terminal."""

    method: Code


@entry_type("session.closed", subject="terminal")
class SessionClosed(EntryData):
    """The terminal was locked for good, or the member of staff left."""

    why: Code


@entry_type("session.refused", subject="terminal")
class SessionRefused(EntryData):
    """Somebody failed to unlock, `failures` times since the entry before."""

    failures: Annotated[int, Field(ge=1, le=1_000_000)]


@entry_type("report.exported", subject="terminal")
class ReportExported(EntryData):
    """A report left this terminal as a file: which, of which days (both included), in which form, how many rows."""

    what: Code
    since: Day
    until: Day
    form: Code
    rows: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


@dataclass(slots=True)
class TerminalState:
    """One terminal of the branch."""

    name: str | None = None
    branch: str | None = None
    public_key: dict[str, str] = field(default_factory=dict)
    registered_at: str | None = None
    revoked_at: str | None = None
    revoked_why: str | None = None
    session_staff: str | None = None
    session_opened_at: str | None = None
    session_closed_at: str | None = None
    refused: int = 0
    updated_at: str | None = None
    entries: int = 0


def _apply(state: TerminalState, entry: Entry, data: EntryData | None, reference: Reference) -> None:
    """Fold one entry; a revoked terminal stays revoked (it enrols again under another id)."""
    del reference
    state.entries += 1
    state.updated_at, state.branch = entry.at, entry.branch
    if isinstance(data, TerminalRegistered):
        state.name, state.registered_at = data.name, entry.at
        state.public_key = {"kty": data.public_key.kty, "crv": data.public_key.crv, "x": data.public_key.x}
    elif isinstance(data, TerminalRevoked):
        state.revoked_at, state.revoked_why = entry.at, data.why
    elif isinstance(data, SessionOpened):
        state.session_staff, state.session_opened_at, state.session_closed_at = entry.staff, entry.at, None
    elif isinstance(data, SessionClosed):
        state.session_closed_at = entry.at
    elif isinstance(data, SessionRefused):
        state.refused += data.failures


TERMINAL: Fold[TerminalState] = register(Fold("terminal", TerminalState, version=1, apply=_apply))
