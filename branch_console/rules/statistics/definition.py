"""What a figure is: which rows it looks at, on which day they count, what of them it counts; and how it is worked out.

A figure's value is made from the very rows that its drill-down shows, so tile, rows and export cannot differ.
Names: `Meaning`, `Figure`, `Ratio`, `Counted`, `Value`, `count(figure, facts, scope)`, `grouped(…)`, `ratio(…)`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import median
from typing import Any, Generic, Literal, NamedTuple, TypeAlias, TypeVar

from branch_console.rules.feedback.intervals import Interval, wilson
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.instants import Instant, Scope

R = TypeVar("R")

How: TypeAlias = Literal["count", "distinct", "share", "sum", "median", "p90"]
Unit: TypeAlias = Literal[
    "number", "share", "minutes", "days", "working_days", "fen", "per_thousand", "entries", "seconds"
]
Worse: TypeAlias = Literal["more", "less", "neither"]


@dataclass(frozen=True)
class Meaning:
    """The definition of a figure in words, as `docs/figures.md` has it. `sources` are types of entries.

    `day`: what puts a row on a business day. `basis`: event (what happened in the span), cohort (what became, by now,
    of what began in the span), due (whose time ran out in the span) or standing (what is so at its end).
    """

    numerator: str
    denominator: str
    day: str
    basis: Literal["event", "cohort", "due", "standing"]
    excluded: str
    sources: tuple[str, ...]
    unit: Unit
    worse: Worse


@dataclass(frozen=True)
class Figure(Generic[R]):
    """One figure.

    `rows` are looked at when `when` lies in the span (of a standing figure: at any time before its end) and `counts`
    holds. `hit` are the numerator's of a share, `amount` what is summed or ranked (None: not known), `same` what makes
    two rows one. `staff` is whose row it is. `groups` are the ways in which it can be taken apart; None for `hour` and
    `staff`, which are those of `when` and `staff`. A share of fewer than `least` rows is not told.
    """

    id: str
    meaning: Meaning
    rows: Callable[[Facts], Sequence[R]]
    when: Callable[[R], Instant | None]
    how: How = "count"
    counts: Callable[[R, Scope], bool] = lambda _row, _scope: True
    hit: Callable[[R, Scope], bool] | None = None
    amount: Callable[[R], int | None] | None = None
    same: Callable[[R], str] | None = None
    staff: Callable[[R], str | None] = lambda _row: None
    groups: Mapping[str, Callable[[R], str] | None] = field(default_factory=dict)
    least: int = 1

    def member(self, group: str) -> Callable[[R], str]:
        """What says the member of a group that a row belongs to. Raises KeyError for what it is not taken apart by."""
        key = self.groups[group]
        if key is not None:
            return key
        return {"hour": self._hour, "staff": lambda row: self.staff(row) or ""}[group]

    def _hour(self, row: R) -> str:
        when = self.when(row)
        return "" if when is None else f"{when.hour:02}"


@dataclass(frozen=True)
class Ratio:
    """One figure over another, times `scale`: of rows of two kinds, so that it has two drill-downs."""

    id: str
    meaning: Meaning
    above: Figure[Any]
    below: Figure[Any]
    scale: int = 1


@dataclass(frozen=True)
class Counted(Generic[R]):
    """What a figure is. `value` None: no data, or too little of it, which is not zero.

    `rows` are those that were counted: `len(rows)` of a count, the numerator of a share, those with an amount of a sum
    or median. `of` are all that were looked at, the denominator. `interval` is the 95 % interval of a share.
    """

    value: int | float | None
    rows: tuple[R, ...]
    of: tuple[R, ...]
    interval: Interval | None = None


class Value(NamedTuple):
    """What a figure is, without its rows: their numbers only, as `Counted` has them."""

    value: int | float | None
    rows: int
    of: int
    interval: Interval | None = None


def value_only(found: Counted[Any]) -> Value:
    """The value and the numbers of rows."""
    return Value(found.value, len(found.rows), len(found.of), found.interval)


def count(figure: Figure[R], facts: Facts, scope: Scope) -> Counted[R]:
    """The figure in a span, with its rows."""
    of = selected(figure, facts, scope)
    return _counted(figure, of, scope, silent=facts.no_data(scope))


def grouped(figure: Figure[R], facts: Facts, scope: Scope, group: str) -> dict[str, Counted[R]]:
    """The figure for each value of one of its groups. The rows of all groups are the rows of the whole."""
    key = figure.member(group)
    parts: dict[str, list[R]] = {}
    for row in selected(figure, facts, scope):
        parts.setdefault(key(row), []).append(row)
    silent = facts.no_data(scope)
    return {name: _counted(figure, tuple(rows), scope, silent=silent) for name, rows in sorted(parts.items())}


def ratio(figure: Ratio, facts: Facts, scope: Scope) -> Counted[Any]:
    """A ratio: `rows` are those above the line, `of` those below."""
    above, below = count(figure.above, facts, scope), count(figure.below, facts, scope)
    value = None
    if above.value is not None and below.value:
        value = above.value * figure.scale / below.value
    return Counted(value, above.rows, below.rows)


def selected(figure: Figure[R], facts: Facts, scope: Scope) -> tuple[R, ...]:
    """The rows that the figure looks at; of rows that are the same one, the first."""
    found: list[R] = []
    seen: set[str] = set()
    for row in figure.rows(facts):
        if not in_span(figure, row, scope) or not figure.counts(row, scope):
            continue
        if scope.staff is not None and figure.staff(row) != scope.staff:
            continue
        if figure.same is not None:
            name = figure.same(row)
            if name in seen:
                continue
            seen.add(name)
        found.append(row)
    return tuple(found)


def in_span(figure: Figure[R], row: R, scope: Scope) -> bool:
    """Whether a row's moment puts it into the span; of a standing figure, whether it had come by its end."""
    when = figure.when(row)
    if figure.meaning.basis == "standing":
        return when is not None and scope.known(when) and when.day <= scope.last
    return scope.covers(when)


def _counted(figure: Figure[R], of: tuple[R, ...], scope: Scope, *, silent: bool) -> Counted[R]:
    if figure.how in {"count", "distinct"}:
        return Counted(None if silent else len(of), of, of)
    if figure.how == "share":
        rows = tuple(row for row in of if figure.hit is not None and figure.hit(row, scope))
        if silent or len(of) < figure.least:
            return Counted(None, rows, of)
        return Counted(len(rows) / len(of), rows, of, wilson(len(rows), len(of)))
    amounts = [(row, figure.amount(row)) for row in of] if figure.amount is not None else []
    known = [(row, amount) for row, amount in amounts if amount is not None]
    rows = tuple(row for row, _ in known)
    if silent or (not known and figure.how != "sum"):
        return Counted(None, rows, of)
    return Counted(_aggregate(figure.how, [amount for _, amount in known]), rows, of)


def _aggregate(how: How, amounts: list[int]) -> int | float:
    """Sum, median, or the 90th percentile by nearest rank: a value that really occurred."""
    if how == "sum":
        return sum(amounts)
    if how == "median":
        return median(amounts)
    return sorted(amounts)[ceil(0.9 * len(amounts)) - 1]
