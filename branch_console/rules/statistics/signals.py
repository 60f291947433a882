"""Signals in words: what is unusual on a day, in which series, and how many series were looked at to find it.

Whoever looks at many series finds some that are unusual by chance alone: the panel says how many were looked at and
how many signals chance would give. A day that is not over is judged only for what cannot be undone by its rest: a
count that is too high already.
Names: `CODES`, `Signal`, `Panel`, `panel`, `signals_of`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from branch_console.rules.statistics.charts import Chart, LeftOut, Series, chart
from branch_console.rules.statistics.control import Point, Side, is_outside, judge, poisson_limits
from branch_console.rules.working_time.calendar import Calendar

BURST = 5
"""Working days (a week) that rare events are counted over, the day itself included."""
RULE_OF_THREE = 3
"""Of nothing seen in n days, a rate up to 3 / n is still likely (95 %): a burst is measured against no less."""
CHANCE = 0.02
"""About how many signals a series gives on a day by ordinary variation alone, all rules together: 0.002 to 0.03 by
volume (`tests/rules/statistics/test_false_alarms.py`)."""

CODES = (
    "outside_above", "outside_below", "run_above", "run_below", "near_above", "near_below",
    "gap_long", "gaps_short", "gaps_long", "burst",
)  # fmt: skip
"""What a signal can say; its words are in the catalogues under `signal.<code>`."""


@dataclass(frozen=True)
class Signal:
    """One unusual thing. `params` fill its sentence, in the unit of the series (shares and rates from 0 to 1).

    value: of the day, or the length of a gap. limit: the last ordinary value; of counts a whole number. centre: the
    usual value. points, days: how many say so. `side`: more ("above") or less ("below") than usual, also where a long
    gap says "less". `worse`: whether it asks for action, None: neither side is worse.
    """

    series: str
    code: str
    side: Side
    worse: bool | None
    params: Mapping[str, float]


@dataclass(frozen=True)
class Panel:
    """The signals of one day, the worse ones first. `checked` series were judged, `left_out` were not.

    `by_chance` is how many signals so many series give when nothing has changed. `calendar_known` False: which days
    are worked is estimated.
    """

    day: date
    signals: tuple[Signal, ...]
    checked: int
    left_out: tuple[LeftOut, ...]
    charts: tuple[Chart, ...]
    by_chance: float
    calendar_known: bool


def panel(series: Iterable[Series], day: date, calendar: Calendar, *, over: bool) -> Panel:
    """Judge the series on a day; `over` says whether the business day has ended."""
    charts: list[Chart] = []
    left_out: list[LeftOut] = []
    for each in series:
        found = chart(each, day, calendar) if over or each.kind == "count" else LeftOut(each.id, "day_not_over")
        if isinstance(found, Chart):
            charts.append(found)
        else:
            left_out.append(found)
    signals = [signal for each in charts for signal in signals_of(each, over=over)]
    return Panel(
        day=day,
        signals=tuple(sorted(signals, key=lambda each: {True: 0, None: 1, False: 2}[each.worse])),
        checked=len(charts),
        left_out=tuple(left_out),
        charts=tuple(charts),
        by_chance=len(charts) * CHANCE,
        calendar_known=all(each.calendar_known for each in charts),
    )


def signals_of(found: Chart, *, over: bool) -> list[Signal]:
    """What a chart says of its last day."""
    signals = _rare(found) if found.name == "gaps" else _usual(found)
    return signals if over else [each for each in signals if each.side == "above"]


def _usual(found: Chart) -> list[Signal]:
    """Signals of a chart whose points are the days. A run or a near limit says nothing new of a point outside."""
    last = found.points[-1]
    signals: list[Signal] = []
    for finding in judge([each.point for each in found.points]):
        if finding.rule == "near" and is_outside(last.point, finding.side):
            continue
        params: dict[str, float] = {"value": last.value, "centre": last.limits.centre}
        limit = last.limits.upper if finding.side == "above" else last.limits.lower
        if limit is not None:
            params["limit"] = _ordinary(limit, finding.side) if found.series.kind == "count" else limit
        if finding.rule != "outside":
            params["points"] = finding.points
        signals.append(_signal(found, f"{finding.rule}_{finding.side}", finding.side, params))
    return signals


def _rare(found: Chart) -> list[Signal]:
    """Signals of rare events: a burst within a week, too long without one, a run of short or long gaps.

    A gap that still grows can be too long already, but it is no gap yet for a run; a run is said on the day of its
    last event.
    """
    signals = _burst(found)
    points = [each.point for each in found.points]
    if found.waiting and is_outside(points[-1], "above"):
        signals.append(_gaps(found, "gap_long", points[-1], {}))
    elif not found.waiting:
        for finding in judge(points):
            if finding.rule == "run":
                code = "gaps_short" if finding.side == "below" else "gaps_long"
                signals.append(_gaps(found, code, points[-1], {"points": finding.points}))
    return signals


def _gaps(found: Chart, code: str, last: Point, params: Mapping[str, float]) -> Signal:
    """A signal about days between events: long gaps mean fewer events. `limit` and `centre` are days."""
    side: Side = "above" if code == "gaps_short" else "below"
    limit = last.limits.upper or last.value
    return _signal(
        found, code, side, {"value": last.value, "centre": last.limits.centre, "limit": floor(limit), **params}
    )


def _burst(found: Chart) -> list[Signal]:
    """More rare events in the last five working days than chance gives, said on days with such an event."""
    week = found.values[-BURST:]
    rate = max(found.rate or 0.0, RULE_OF_THREE / found.baseline)
    value = sum(each.value for each in week)
    point = Point(value, poisson_limits(rate * len(week)))
    if week[-1].value == 0 or not is_outside(point, "above") or point.limits.upper is None:
        return []
    params = {"value": value, "centre": point.limits.centre, "limit": floor(point.limits.upper), "days": len(week)}
    return [_signal(found, "burst", "above", params)]


def _signal(found: Chart, code: str, side: Side, params: Mapping[str, float]) -> Signal:
    worse = found.series.worse
    return Signal(found.series.id, code, side, None if worse is None else worse == side, params)


def _ordinary(limit: float, side: Side) -> int:
    """The last count that is still ordinary."""
    return floor(limit) if side == "above" else ceil(limit)
