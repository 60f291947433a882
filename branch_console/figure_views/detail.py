"""One series in depth: its definition, its control chart of 28 days, its twelve weeks."""

from dataclasses import dataclass
from datetime import date

from branch_console.figure_views.tables import Drill, Tone


@dataclass(frozen=True, slots=True)
class PlotPoint:
    """One point. `label` names it under the plot; `lower` and `upper` are its limits; `value` None: no data."""

    day: date
    label: str
    value: float | None
    lower: float | None
    upper: float | None
    unusual: bool = False


@dataclass(frozen=True, slots=True)
class PlotView:
    """A plot with its limits. `name` says which chart (c, XmR, p, u, days between) and what its limits are."""

    title: str
    name: str
    unit: str
    centre: float | None
    points: tuple[PlotPoint, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DetailView:
    """What is said of one number of the board. `definition` are lines label: text (numerator, denominator, day, …)."""

    drill: Drill
    title: str
    value: str
    before: str
    definition: tuple[tuple[str, str], ...]
    days: PlotView | None
    weeks: PlotView | None
    signals: tuple[tuple[str, Tone], ...]
    why_no_chart: str
