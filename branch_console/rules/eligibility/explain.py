"""The form of a rule that answers and says why: every condition, with what is there, what is missing, who can help.

Names: `Explain`, `explainer(condition, find)`, `RANK`; a leaf's own explanation comes from its probe.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from branch_console.rules.eligibility.book import FactBook, Probe
from branch_console.rules.eligibility.conditions import All, AnyLeaf, AnyOf, AtLeastN, Condition, Not, children
from branch_console.rules.eligibility.node import NOTHING, Fixable, Node, Status

Explain: TypeAlias = Callable[[FactBook], Node]
Find: TypeAlias = Callable[[AnyLeaf], Probe]

RANK: dict[Fixable | None, int] = {None: -1, "customer": 0, "wait": 1, "sync": 2, "staff": 3, "final": 4}


def explainer(condition: Condition, find: Find, polarity: bool = True) -> Explain:
    """The explaining form of a condition. `polarity` is False under an odd number of `not`."""
    if isinstance(condition, Not):
        return _not(explainer(condition.of, find, not polarity), polarity)
    if isinstance(condition, All | AnyOf | AtLeastN):
        parts = [explainer(each, find, polarity) for each in children(condition)]
        need = condition.n if isinstance(condition, AtLeastN) else len(parts) if isinstance(condition, All) else 1
        return _several(condition.type, need, parts, polarity)
    probe = find(condition)
    if polarity:
        return lambda book: book.without_not[probe]
    return lambda book: book.with_not[probe]


def _not(inner: Explain, polarity: bool) -> Explain:
    turned: dict[Status, Status] = {"SAT": "UNSAT", "UNSAT": "SAT", "UNKNOWN": "UNKNOWN"}

    def explain(book: FactBook) -> Node:
        child = inner(book)
        return Node(
            turned[child.status], "not", NOTHING, None, None, None, "", None, None, child.fixable, polarity, False,
            (child,),
        )  # fmt: skip

    return explain


def _several(code: str, need: int, parts: list[Explain], polarity: bool) -> Explain:
    """`all` needs every part, `any` one, `at_least_n` n: the same rule with another number."""
    total = len(parts)
    params: dict[str, Any] = {"n": need, "of": total} if code == "at_least_n" else {}

    def explain(book: FactBook) -> Node:
        found = tuple([part(book) for part in parts])
        holds = fails = 0
        for node in found:
            if node[0] == "SAT":
                holds += 1
            elif node[0] == "UNSAT":
                fails += 1
        status: Status
        fixable: Fixable | None = None
        if holds >= need:
            status = "SAT"
        elif total - fails < need:
            status = "UNSAT"
        else:
            status = "UNKNOWN"
        if status == "UNKNOWN":
            fixable = "sync"
        elif (status == "SAT") is not polarity:
            fixable = _hardest(found, need - holds if polarity else holds - need + 1)
        return Node(status, code, params, holds, need, None, "", None, None, fixable, polarity, False, found)

    return explain


def _hardest(found: tuple[Node, ...], wanted: int) -> Fixable | None:
    """Who must act so that the `wanted` easiest of the parts that are not good yet become good: the hardest of them."""
    ranks = sorted(RANK[node.fixable] for node in found if node.fixable is not None)
    rank = ranks[min(wanted, len(ranks)) - 1]
    return next(name for name, each in RANK.items() if each == rank)
