"""What figures are, by their tallies: the same values as from rows (`figures.value`, `split`, `funnel`).

Names: `Value`, `counted(figure, tally)`, `ratio_of(figure, above, below)`, `value_of(figure, wholes)`,
`split_of(figure, found, group)`, `funnel_lines(found, order)`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final, NamedTuple

from branch_console.rules.feedback.intervals import wilson
from branch_console.rules.statistics.definition import How, Value
from branch_console.rules.statistics.figures import FIGURES, RATIOS
from branch_console.rules.statistics.tally import Key, Tally, over_days

_NOTHING: Final = Tally()


def counted(figure: str, tally: Tally | None, *, silent: bool = False) -> Value:
    """A figure by its tally, None: there were no rows. `silent`: nobody has reported, so there is no figure.

    Raises KeyError for an id that is no figure, or is one over another (`ratio_of`).
    """
    how, least = FIGURES[figure].how, FIGURES[figure].least
    found = _NOTHING if tally is None else tally
    if how in {"count", "distinct"}:
        return Value(None if silent else found.of, found.of, found.of)
    if how == "share":
        if silent or found.of < least:
            return Value(None, found.rows, found.of)
        return Value(found.rows / found.of, found.rows, found.of, wilson(found.rows, found.of))
    if silent or (not found.rows and how != "sum"):
        return Value(None, found.rows, found.of)
    return Value(_aggregate(how, found.amounts, found.rows), found.rows, found.of)


def ratio_of(figure: str, above: Value, below: Value) -> Value:
    """A ratio by the values of its two figures. Raises KeyError for an id that is no ratio."""
    value = None
    if above.value is not None and below.value:
        value = above.value * RATIOS[figure].scale / below.value
    return Value(value, above.rows, below.rows)


def value_of(figure: str, wholes: Mapping[str, Tally], *, silent: bool = False) -> Value:
    """A figure or ratio by the tallies of whole figures (`tally.whole`). Raises KeyError for an id that is neither."""
    if figure not in RATIOS:
        return counted(figure, wholes.get(figure), silent=silent)
    above, below = RATIOS[figure].above.id, RATIOS[figure].below.id
    return ratio_of(figure, *(counted(each, wholes.get(each), silent=silent) for each in (above, below)))


def split_of(figure: str, found: Mapping[Key, Tally], group: str, *, silent: bool = False) -> dict[str, Value]:
    """A figure for each value of a group, by tallies of one day or several."""
    mine = {key: tally for key, tally in found.items() if key[1] == figure and key[2] == group}
    parts = over_days([mine])
    return {key[2]: counted(figure, parts[key], silent=silent) for key in sorted(parts)}


class FunnelLine(NamedTuple):
    """One step of the funnel. None: no journey came there, or nothing of the kind happened."""

    step: str
    reached: Value | None
    seconds: Value | None
    without_result: Value | None
    dropped: Value | None


def funnel_lines(found: Mapping[Key, Tally], order: Sequence[str]) -> tuple[FunnelLine, ...]:
    """The steps of a flow in their order, then those that stand in no such flow (an older version's) by name."""
    names = ("funnel.reached", "funnel.seconds_median", "funnel.without_result", "funnel.dropped")
    parts = [split_of(name, found, "step") for name in names]
    steps = [*order, *sorted({*parts[0], *parts[3]} - {*order})]
    return tuple(FunnelLine(each, *(part.get(each) for part in parts)) for each in steps)


def _aggregate(how: How, amounts: Counter[int], count: int) -> int | float:
    """Sum, median, or the 90th percentile by nearest rank, of `count` amounts."""
    if how == "sum":
        return sum(amount * times for amount, times in amounts.items())
    if how == "p90":
        return _ranked(amounts, ceil(0.9 * count))
    half = (count + 1) // 2
    lower = _ranked(amounts, half)
    return lower if count % 2 else (lower + _ranked(amounts, half + 1)) / 2


def _ranked(amounts: Counter[int], rank: int) -> int:
    """The amount at that place, from 1, in the order of size."""
    before = 0
    for amount in sorted(amounts):
        before += amounts[amount]
        if before >= rank:
            return amount
    raise ValueError("there are fewer amounts")
