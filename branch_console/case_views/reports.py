"""What the screen of the complaint register draws: plain values in the session's language."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """A period that is offered; both days belong to it."""

    id: str
    label: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class AxisLine:
    """How many counted cases have one code of one axis (A channel, B business, C reason)."""

    axis: str
    code: str
    label: str
    count: int
    share: str
    """Per cent of all that count."""
    placeholder: bool


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One case of the register. `why_not_counted`: in words; empty when it counts."""

    subject: str
    number: str
    received: str
    kind: str
    codes: str
    """The three codes side by side."""
    reason: str
    status: str
    due: str
    in_time: str
    why_not_counted: str


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The register of a period. `said` are the lines that say what is counted, by which tables, and as of when."""

    since: date
    until: date
    lines: tuple[RegisterLine, ...]
    axes: tuple[AxisLine, ...]
    summary: str
    said: tuple[str, ...]
