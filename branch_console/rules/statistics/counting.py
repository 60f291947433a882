"""What figures are, by their tallies: the same values as from rows (`figures.value`, `split`, `funnel`).

Names: `Value`, `counted(figure, tally)`, `ratio_of(figure, above, below)`, `value_of(figure, wholes)`,
`split_of(figure, found, group)`, `funnel_lines(found, order)`.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from branch_console.rules.statistics.definition import Value, worked_out
from branch_console.rules.statistics.figures import FIGURES, RATIOS
from branch_console.rules.statistics.tally import Key, Tally, over_days

_NOTHING: Final = Tally()


def counted(figure: str, tally: Tally | None, *, silent: bool = False) -> Value:
    """A figure by its tally, None: there were no rows. `silent`: nobody has reported, so there is no figure.

    Raises KeyError for an id that is no figure, or is one over another (`ratio_of`).
    """
    found = _NOTHING if tally is None else tally
    return worked_out(FIGURES[figure], found.of, found.rows, found.amounts, silent=silent)


def ratio_of(figure: str, above: Value, below: Value) -> Value:
    """A ratio by the values of its two figures. Raises KeyError for an id that is no ratio."""
    return Value(RATIOS[figure].value(above.value, below.value), above.rows, below.rows)


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
