"""The Day board: one business day, taken apart in sections."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from branch_console.figure_views.tables import Drill, Raw, TableView, Tone

Section: TypeAlias = Literal["overview", "funnel", "parts", "gifts", "cases", "trends", "signs"]
SECTIONS: tuple[Section, ...] = ("overview", "funnel", "parts", "gifts", "cases", "trends", "signs")
"""overview: tables of the day with target; parts: by hour, class, segment, staff; signs: retention and anomalies."""


@dataclass(frozen=True, slots=True)
class TileView:
    """One figure as a tile. `value` is "—" without data; `detail` says of how many, or the interval.

    `before` compares with the same time of day of the previous comparable day, in words with that day's date.
    `spark` are the last 28 days, oldest first, None: no data.
    """

    drill: Drill
    label: str
    value: str
    raw: Raw
    unit: str
    detail: str
    before: str
    tone: Tone
    spark: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class TargetView:
    """The day's part of a target. Numbers with their fraction in words; `share` 0 to 1 and more for the bar."""

    label: str
    reached: int
    day_total: str
    expected_now: str
    period: str
    """The whole period: reached so far, expected by now, total, its days."""
    share: float
    expected_share: float
    behind: bool
    note: str
    """That it is a sample, or that the calendar is estimated; else empty."""
    rest: str = ""
    """That the day is not worked, so that nothing is asked of it; else empty."""


@dataclass(frozen=True, slots=True)
class SignalView:
    """One signal in words; `detail` leads to its chart."""

    figure: str
    group: str
    member: str
    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class RestatementView:
    """What a frozen day said and what it says now."""

    figure: str
    text: str
    """For instance: 11-19 开通: 42 → 44，2 笔迟到，终端 K-07."""


@dataclass(frozen=True, slots=True)
class StateView:
    """Whether the day's figures can still move. `code`: running, provisional, complete, timed_out or frozen."""

    code: str
    label: str
    hash: str
    """Of a frozen day, shortened; else empty."""
    sound: bool
    """The frozen figures are what was hashed; True where nothing is frozen."""
    restatements: tuple[RestatementView, ...]


@dataclass(frozen=True, slots=True)
class DaySpan:
    """The days that can be opened: from that of the branch's first entry to the one that goes on."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A day that can be opened."""

    day: date
    label: str
    state: str
    onboarded: str


@dataclass(frozen=True, slots=True)
class BoardView:
    """A business day in one section. `as_of` is the newest entry taken in and the moment, in words.

    `completeness` is one line ("3 of 4 terminals up to 15:32, K-04 last seen 11:05"); `checked` says how many series
    were judged for `signals`, how many not, and how many signals chance gives. `counting` 0 to 1 while the store still
    takes in entries (then figures are too low), None when it has all.
    `place` is what `refresh` compares. `unfinished`: what takes long is still missing, and said as being read; the next
    `refresh` has it.
    """

    day: date
    today: bool
    title: str
    section: Section
    tiles: tuple[TileView, ...]
    targets: tuple[TargetView, ...]
    tables: tuple[TableView, ...]
    signals: tuple[SignalView, ...]
    checked: str
    state: StateView
    completeness: str
    as_of: str
    counting: float | None
    notes: tuple[str, ...]
    place: int
    previous: date | None
    following: date | None
    area: bool
    """Whether this member of staff may see several branches side by side; also while central was never asked."""
    unfinished: bool = False
