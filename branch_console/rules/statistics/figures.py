"""All figures by their ids, each defined once. `docs/figures.md` has the same ids with their definitions.

Names: `DEFINITIONS`, `FIGURES`, `RATIOS`, `value(id, facts, scope)`, `split(id, facts, scope, group)`, `meanings()`.
"""

from typing import Any, Final

from branch_console.rules.statistics.definition import Counted, Figure, Meaning, Ratio, count, grouped, ratio
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.figures_cases import CASES, CLOSED, NO_COMPLAINTS, RECEIVED_CASES, REPEATS
from branch_console.rules.statistics.figures_clocks import CLOCKS
from branch_console.rules.statistics.figures_funnel import FUNNEL
from branch_console.rules.statistics.figures_gifts import COST, GIFTS
from branch_console.rules.statistics.figures_journeys import JOURNEYS, ONBOARDED
from branch_console.rules.statistics.figures_voices import VOICES
from branch_console.rules.statistics.instants import Scope
from branch_console.rules.statistics.retention import RETENTION

DEFINITIONS: Final = 1
"""The version of all definitions. It counts up when the same rows would give another value of any figure."""
FIGURES: Final[dict[str, Figure[Any]]] = {
    each.id: each for each in (*JOURNEYS, *FUNNEL, *GIFTS, *CASES, *CLOCKS, *VOICES)
}
_RATIOS: Final = (
    Ratio(
        "gifts.cost_per_wallet",
        COST.numerator,
        denominator="wallets onboarded",
        day="hand-over; end of the journey",
        excluded=COST.excluded,
        sources=("claim.handed_over", "journey.finished"),
        unit="fen",
        worse="more",
        above=COST,
        below=ONBOARDED,
    ),
    Ratio(
        "cases.repeat_rate",
        "complaints that repeat one that was closed at most 30 days before",
        denominator="complaints that were closed",
        day="the receipt; the closing",
        excluded=NO_COMPLAINTS,
        sources=("case.registered", "case.closed"),
        unit="share",
        worse="more",
        above=REPEATS,
        below=CLOSED,
    ),
    Ratio(
        "cases.per_thousand",
        "complaints that were received, times 1,000",
        denominator="wallets onboarded",
        day="the receipt; end of the journey",
        excluded=NO_COMPLAINTS,
        sources=("case.registered", "journey.finished"),
        unit="per_thousand",
        worse="more",
        above=RECEIVED_CASES,
        below=ONBOARDED,
        scale=1000,
    ),
)
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
    return {**FIGURES, **RATIOS, RETENTION.id: RETENTION}
