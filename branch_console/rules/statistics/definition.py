"""What a figure is: which rows it looks at, on which day they count, what of them it counts; and how it is worked out.

A figure's value is made from the very rows that its drill-down shows, so tile, rows and export cannot differ.
Names: `Meaning`, `Source`, `Figure`, `Ratio`, `Counted`, `Value`, `count(figure, facts, scope)`, `grouped(…)`,
`ratio(…)`, `worked_out(figure, of, rows, amounts)`.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import KW_ONLY, dataclass, field
from math import ceil
from typing import Any, Generic, Literal, NamedTuple, TypeAlias, TypeVar

from branch_console.rules.feedback.intervals import Interval, wilson
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.instants import Instant, Scope

R = TypeVar("R")

How: TypeAlias = Literal["count", "share", "sum", "median", "p90"]
Unit: TypeAlias = Literal[
    "number", "share", "minutes", "days", "working_days", "fen", "per_thousand", "entries", "seconds"
]
Worse: TypeAlias = Literal["more", "less", "neither"]


@dataclass(frozen=True)
class Meaning:
    """The definition of a figure in words, as `docs/figures.md` has it, by its `id`. `sources` are types of entries.

    `day`: what puts a row on a business day. `basis`: event (what happened in the span), cohort (what became, by now,
    of what began in the span), due (whose time ran out in the span) or standing (what is so at its end).
    """

    id: str
    numerator: str
    _: KW_ONLY
    denominator: str = "–"
    day: str
    basis: Literal["event", "cohort", "due", "standing"] = "event"
    excluded: str = "nothing"
    sources: tuple[str, ...]
    unit: Unit = "number"
    worse: Worse


@dataclass(frozen=True)
class Source(Generic[R]):
    """Rows of one kind: the `name` of their field in `Facts`, whose a row is, and by what they can be taken apart.

    A group is None for `hour` and `staff`: they are those of each figure's own `when` and of `staff`.
    """

    name: str
    staff: Callable[[R], str | None] = lambda _row: None
    groups: Mapping[str, Callable[[R], str] | None] = field(default_factory=dict)

    def person(self, row: R) -> str:
        """Whose the row is as a member of the group `staff`."""
        return self.staff(row) or ""


@dataclass(frozen=True, kw_only=True)
class Figure(Meaning, Generic[R]):
    """One figure: its definition in words and in code.

    The rows of `source` are looked at when `when` lies in the span (of a standing figure: at any time before its end)
    and `counts` holds. `hit` are the numerator's of a share, `amount` what is summed or ranked (None: not known),
    `same` what makes two rows one. A share of fewer than `least` rows is not told.
    """

    source: Source[R]
    when: Callable[[R], Instant | None]
    how: How = "count"
    counts: Callable[[R, Scope], bool] = lambda _row, _scope: True
    hit: Callable[[R, Scope], bool] | None = None
    amount: Callable[[R], int | None] | None = None
    same: Callable[[R], str] | None = None
    least: int = 1

    def rows(self, facts: Facts) -> Sequence[R]:
        """All rows of its source."""
        found: Sequence[R] = getattr(facts, self.source.name)
        return found

    @property
    def groups(self) -> Set[str]:
        """The ways in which it can be taken apart."""
        return self.source.groups.keys()

    def member(self, group: str) -> Callable[[R], str]:
        """What says the member of a group that a row belongs to. Raises KeyError for what it is not taken apart by."""
        key = self.source.groups[group]
        if key is not None:
            return key
        return {"hour": self._hour, "staff": self.source.person}[group]

    def _hour(self, row: R) -> str:
        when = self.when(row)
        return "" if when is None else f"{when.hour:02}"


@dataclass(frozen=True, kw_only=True)
class Ratio(Meaning):
    """One figure over another, times `scale`: of rows of two kinds, so that it has two drill-downs."""

    above: Figure[Any]
    below: Figure[Any]
    scale: int = 1

    def value(self, above: int | float | None, below: int | float | None) -> float | None:
        """One value over another; None where one is not known, or nothing is below the line."""
        return None if above is None or not below else above * self.scale / below


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
    return Counted(figure.value(above.value, below.value), above.rows, below.rows)


def selected(figure: Figure[R], facts: Facts, scope: Scope) -> tuple[R, ...]:
    """The rows that the figure looks at; of rows that are the same one, the first."""
    found: list[R] = []
    seen: set[str] = set()
    for row in figure.rows(facts):
        if not in_span(figure, row, scope) or not figure.counts(row, scope):
            continue
        if scope.staff is not None and figure.source.staff(row) != scope.staff:
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
    if figure.basis == "standing":
        return when is not None and scope.known(when) and when.day <= scope.last
    return scope.covers(when)


def worked_out(figure: Figure[Any], of: int, rows: int, amounts: Mapping[int, int], *, silent: bool) -> Value:
    """What a figure is by its numbers: how many rows were looked at and counted, how often each amount occurred.

    `silent`: nobody has reported, so there is no figure.
    """
    if figure.how == "count":
        return Value(None if silent else of, rows, of)
    if figure.how == "sum":
        return Value(None if silent else sum(amount * times for amount, times in amounts.items()), rows, of)
    if silent or (of < figure.least if figure.how == "share" else not rows):
        return Value(None, rows, of)
    if figure.how == "share":
        return Value(rows / of, rows, of, wilson(rows, of))
    return Value(_ranked(figure.how, amounts, rows), rows, of)


def _counted(figure: Figure[R], of: tuple[R, ...], scope: Scope, *, silent: bool) -> Counted[R]:
    rows, amounts = of, Counter[int]()
    if figure.hit is not None:
        rows = tuple(row for row in of if figure.hit(row, scope))
    elif figure.amount is not None:
        known = [(row, amount) for row in of if (amount := figure.amount(row)) is not None]
        rows, amounts = tuple(row for row, _ in known), Counter(amount for _, amount in known)
    found = worked_out(figure, len(of), len(rows), amounts, silent=silent)
    return Counted(found.value, rows, of, found.interval)


def _ranked(how: How, amounts: Mapping[int, int], count: int) -> int | float:
    """The median of `count` amounts, or their 90th percentile by nearest rank: a value that really occurred."""
    if how == "p90":
        return _at(amounts, ceil(0.9 * count))
    half = (count + 1) // 2
    lower = _at(amounts, half)
    return lower if count % 2 else (lower + _at(amounts, half + 1)) / 2


def _at(amounts: Mapping[int, int], rank: int) -> int:
    """The amount at that place, from 1, in the order of size."""
    before = 0
    for amount in sorted(amounts):
        before += amounts[amount]
        if before >= rank:
            return amount
    raise ValueError("there are fewer amounts")
