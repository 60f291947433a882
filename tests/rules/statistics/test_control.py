"""Limits against published worked examples and closed forms; each rule just fires and just does not."""

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.statistics.control import (
    Finding,
    Limits,
    Point,
    c_chart,
    gap_chart,
    is_outside,
    judge,
    rate_limits,
    share_limits,
    xmr,
)  # fmt: skip

LIMITS = Limits(10, 4, 16)


def points(*values: float, limits: Limits = LIMITS) -> list[Point]:
    return [Point(value, limits) for value in values]


def test_xmr_by_hand() -> None:
    found = xmr([10, 12, 11, 13])
    assert found.centre == 11.5
    assert found.upper == pytest.approx(11.5 + 2.66 * 5 / 3)
    assert found.lower == pytest.approx(11.5 - 2.66 * 5 / 3)
    assert xmr([0, 4, 0, 4]).lower is None, "there is nothing below nothing"
    assert xmr([7, 7, 7]) == Limits(7, None, None), "what never moved has no measured range"
    with pytest.raises(ValueError, match="two values"):
        xmr([3])


def test_c_chart_by_hand() -> None:
    """Montgomery, example 7.3: 26 samples, 516 nonconformities: 19.85, 33.22 and 6.48."""
    found = c_chart([19] * 4 + [20] * 22)
    assert found.centre == pytest.approx(19.85, abs=0.005)
    assert found.upper == pytest.approx(33.22, abs=0.01)
    assert found.lower == pytest.approx(6.48, abs=0.01)
    assert c_chart([2] * 28).lower is None
    with pytest.raises(ValueError, match="no counts"):
        c_chart([])


def test_shares_by_hand() -> None:
    """Montgomery, example 7.1: p 0.2313 of samples of 50: 0.0524 and 0.4102."""
    found = share_limits(0.2313, 50)
    assert found.upper == pytest.approx(0.4102, abs=1e-4)
    assert found.lower == pytest.approx(0.0524, abs=1e-4)


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 0.98, 1.0])
def test_one_single_event_of_a_small_sample_is_never_unusual(share: float) -> None:
    for size in range(1, 60):
        limits = share_limits(share, size)
        if size * share < 1:
            assert not is_outside(Point(1, limits), "above")
        if size * (1 - share) < 1:
            assert not is_outside(Point(0, limits), "below")
        assert limits.upper is None or share < limits.upper < 1
        assert limits.lower is None or 0 < limits.lower < share


def test_rates_have_wider_limits_for_less() -> None:
    assert rate_limits(2, 4) == Limits(2, None, 2 + 3 * (2 / 4) ** 0.5)
    assert rate_limits(2, 100).lower == pytest.approx(2 - 3 * 0.02**0.5)
    assert rate_limits(0.01, 50).upper is None


def test_the_limit_of_gaps_is_benneyans() -> None:
    assert gap_chart(0.25).upper == pytest.approx(4 + 3 * 20**0.5)
    assert gap_chart(0.25).lower is None
    with pytest.raises(ValueError, match="no events"):
        gap_chart(0)


@given(st.floats(0.01, 1))
def test_half_of_the_gaps_are_at_or_above_the_centre_and_half_at_or_below(rate: float) -> None:
    centre = gap_chart(rate).centre
    missed = (1 - exp(-rate)) / rate
    longer = missed * exp(-rate * centre)
    shorter = 0 if centre == 0 else 1 - missed * exp(-rate * (centre - 1))
    assert longer <= 0.5 + 1e-9
    assert shorter <= 0.5 + 1e-9


def test_outside() -> None:
    assert judge(points(16.01)) == [Finding("outside", "above", 1)]
    assert judge(points(3.99)) == [Finding("outside", "below", 1)]
    assert judge(points(16)) == judge(points(4)) == judge([]) == []
    assert judge(points(17, 10)) == [], "only the newest point is judged"
    assert judge(points(99, limits=Limits(10, None, None))) == []


def test_eight_in_a_row() -> None:
    assert judge(points(9, *[11] * 7)) == []
    assert judge(points(9, *[11] * 8)) == [Finding("run", "above", 8)]
    assert judge(points(*[9] * 11)) == [Finding("run", "below", 11)]
    assert judge(points(*[11] * 4, 10, *[11] * 4)) == [], "on the centre is on neither side"


def test_three_of_four_near_a_limit() -> None:
    assert judge(points(14, 14, 9, 14)) == [Finding("near", "above", 3)]
    assert judge(points(14, 9, 9, 14)) == []
    assert judge(points(14, 14, 9, 9, 14)) == [], "of the last four"
    assert judge(points(13, 14, 14)) == [], "in the middle between centre and limit is not near"
    assert judge(points(6, 14, 6, 6)) == [Finding("near", "below", 3)]
    assert judge(points(14, 14, 14, 9)) == [], "it was said when it happened"
    assert judge(points(1, 1, 1, limits=Limits(2, None, 6))) == [], "where there is no limit, nothing is near it"


@given(st.lists(st.integers(0, 20), max_size=14))
def test_the_rules_do_not_know_up_from_down(values: list[int]) -> None:
    mirrored = [Finding(each.rule, "below" if each.side == "above" else "above", each.points)
                for each in judge(points(*(20 - value for value in values)))]  # fmt: skip
    assert sorted(judge(points(*values))) == sorted(mirrored)
