"""Shares and their intervals, against published values and a direct solution; counts only below ten answers."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.feedback.intervals import Z95, satisfaction, wilson


@pytest.mark.parametrize(
    ("part", "n", "low", "high"),
    [(9, 10, 0.596, 0.982), (90, 100, 0.826, 0.945), (81, 263, 0.255, 0.366), (15, 148, 0.0624, 0.1605),
     (0, 20, 0.0, 0.1611), (20, 20, 0.8389, 1.0), (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_wilson_against_published_values(part: int, n: int, low: float, high: float) -> None:
    """9/10 and 90/100: measured beforehand; the rest: Newcombe 1998, table I, method 3, and the closed form."""
    found = wilson(part, n)
    assert found.low == pytest.approx(low, abs=0.0006)
    assert found.high == pytest.approx(high, abs=0.0006)
    assert found.share == part / n


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_ends_of_the_interval_are_where_the_score_test_just_passes(counts: tuple[int, int]) -> None:
    part, n = counts
    found = wilson(part, n)
    assert 0 <= found.low <= found.share <= found.high <= 1
    for end in (found.low, found.high):
        if 0 < end < 1:
            assert abs(found.share - end) / sqrt(end * (1 - end) / n) == pytest.approx(Z95, rel=1e-6)
    mirrored = wilson(n - part, n)
    assert mirrored.low == pytest.approx(1 - found.high, abs=1e-12)


@pytest.mark.parametrize(("part", "n"), [(0, 0), (2, 1), (-1, 5)])
def test_a_share_of_nothing_is_none(part: int, n: int) -> None:
    with pytest.raises(ValueError, match="part of at least one"):
        wilson(part, n)


def test_below_ten_answers_there_are_counts_only() -> None:
    nine = satisfaction([5] * 8 + [1], asked=40)
    assert (nine.n, nine.satisfied, nine.satisfied_share) == (9, 8, None)
    assert nine.counts == {1: 1, 2: 0, 3: 0, 4: 0, 5: 8}
    assert nine.response_rate == 9 / 40
    ten = satisfaction([5] * 8 + [4, 3], asked=40)
    assert ten.satisfied_share is not None
    assert (ten.satisfied, ten.satisfied_share.share) == (9, 0.9)
    assert ten.satisfied_share.low == pytest.approx(0.596, abs=0.001)


def test_the_response_rate_needs_ten_who_were_asked_and_is_never_above_one() -> None:
    assert satisfaction([], asked=0).response_rate is None
    assert satisfaction([5], asked=9).response_rate is None
    assert satisfaction([], asked=10).response_rate == 0
    assert satisfaction([3] * 12, asked=5).response_rate == 1, "who answered was asked"
    assert satisfaction([3] * 12, asked=5).asked == 12


@pytest.mark.parametrize("score", [0, 6, -1])
def test_other_scores_are_no_ratings(score: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        satisfaction([5, score], asked=2)
