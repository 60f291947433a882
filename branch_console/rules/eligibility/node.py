"""The explanation of one condition for one customer, as a tree.

Names: `Node`, `Status`, `Fixable`, `good(node)`, `leaves(node)`, `status_of(value)`.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

from branch_console.rules.eligibility.facts import Source

Status: TypeAlias = Literal["SAT", "UNSAT", "UNKNOWN"]
Fixable: TypeAlias = Literal["customer", "wait", "sync", "staff", "final"]
"""Who can change it: the customer, time, a connection, staff, nobody. In the order of how easy it is."""
Scalar: TypeAlias = int | str | None
Params: TypeAlias = Mapping[str, Any]
"""Values are text, whole numbers, and lists of either."""
NOTHING: Params = MappingProxyType({})


class Node(NamedTuple):
    """One condition.

    `code` is the condition's type, `params` what its sentence says (amounts in fen, dates in ISO form). `have`, `need`
    and `gap` are in `unit` (fen, times, merchants, days, points, people, pieces, years, …; empty: plain text).
    `fixable` is None when nothing is to be done. `polarity` is False under an odd number of `not`: then a condition
    that holds is bad news. `stale`: the fact is there but too old to count.
    """

    status: Status
    code: str
    params: Params
    have: Scalar
    need: Scalar
    gap: int | None
    unit: str
    as_of: datetime | None
    source: Source | None
    fixable: Fixable | None
    polarity: bool
    stale: bool
    children: tuple["Node", ...]


STATUSES: dict[bool | None, Status] = {True: "SAT", False: "UNSAT", None: "UNKNOWN"}


def good(node: Node) -> bool | None:
    """Whether it speaks for the customer, the polarity counted in; None: not known."""
    if node.status == "UNKNOWN":
        return None
    return (node.status == "SAT") is node.polarity


def leaves(node: Node) -> Iterator[Node]:
    """The conditions at the ends of the tree, in its order."""
    if not node.children:
        yield node
    for each in node.children:
        yield from leaves(each)
