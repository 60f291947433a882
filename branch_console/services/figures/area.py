"""Several branches side by side as central told them: by rates and medians, in the order of their codes, no ranking."""

from datetime import date, timedelta
from statistics import median
from typing import Final

from branch_console.figure_views.area import AreaView
from branch_console.figure_views.tables import RowView, TableView
from branch_console.locale import known, t
from branch_console.rules.statistics.figures import FIGURES, RATIOS
from branch_console.services.figures.central_answer import day_of, number
from branch_console.services.figures.formats import full_day, shown, unit_of
from branch_console.services.figures.question import Question
from branch_console.services.figures.tables import figure_column, name_column
from branch_console.services.gifts.words import moment
from branch_console.sync.wire_stats import BranchFigures

FRESH: Final = timedelta(minutes=5)
_DAY: Final = (
    "journeys.completed", "journeys.minutes_median", "gifts.cost_per_wallet", "cases.per_thousand",
    "clocks.statutory", "ratings.csat",
)  # fmt: skip
_WEEKS: Final = tuple(each for each in _DAY if each != "journeys.minutes_median")
"""Medians of days do not add up to one of four weeks."""


def area_view(ask: Question, problem: str) -> AreaView:
    """One row a branch, the last one the median of the branches. `problem`: the code why central could not be asked."""
    as_of = ask.central.as_of
    branches = sorted(ask.central.branches, key=lambda each: each.branch)
    said = "" if as_of is None else t("figures.as_of", at=moment(as_of, ask.source.identity.zone, ask.now))
    return AreaView(
        day=ask.day,
        title=t("figures.title", name=t("figures.area"), day=full_day(ask.day)),
        tables=(
            _table("area_day", _DAY, branches, ask.day, ask.day),
            _table("area_weeks", _WEEKS, branches, ask.day - timedelta(days=27), ask.day),
        )
        if branches
        else (),
        as_of=said,
        stale=as_of is None or ask.now - as_of > FRESH,
        problem=_why(problem) or ("" if branches else t("figures.terminals.unknown")),
    )


def _why(problem: str) -> str:
    """In words; what can only be said as not having been reached is that."""
    msgid = f"sync.problem.{problem}"
    return problem and (t(msgid) if known(msgid) else t("board.area.unreached"))


def _table(name: str, figures: tuple[str, ...], branches: list[BranchFigures], first: date, last: date) -> TableView:
    values = [tuple(_value(each, figure, first, last) for figure in figures) for each in branches]
    rows = [_row(each.branch, each.name, figures, found) for each, found in zip(branches, values, strict=True)]
    middle = tuple(_median([found[place] for found in values]) for place in range(len(figures)))
    rows.append(_row("median", t("figures.area.median"), figures, middle))
    return TableView(
        id=name,
        title=t(f"figures.table.{name}"),
        columns=(name_column("branch"), *(figure_column(figure) for figure in figures)),
        rows=tuple(rows),
        figures=figures,
        notes=(t("figures.area.note"),),
        empty=t("figures.empty"),
    )


def _row(key: str, name: str, figures: tuple[str, ...], values: tuple[float | None, ...]) -> RowView:
    cells = tuple(shown(value, unit_of(figure)) for figure, value in zip(figures, values, strict=True))
    return RowView(key, (name, *cells), (name, *values), tone="muted" if key == "median" else "")


def _median(values: list[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return median(known) if known else None


def _value(branch: BranchFigures, figure: str, first: date, last: date) -> float | None:
    """A figure of one day as it was told; of several days a share or ratio of what its parts add up to."""
    if first == last:
        found = day_of(branch, first)
        return None if found is None else number(found.figures.get(figure))
    if figure in RATIOS:
        ratio = RATIOS[figure]
        above, below = (_sum(branch, each.id, first, last) for each in (ratio.above, ratio.below))
        return above * ratio.scale / below if below else None
    rows, of = _parts(branch, figure, first, last)
    return rows / of if of >= FIGURES[figure].least else None


def _sum(branch: BranchFigures, figure: str, first: date, last: date) -> float:
    days = [each for each in branch.days if first <= each.day <= last]
    return sum(number(each.figures.get(figure)) or 0 for each in days)


def _parts(branch: BranchFigures, figure: str, first: date, last: date) -> tuple[int, int]:
    found = [each.figures.get(figure) for each in branch.days if first <= each.day <= last]
    return sum(each[1] for each in found if each), sum(each[2] for each in found if each)
