"""The nearest way to qualify: what is missing on the easiest way through the rule.

Names: `Path(steps, unknown)`, `nearest(node)`, `wanting(node)`, `undecided(node)`, `effort(node)`.
Of `all`, everything that fails is needed; of `any` and `at_least_n`, the easiest of what fails. Under `not` the two
change places.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from branch_console.rules.eligibility.explain import RANK
from branch_console.rules.eligibility.node import Node, good


class Path(NamedTuple):
    """Leaf conditions to be met, the easiest first; and how many others nobody knows about yet."""

    steps: tuple[Node, ...]
    unknown: int


class _Way(NamedTuple):
    """One way: the hardest helper that it needs, how much effort it is, and what it consists of."""

    rank: int
    effort: int
    steps: tuple[Node, ...]


# Rough effort of a unit of what is missing, so that ways can be compared: about what one yuan of spending is.
_UNIT = {
    "fen": 0.01, "times": 40, "merchants": 60, "days": 80, "points": 1, "people": 300, "suggestions": 900,
    "tiers": 200, "levels": 200, "months": 2_000, "years": 40, "claims": 80, "pieces": 100,
}  # fmt: skip
_WITHOUT_GAP = {"customer": 30, "wait": 60, "sync": 1, "staff": 500, "final": 10**9}


def effort(node: Node) -> int:
    """How much it takes to meet a leaf condition, about in yuan spent; only for comparing."""
    if node.fixable is None:
        return 0
    if node.gap is None or node.fixable in {"sync", "final"}:
        return _WITHOUT_GAP[node.fixable]
    return max(1, round(node.gap * _UNIT.get(node.unit, 1)))


def wanting(node: Node) -> tuple[Node, ...]:
    """The leaves that are not good on the easiest way, even if nothing can be done about them.

    Of a condition that fails: failing leaves, taking for granted that what is unknown turns out well. Of one that is
    not known: unknown leaves.
    """
    return _way(node).steps


def nearest(node: Node) -> Path | None:
    """The easiest way to qualify; without steps if nothing is missing, None if there is no way."""
    way = _way(node)
    if way.rank == RANK["final"]:
        return None
    unknown = 0 if good(node) is None else sum(1 for _ in undecided(node))
    steps = sorted(_in_time(way.steps), key=lambda each: (RANK[each.fixable], effort(each)))
    return Path(tuple(steps), unknown)


def _in_time(steps: tuple[Node, ...]) -> Iterator[Node]:
    """The steps, none with a last day on which the gift could not be had any more.

    Whoever must also come on a certain weekday has to be ready on the last such day of the window.
    """
    wanted = [set(each.params["weekdays"]) for each in steps if each.code == "recurring" and each.polarity]
    weekdays = set.intersection(*(each for each in wanted if each)) if any(wanted) else set()
    for each in steps:
        by = each.params.get("by")
        if not weekdays or not by:
            yield each
            continue
        last = date.fromisoformat(by)
        while last.isoweekday() not in weekdays:
            last -= timedelta(days=1)
        yield each._replace(params={**each.params, "by": last.isoformat()})


def undecided(node: Node) -> Iterator[Node]:
    """The unknown leaves that still matter: those that do not stand beside what is good already."""
    if good(node) is True:
        return
    if not node.children and node.status == "UNKNOWN":
        yield node
    for each in node.children:
        yield from undecided(each)


def _way(node: Node) -> _Way:
    found = good(node)
    if found is True:
        return _Way(-1, 0, ())
    if not node.children:
        return _Way(RANK[node.fixable], effort(node), (node,))
    states = [good(each) for each in node.children]
    missing = _needed(node) - states.count(True)
    if found is False:
        missing -= states.count(None)
    ways = sorted(
        (_way(each) for each, state in zip(node.children, states, strict=True) if state is found),
        key=lambda way: way[:2],
    )[:missing]
    steps = dict.fromkeys(id(step) for way in ways for step in way.steps)
    by_id = {id(step): step for way in ways for step in way.steps}
    return _Way(max(way.rank for way in ways), sum(way.effort for way in ways), tuple(by_id[each] for each in steps))


def _needed(node: Node) -> int:
    """How many children must be good for the node to be good."""
    total = len(node.children)
    need = {"any": 1, "at_least_n": node.need}.get(node.code, total)
    count = need if isinstance(need, int) else total
    return count if node.polarity else total - count + 1
