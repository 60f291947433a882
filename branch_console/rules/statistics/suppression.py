"""Small cells: figures of fewer than five customers are hidden from whoever does not supervise.

A hidden cell beside a total is no secret when it is the only one, so more are hidden until those hidden stand for at
least five customers together. Cells with no customer are shown, unless they are needed for that.
Source: rule 7 of the trust rules of the domain page; primary and complementary suppression as in Hundepool et al.,
"Handbook on Statistical Disclosure Control" 2010, §4. Limits: tables are looked at one by one, so what one table hides
another with other cells may show; and the total itself is not hidden.
Names: `SMALL`, `sees_small_cells`, `hidden_cells`.
"""

from collections.abc import Mapping
from typing import TypeVar

from branch_console.rules.staff import Role

SMALL = 5

K = TypeVar("K")


def sees_small_cells(role: Role) -> bool:
    """Whether staff of that role may see figures of few customers: only who answers for the team."""
    return role == "supervisor"


def hidden_cells(customers: Mapping[K, int], role: Role) -> frozenset[K]:
    """Which cells of one table by customers' attributes (age, segment, …) are hidden, to be shown as "<5".

    `customers` says of how many distinct customers each cell tells; cells must not overlap. Of equal cells the first
    ones are hidden first.
    """
    if sees_small_cells(role):
        return frozenset()
    hidden = {key for key, count in customers.items() if 0 < count < SMALL}
    others = [key for key in customers if key not in hidden]
    others.sort(key=lambda key: (customers[key] == 0, customers[key]))
    for key in others if hidden else []:
        if len(hidden) > 1 and sum(customers[each] for each in hidden) >= SMALL:
            break
        hidden.add(key)
    return frozenset(hidden)
