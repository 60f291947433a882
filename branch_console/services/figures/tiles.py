"""The main figures as tiles, and what the day is to reach."""

from datetime import timedelta
from fractions import Fraction
from typing import Final

from branch_console.figure_views.board import TargetView, TileView
from branch_console.figure_views.tables import Drill
from branch_console.locale import t
from branch_console.rules.statistics.figures import FIGURES
from branch_console.rules.statistics.targets import Expected, expected, target_for
from branch_console.services.figures.comparison import Comparison
from branch_console.services.figures.definitions import label
from branch_console.services.figures.formats import day_label, detail, plain, shown, unit_of
from branch_console.services.figures.numbers import has_stood
from branch_console.services.figures.question import SPARK_DAYS, Question
from branch_console.services.figures.sources import basis_of

TILES: Final = (
    "journeys.received", "journeys.onboarded", "journeys.waiting", "journeys.first_use", "gifts.handed_over",
    "cases.received", "clocks.statutory", "clocks.overdue", "ratings.csat", "gifts.cost_per_wallet",
)  # fmt: skip


def tiles(ask: Question) -> tuple[TileView, ...]:
    """Each with the comparison and its last four weeks."""
    comparison = Comparison(ask)
    return tuple(tile(ask, figure, comparison) for figure in TILES)


def tile(ask: Question, figure: str, comparison: Comparison) -> TileView:
    """One figure of the day, with its last four weeks; of what stands, what stood at the end of each day."""
    found = ask.numbers.value(figure, ask.day)
    before, tone = comparison.words(figure, found)
    unit = unit_of(figure)
    spark: tuple[float | None, ...] = ()
    at_once = ask.whole or basis_of(figure) in {"event", "cohort"}  # of others the rows of weeks of cases are read
    if at_once and (basis_of(figure) != "standing" or has_stood(figure)):
        history = ask.numbers.history(figure, ask.day - timedelta(days=SPARK_DAYS - 1), ask.day)
        spark = tuple(each.value for each in history.values())
    return TileView(
        drill=Drill(figure),
        label=label(figure),
        value=shown(found.value, unit),
        raw=found.value,
        unit=unit,
        detail=detail(figure, found),
        before=before,
        tone=tone,
        spark=spark,
    )


def targets(ask: Question) -> tuple[TargetView, ...]:
    """What the branch is to reach, for each figure that has a target on the day."""
    if ask.calendar is None:
        return ()
    documents = ask.reference.targets.values()
    figures = dict.fromkeys(each.figure for document in documents for each in document.targets)
    made = []
    for figure in figures:
        target = target_for(documents, ask.source.identity.branch, figure, ask.day)
        if target is None or figure not in FIGURES:
            continue
        found = expected(target, ask.calendar, ask.day, ask.now if ask.running else None)
        if found is not None:
            made.append(_target(ask, figure, found, sample=any(each.sample for each in documents)))
    return tuple(made)


def _target(ask: Question, figure: str, found: Expected, *, sample: bool) -> TargetView:
    target = found.target
    history = ask.numbers.history(figure, target.first, ask.day)
    so_far = sum(int(each.value or 0) for each in history.values())
    reached = int(history[ask.day].value or 0)
    notes = [t("figures.target.sample")] if sample else []
    notes += [] if found.calendar_known else [t("figures.calendar_estimated")]
    return TargetView(
        label=label(figure),
        reached=reached,
        day_total=_amount(found.day_total),
        expected_now=_amount(found.day_by_now),
        period=t(
            "figures.target.period",
            first=day_label(target.first),
            last=day_label(target.last),
            reached=so_far,
            expected=_amount(found.by_now),
            total=target.total,
            day=found.workday,
            days=found.workdays,
        ),
        share=reached / float(found.day_total) if found.day_total else 0.0,
        expected_share=float(found.day_by_now / found.day_total) if found.day_total else 0.0,
        behind=reached < found.day_by_now,
        note=t("figures.definition.and").join(notes),
        rest="" if found.day_total else t("figures.target.rest"),
    )


def _amount(amount: Fraction) -> str:
    """An exact fraction with one decimal."""
    return plain(round(float(amount), 1))
