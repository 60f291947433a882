"""Small cells: what is hidden from whom, and that what is hidden cannot be reckoned back from the total."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_console.rules.staff import Role
from branch_console.rules.statistics.suppression import SMALL, hidden_cells


def shown(customers: dict[str, int], role: Role = "guide") -> dict[str, int | None]:
    hidden = hidden_cells(customers, role)
    return {name: None if name in hidden else count for name, count in customers.items()}


def test_fewer_than_five_customers_are_hidden_and_a_second_cell_with_them() -> None:
    assert shown({"young": 12, "adult": 40, "senior": 4}) == {"young": None, "adult": 40, "senior": None}
    assert shown({"young": 12, "adult": 40, "senior": 5}) == {"young": 12, "adult": 40, "senior": 5}
    assert shown({"young": 3, "adult": 40, "senior": 4}) == {"young": None, "adult": 40, "senior": None}


def test_together_the_hidden_ones_are_at_least_five() -> None:
    assert shown({"a": 1, "b": 2, "c": 30, "d": 7}) == {"a": None, "b": None, "c": 30, "d": None}


def test_none_is_shown_as_none_unless_it_would_give_away_the_others() -> None:
    assert shown({"a": 0, "b": 9}) == {"a": 0, "b": 9}
    assert shown({"a": 0, "b": 3, "c": 9}) == {"a": 0, "b": None, "c": None}
    assert shown({"a": 0, "b": 3}) == {"a": None, "b": None}
    assert shown({"a": 3}) == {"a": None}
    assert shown({}) == {}


@pytest.mark.parametrize("role", get_args(Role))
def test_only_supervisors_see_all(role: Role) -> None:
    assert shown({"a": 1, "b": 40}, role)["a"] == (1 if role == "supervisor" else None)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 12), max_size=8))
def test_no_small_cell_can_be_reckoned_back(customers: dict[str, int]) -> None:
    found = shown(customers)
    hidden = [customers[name] for name, cell in found.items() if cell is None]
    assert all(not 0 < cell < SMALL for cell in found.values() if cell is not None)
    if hidden and len(hidden) < len(customers):
        assert len(hidden) > 1
        assert sum(hidden) >= SMALL
    assert bool(hidden) == any(0 < each < SMALL for each in customers.values())
