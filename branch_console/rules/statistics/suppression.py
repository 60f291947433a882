"""Small cells: figures of fewer than five customers are hidden from whoever does not supervise.

A hidden cell beside a total is no secret when it is the only one, so more are hidden until those hidden stand for at
least five customers together. Cells with no customer are shown, unless they are needed for that.
Source: rule 7 of the trust rules of the domain page; primary and complementary suppression as in Hundepool et al.,
"Handbook on Statistical Disclosure Control" 2010, §4. Limits: tables are looked at one by one, so what one table hides
another with other cells may show; and the total itself is not hidden.
Names: `Cell`, `SMALL`, `sees_small_cells`, `suppress`.
"""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from branch_console.rules.staff import Role

SMALL = 5

K = TypeVar("K")


class Cell(NamedTuple):
    """One figure of a table, and of how many distinct customers it tells."""

    value: float
    customers: int


def sees_small_cells(role: Role) -> bool:
    """Whether staff of that role may see figures of few customers: only who answers for the team."""
    return role == "supervisor"


def suppress(cells: Mapping[K, Cell], role: Role) -> dict[K, Cell | None]:
    """The cells of one table by customers' attributes (age, segment, …); None is hidden, to be shown as "<5".

    The cells must not overlap. The order is kept; of equal cells the first ones are hidden first.
    """
    if sees_small_cells(role):
        return dict(cells)
    hidden = {key for key, cell in cells.items() if 0 < cell.customers < SMALL}
    others = [key for key in cells if key not in hidden]
    others.sort(key=lambda key: (cells[key].customers == 0, cells[key].customers))
    for key in others if hidden else []:
        if len(hidden) > 1 and sum(cells[each].customers for each in hidden) >= SMALL:
            break
        hidden.add(key)
    return {key: None if key in hidden else cell for key, cell in cells.items()}
