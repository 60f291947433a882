"""Shares with what can be known of them: how many answered, how many of those who were asked, and the interval.

A percentage of few answers says less than it seems to: below `ENOUGH` answers there are counts only.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054
"""The normal deviate of a two-sided 95 % interval."""
ENOUGH = 10
SATISFIED = frozenset({4, 5})
SCORES = range(1, 6)


@dataclass(frozen=True)
class Interval:
    """A share with its 95 % interval, all from 0 to 1."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Satisfaction:
    """CSAT: of those who rated from 1 to 5, how many gave 4 or 5.

    `counts` has every score. `asked` are all who were asked for a rating; who rated was asked. `satisfied_share` is
    None below `ENOUGH` ratings, `response_rate` while fewer than that were asked: then there are counts only.
    """

    n: int
    satisfied: int
    counts: Mapping[int, int]
    asked: int
    response_rate: float | None
    satisfied_share: Interval | None


def wilson(part: int, n: int, z: float = Z95) -> Interval:
    """The score interval of Wilson (1927) for `part` of `n`: within 0 and 1, and fair for small n.

    Raises ValueError when there is no such share.
    """
    if not 0 <= part <= n or n == 0:
        raise ValueError("a share is a part of at least one")
    share = part / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if part == 0 else middle - half
    high = 1.0 if part == n else middle + half
    return Interval(share, low, high)


def satisfaction(scores: Sequence[int], asked: int) -> Satisfaction:
    """What ratings say: one for each case or journey, the customer's last word. Raises ValueError for other scores."""
    counts = Counter(scores)
    if not set(counts) <= set(SCORES):
        raise ValueError("a rating is from 1 to 5")
    n = len(scores)
    asked = max(asked, n)
    satisfied = sum(counts[score] for score in SATISFIED)
    return Satisfaction(
        n=n,
        satisfied=satisfied,
        counts={score: counts[score] for score in SCORES},
        asked=asked,
        response_rate=n / asked if asked >= ENOUGH else None,
        satisfied_share=wilson(satisfied, n) if n >= ENOUGH else None,
    )
