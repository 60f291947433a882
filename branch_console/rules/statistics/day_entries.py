"""The entries with which central freezes the figures of a branch's business day, and says what has changed since.

One subject for each branch and day. Only central writes them; `day_state.py` folds them. Figures are as
`freezing.written` gives them, so that their canonical JSON is the same on every store.
"""

from datetime import date
from typing import Annotated, Literal, TypeAlias
from uuid import NAMESPACE_URL, uuid5

from pydantic import Field, StringConstraints

from branch_console.rules.entries import EntryData, entry_type
from branch_console.rules.gifts.parts import Day, Digest, Moment

KIND = "figures"
FigureId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", max_length=64)]
Terminal: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=64)]
_Count: TypeAlias = Annotated[int, Field(ge=0, le=2**53 - 1)]
_Exact: TypeAlias = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,18}\.[0-9]{6}$")]
_Whole: TypeAlias = Annotated[int, Field(ge=-(2**53) + 1, le=2**53 - 1)]


def figures_subject(branch: str, day: date | str) -> str:
    """The subject of a branch's frozen figures; `day` a date, or as YYYY-MM-DD."""
    return f"{KIND}/{uuid5(NAMESPACE_URL, f'figures:{branch}:{day}')}"


class Said(EntryData):
    """One figure: its value (text with six decimals where it is no whole number), what was counted, of how many."""

    value: _Whole | _Exact | None
    rows: _Count
    of: _Count


class LateEntries(EntryData):
    """How many late entries came from a terminal."""

    terminal: Terminal
    entries: Annotated[int, Field(ge=1, le=2**53 - 1)]


class Change(EntryData):
    """One figure that is another now: what was said last, what it is, and why (`restating.Restatement`)."""

    figure: FigureId
    before: Said
    now: Said
    why: Literal["late", "definition", "unexplained"]
    late: Annotated[list[LateEntries], Field(max_length=1000)]


@entry_type("day.frozen", subject=KIND)
class DayFrozen(EntryData):
    """The figures of a day that is over, as they were at `at`; `hash` is that of `freezing.Frozen`.

    `missing`: the subjects of the terminals that had not sent everything. `definitions`: `figures.DEFINITIONS`.
    """

    day: Day
    at: Moment
    why: Literal["complete", "timed_out"]
    missing: Annotated[list[Terminal], Field(max_length=1000)]
    definitions: Annotated[int, Field(ge=1)]
    figures: Annotated[dict[FigureId, Said], Field(max_length=500)]
    hash: Digest


@entry_type("day.restated", subject=KIND)
class DayRestated(EntryData):
    """What has changed in a frozen day. `hash` is that of the figures as they were frozen."""

    day: Day
    at: Moment
    definitions: Annotated[int, Field(ge=1)]
    changes: Annotated[list[Change], Field(min_length=1, max_length=500)]
    hash: Digest
