"""Counts by day, figure and group, which can be added up and taken back: a figure without looking at its rows again.

A tally says what a figure looked at and what it counted among the rows of some subjects, with everything known. So the
tallies of a day are the sum of those of its subjects, those of a span the sum of its days, and when a subject changes
its old tallies are taken out and its new ones added. That needs figures whose rows count on a day of their own (event
and cohort) and of which no two subjects' rows are the same one; the others are counted from rows.
Names: `TALLIED`, `FROM_ROWS`, `tallies(facts)`. What is done with tallies is in `tally.py`, `tally_bytes.py` and
`counting.py`.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final, NamedTuple

from branch_console.rules.statistics.definition import Figure
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.figures import FIGURES
from branch_console.rules.statistics.instants import EVER
from branch_console.rules.statistics.tally import Key, Tally

TALLIED: Final = frozenset(
    name for name, figure in FIGURES.items() if figure.basis in {"event", "cohort"} and figure.same is None
)
FROM_ROWS: Final = frozenset(FIGURES) - TALLIED


class _Plan(NamedTuple):
    """One figure, as it is gone through for each row; `groups` are names with the place of what says the member."""

    figure: Figure[Any]
    groups: tuple[tuple[str, int], ...]


class _Source(NamedTuple):
    """Rows of one kind: their figures, and what says the member of each group of any of these."""

    rows: Callable[[Facts], tuple[Any, ...]]
    members: tuple[Callable[[Any], str], ...]
    plans: tuple[_Plan, ...]


def tallies(facts: Facts) -> dict[Key, Tally]:
    """What the rows add to each figure of `TALLIED`, for each day and group. The rows must be linked."""
    found: dict[Key, Tally] = {}
    for source in _SOURCES:
        for row in source.rows(facts):
            members = [member(row) for member in source.members]
            for plan in source.plans:
                _count(plan, row, members, found)
    return found


def _count(plan: _Plan, row: Any, members: list[str], found: dict[Key, Tally]) -> None:
    """Count a row for a figure as a whole and for each of its groups."""
    figure = plan.figure
    when = figure.when(row)
    if when is None or not figure.counts(row, EVER):
        return
    amount = None if figure.amount is None else figure.amount(row)
    counts = amount is not None or figure.amount is None
    if figure.hit is not None:
        counts = figure.hit(row, EVER)
    day, name = when.day, figure.id
    keys = [(day, name, group, members[place]) for group, place in plan.groups]
    keys.append((day, name, "", ""))
    for key in keys:
        tally = found.get(key)
        if tally is None:
            tally = found[key] = Tally()
        tally.of += 1
        if counts:
            tally.rows += 1
        if amount is not None:
            tally.amounts[amount] += 1


def _sources() -> tuple[_Source, ...]:
    """The figures by the rows that they look at; equal members are worked out once for all of them."""
    kinds: dict[str, list[Figure[Any]]] = {}
    for name in sorted(TALLIED):
        kinds.setdefault(FIGURES[name].source.name, []).append(FIGURES[name])
    return tuple(_source(kind, figures) for kind, figures in kinds.items())


def _source(kind: str, figures: list[Figure[Any]]) -> _Source:
    members: list[Callable[[Any], str]] = []
    plans = []
    for figure in figures:
        groups = []
        for group in figure.groups:
            member = figure.member(group)
            if member not in members:
                members.append(member)
            groups.append((group, members.index(member)))
        plans.append(_Plan(figure, tuple(groups)))
    return _Source(attrgetter(kind), tuple(members), tuple(plans))


_SOURCES: Final = _sources()
