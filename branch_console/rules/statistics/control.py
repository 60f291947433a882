"""Control charts: what ordinary variation is, and which newest point is beyond it.

Limits are three sigma of the chart's own model. A limit that ordinary values cannot pass (below nothing, above all) is
None: there nothing is unusual, and "near a limit" has no meaning either.
Sources: Shewhart 1931; Wheeler, "Understanding Variation" 2000 (XmR and the three rules); Benneyan 2001 (g chart);
Montgomery, "Introduction to Statistical Quality Control" §7 (c, p, u).
Names: `Limits`, `Point`, `Finding`, `xmr`, `c_chart`, `gap_chart`, `share_limits`, `rate_limits`, `judge`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, expm1, log, sqrt
from typing import Literal, NamedTuple, TypeAlias

Side: TypeAlias = Literal["above", "below"]
Rule: TypeAlias = Literal["outside", "run", "near"]

SIGMA = 3.0
XMR = 2.66
"""Three sigma in mean moving ranges of two: 3 / 1.128."""
RUN = 8
NEAR, NEAR_OF = 3, 4
ENOUGH_EXPECTED = 1.0
"""Below one expected event the normal limit of a share or rate calls one single event unusual; then there is none."""
SIDES: tuple[Side, Side] = ("above", "below")


@dataclass(frozen=True)
class Limits:
    """The middle of ordinary values and where they end, in the unit of the values. A value on a limit is ordinary."""

    centre: float
    lower: float | None
    upper: float | None


class Point(NamedTuple):
    """One value of a chart and the limits that hold for it: those of shares and rates depend on how many it is of."""

    value: float
    limits: Limits


class Finding(NamedTuple):
    """The newest point is unusual. `points` is how many points say so: 1, the whole run, or those near the limit."""

    rule: Rule
    side: Side
    points: int


def xmr(values: Sequence[float]) -> Limits:
    """Individual values and moving ranges, for values that are never negative.

    Values that never moved have no measured range, so no limits. Raises ValueError below two values.
    """
    if len(values) < 2:
        raise ValueError("a moving range needs two values")
    centre = sum(values) / len(values)
    width = XMR * sum(abs(later - earlier) for earlier, later in pairwise(values)) / (len(values) - 1)
    return Limits(centre, None, None) if width == 0 else _around(centre, width)


def c_chart(counts: Sequence[float]) -> Limits:
    """Counts of events in equal stretches of time, as Poisson has them. Raises ValueError for none."""
    if not counts:
        raise ValueError("no counts")
    return poisson_limits(sum(counts) / len(counts))


def poisson_limits(mean: float) -> Limits:
    """Limits of one count of which `mean` are expected."""
    return _around(mean, SIGMA * sqrt(mean))


def gap_chart(rate: float) -> Limits:
    """Days from one event to the next when there are `rate` events a day (0 < rate; made for less than one).

    The centre is the median, because gaps are skew: of Poisson events counted by whole days the next one falls on the
    same day with 1 - (1 - e^-rate) / rate, and a later day is each time missed with e^-rate. The upper limit is
    Benneyan's for the mean gap g: g + 3 sqrt(g (g + 1)). A gap cannot be unusually short; many short ones can.
    Raises ValueError without events.
    """
    if rate <= 0:
        raise ValueError("no events, no gaps")
    mean = 1 / rate
    other_day = -expm1(-rate) / rate
    median = max(0, ceil(log(2 * other_day) / rate))
    return Limits(float(median), None, mean + SIGMA * sqrt(mean * (mean + 1)))


def share_limits(share: float, size: float) -> Limits:
    """p chart: the share in one sample of `size` (> 0) when `share` (0 to 1) is usual."""
    width = SIGMA * sqrt(share * (1 - share) / size)
    upper, lower = share + width, share - width
    return Limits(
        share,
        lower if lower > 0 and size * (1 - share) >= ENOUGH_EXPECTED else None,
        upper if upper < 1 and size * share >= ENOUGH_EXPECTED else None,
    )


def rate_limits(rate: float, size: float) -> Limits:
    """u chart: events per unit in one sample of `size` units (> 0) when `rate` is usual."""
    around = _around(rate, SIGMA * sqrt(rate / size))
    return around if size * rate >= ENOUGH_EXPECTED else Limits(rate, around.lower, None)


def judge(points: Sequence[Point]) -> list[Finding]:
    """What is unusual about the last of `points` (oldest first), by three rules.

    outside: beyond a limit. run: 8 or more in a row on one side of the centre. near: 3 of the last 4, the last one
    among them, nearer to the same limit than to the centre. Empty without points.
    """
    found: list[Finding] = []
    for side in SIDES:
        if points and is_outside(points[-1], side):
            found.append(Finding("outside", side, 1))
        run = 0
        for point in reversed(points):
            if not _is_on(point, side):
                break
            run += 1
        if run >= RUN:
            found.append(Finding("run", side, run))
        close = [_is_near(point, side) for point in points[-NEAR_OF:]]
        if close and close[-1] and sum(close) >= NEAR:
            found.append(Finding("near", side, sum(close)))
    return found


def is_outside(point: Point, side: Side) -> bool:
    """Whether a value is beyond its limit on that side."""
    value, limits = point
    if side == "above":
        return limits.upper is not None and value > limits.upper
    return limits.lower is not None and value < limits.lower


def _is_on(point: Point, side: Side) -> bool:
    """Whether a value is on that side of the centre; on the centre it is on neither."""
    return point.value > point.limits.centre if side == "above" else point.value < point.limits.centre


def _is_near(point: Point, side: Side) -> bool:
    """Whether a value is nearer to the limit (or beyond it) than to the centre."""
    limit = point.limits.upper if side == "above" else point.limits.lower
    if limit is None:
        return False
    middle = (limit + point.limits.centre) / 2
    return point.value > middle if side == "above" else point.value < middle


def _around(centre: float, width: float) -> Limits:
    """Limits at both sides; none at or below nothing."""
    lower = centre - width
    return Limits(centre, lower if lower > 0 else None, centre + width)
