"""All figures by their ids, each defined once. `docs/figures.md` has the same ids with their definitions.

Names: `DEFINITIONS`, `FIGURES`, `RATIOS`, `value(id, facts, scope)`, `split(id, facts, scope, group)`, `meanings()`.
"""

from typing import Any, Final

from branch_console.rules.statistics.definition import Counted, Figure, Meaning, Ratio, count, grouped, ratio
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.figures_cases import CASES, CLOSED, RECEIVED_CASES, REPEATS
from branch_console.rules.statistics.figures_clocks import CLOCKS
from branch_console.rules.statistics.figures_funnel import FUNNEL
from branch_console.rules.statistics.figures_gifts import COST, GIFTS
from branch_console.rules.statistics.figures_journeys import JOURNEYS, ONBOARDED
from branch_console.rules.statistics.figures_voices import VOICES
from branch_console.rules.statistics.instants import Scope
from branch_console.rules.statistics.retention import RETENTION, RETENTION_ID

DEFINITIONS: Final = 1
"""The version of all definitions. It counts up when the same rows would give another value of any figure."""
FIGURES: Final[dict[str, Figure[Any]]] = {
    each.id: each for each in (*JOURNEYS, *FUNNEL, *GIFTS, *CASES, *CLOCKS, *VOICES)
}
_RATIOS: Final = (
    Ratio(
        "gifts.cost_per_wallet",
        Meaning(
            "the bank's cost of the rewards handed over", "wallets onboarded", "hand-over; end of the journey", "event",
            "nothing: what came back is not taken off", ("claim.handed_over", "journey.finished"), "fen", "more",
        ),
        COST,
        ONBOARDED,
    ),
    Ratio(
        "cases.repeat_rate",
        Meaning(
            "complaints that repeat one that was closed at most 30 days before", "complaints that were closed",
            "the receipt; the closing", "event", "cases of other kinds; merged duplicates", ("case.registered",
            "case.closed"), "share", "more",
        ),
        REPEATS,
        CLOSED,
    ),
    Ratio(
        "cases.per_thousand",
        Meaning(
            "complaints that were received, times 1,000", "wallets onboarded", "the receipt; end of the journey",
            "event", "cases of other kinds; merged duplicates", ("case.registered", "journey.finished"),
            "per_thousand", "more",
        ),
        RECEIVED_CASES,
        ONBOARDED,
        1000,
    ),
)  # fmt: skip
RATIOS: Final[dict[str, Ratio]] = {each.id: each for each in _RATIOS}


def value(figure: str, facts: Facts, scope: Scope) -> Counted[Any]:
    """A figure in a span, with the rows behind it. Raises KeyError for an id that is none."""
    if figure in RATIOS:
        return ratio(RATIOS[figure], facts, scope)
    return count(FIGURES[figure], facts, scope)


def split(figure: str, facts: Facts, scope: Scope, group: str) -> dict[str, Counted[Any]]:
    """A figure for each value of a group (`hour`, `class`, `staff`, …). Raises KeyError for what it is not split by."""
    return grouped(FIGURES[figure], facts, scope, group)


def meanings() -> dict[str, Meaning]:
    """The definition of every figure, by id."""
    figures = {name: each.meaning for name, each in FIGURES.items()}
    ratios = {name: each.meaning for name, each in RATIOS.items()}
    return {**figures, **ratios, RETENTION_ID: RETENTION}
