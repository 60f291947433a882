"""The wire of figures: whole days of branches, and which wallets are used. Normative text: docs/protocol.md, section 4.

A figure is a row of three: its value (a whole number, text with six decimals, null: no figure), how many rows were
counted, and of how many. A figure that is not named has nothing counted.
"""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from branch_console.sync.wire import Message

MOST_DAYS = 84
MOST_WEEKS = 52

Exact: TypeAlias = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,18}\.[0-9]{6}$")]
Count: TypeAlias = Annotated[int, Field(ge=0)]
FigureValue: TypeAlias = tuple[int | Exact | None, Count, Count]
DayStateName: TypeAlias = Literal["running", "provisional", "complete", "timed_out", "frozen"]


class DayFigures(Message):
    """One business day of one branch, as central knows it now. `silent`: no terminal has reported of that day."""

    day: date
    state: DayStateName
    silent: bool
    figures: dict[str, FigureValue]


class TerminalLine(Message):
    """One terminal as central last heard of it. `synced_at`: all that it had written was at central then."""

    terminal: str
    name: str
    registered_at: str
    revoked_at: str | None
    last_seen_at: str | None
    synced_at: str | None
    pending: int = Field(description="entries that it had not sent, as it last said")
    clock_offset_ms: int


class BranchFigures(Message):
    """One branch. `days`: the oldest first, none from before its first. `behind`: something is not counted yet."""

    branch: str
    name: str
    timezone: str
    behind: bool
    days: list[DayFigures]
    terminals: list[TerminalLine]


class StatsAnswer(Message):
    """Figures of the caller's branch, and after it of the others in the area of a supervisor, by their codes."""

    as_of: str
    day: date
    definitions: int = Field(ge=1, description="version of the figures' definitions")
    branches: list[BranchFigures]


class ActivityAnswer(Message):
    """In which weeks after `first`, a Monday, wallets of the caller's branch were used; 0 is that week itself.

    `until`: imported facts reach to the end of that day; null: nothing was imported. `covered` of the `onboarded`
    wallets are known to the import at all. Only wallets that were used are listed.
    """

    as_of: str
    first: date
    weeks: int
    until: date | None
    onboarded: int
    covered: int
    wallets: dict[str, list[int]] = Field(description="wallet as journeys recognise it → numbers of weeks")
