"""The slow recount of all figures together, and what it is compared with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

import pytest

from branch_console.rules.journal import Entry
from branch_console.rules.statistics.definition import Counted
from branch_console.rules.statistics.figures import FIGURES, RATIOS
from tests.rules.statistics import recount_cases, recount_claims, recount_journeys, recount_voices
from tests.rules.statistics.day_branch import CHINA
from tests.rules.statistics.recount import Expected, Lines, Row, middle, ninetieth

NOT_RECOUNTED: Final = frozenset({"terminals.complete", "terminals.pending"})
"""Of these there are no entries: they are what terminals report. `test_figures.py` has them."""
STANDING: Final = frozenset({"cases.open", "clocks.overdue"})
"""Asked for at the end of a day, all others with everything that is known."""
OVER: Final = {
    "gifts.cost_per_wallet": ("gifts.cost", "journeys.onboarded", 1),
    "cases.repeat_rate": ("cases.repeats", "cases.closed", 1),
    "cases.per_thousand": ("cases.received", "journeys.onboarded", 1000),
}
"""One figure over another, times how much."""
EVERY: Final = sorted((FIGURES.keys() | RATIOS.keys()) - NOT_RECOUNTED)


@dataclass
class Recount:
    """Rows told from raw entries once, and the figures of any day of them. `cutoff`: minutes after midnight."""

    entries: Iterable[Entry]
    confirmed: set[str]
    now: datetime
    cutoff: int = 0
    lines: Lines = field(init=False)
    journeys: list[Row] = field(init=False)
    claims: list[Row] = field(init=False)
    checks: list[Row] = field(init=False)
    cases: list[Row] = field(init=False)
    limits: list[Row] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = Lines(self.entries, self.cutoff, self.now)
        self.journeys = recount_journeys.journeys(self.lines, self.confirmed)
        self.claims, self.checks = recount_claims.claims(self.lines), recount_claims.checks(self.lines)
        self.cases = recount_cases.cases(self.lines)
        self.limits = recount_cases.limits(self.lines, self.cases)

    def figures(
        self, first: date, last: date, until: int | None = None, staff: str | None = None
    ) -> dict[str, Expected]:
        """Every figure of some days, as everything is known now."""
        asked = (first, last, until, staff)
        return {
            **recount_journeys.expected(self.lines, self.journeys, *asked),
            **recount_claims.expected(self.lines, self.claims, self.checks, *asked),
            **self._cases(first, last, until, staff),
        }

    def whole_day(self, day: date, staff: str | None = None) -> dict[str, Expected]:
        """Every figure of a whole day, what stands at its end, or now while it goes on."""
        found = self.figures(day, day, None, staff)
        ends = datetime.combine(day, time(0), CHINA) + timedelta(minutes=self.cutoff or 1440)
        if ends < self.now:
            self.lines.now = ends
            at_the_end = self._cases(day, day, None, staff)
            self.lines.now = self.now
            found |= {name: at_the_end[name] for name in STANDING}
        return found

    def _cases(self, *asked: object) -> dict[str, Expected]:
        return {
            **recount_cases.expected(self.lines, self.cases, *asked),  # type: ignore[arg-type]
            **recount_voices.expected(self.lines, self.cases, self.limits, *asked),  # type: ignore[arg-type]
        }


def right_value(name: str, expected: Mapping[str, Expected]) -> float | None:
    """What a figure must be."""
    if name in OVER:
        above, below, scale = OVER[name]
        over, under = right_value(above, expected), right_value(below, expected)
        return None if over is None or not under else scale * over / under
    counted, of, amounts = expected[name]
    how, least = FIGURES[name].how, FIGURES[name].least
    if how == "count":
        return len(counted)
    if how == "sum":
        return sum(amounts)
    if how == "share":
        return len(counted) / len(of) if len(of) >= max(least, 1) else None
    if not amounts:
        return None
    return middle(amounts) if how == "median" else ninetieth(amounts)


def right(name: str, expected: Mapping[str, Expected]) -> tuple[float | None, int, int]:
    """The value, of how many rows, and how many were looked at; of a ratio the rows of both."""
    if name in OVER:
        above, below, _ = OVER[name]
        return right_value(name, expected), len(expected[above][0]), len(expected[below][0])
    rows, of, _ = expected[name]
    return right_value(name, expected), len(rows), len(of)


def check(name: str, found: Counted[object], expected: Mapping[str, Expected], about: object) -> None:
    """Compare a figure with its rows."""
    rows = sorted(row.subject for row in found.rows)  # type: ignore[attr-defined]
    of = sorted(row.subject for row in found.of)  # type: ignore[attr-defined]
    if name != "gifts.chosen":  # which of a customer's two pieces of an item is shown is of no interest
        assert rows == sorted(expected[name][0]), about
    assert len(rows) == len(expected[name][0]), about
    if FIGURES[name].how == "share":
        assert of == sorted(expected[name][1]), about
    value = right_value(name, expected)
    assert found.value == value or found.value == pytest.approx(value), about
