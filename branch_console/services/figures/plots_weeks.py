"""The last twelve weeks of a series, as the figure that it is over each week."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from branch_console.figure_views.detail import PlotPoint, PlotView
from branch_console.locale import t
from branch_console.rules.statistics.control import SIDES, Point, is_outside
from branch_console.rules.statistics.counting import counted, ratio_of
from branch_console.rules.statistics.definition import Value
from branch_console.rules.statistics.figures import FIGURES, RATIOS
from branch_console.rules.statistics.tallies import TALLIED
from branch_console.rules.statistics.tally import Tally, merged
from branch_console.rules.statistics.weeks import (
    Week,
    mondays,
    too_few,
    weekly,
    weekly_parts,
    weekly_sums,
    weekly_values,
)
from branch_console.rules.working_time.calendar import Calendar
from branch_console.services.figures.book import span
from branch_console.services.figures.formats import unit_of
from branch_console.services.figures.question import Question
from branch_console.services.figures.series import Name, day_values, kind_of

_CHARTS: Final = {"count": "u", "share": "p", "rate": "rate", "measure": "xmr"}


def week_plot(ask: Question, name: Name) -> PlotView | None:
    """Every kind of series by week; None without a calendar, and for measures that are added up in no way."""
    if ask.calendar is None or (kind_of(name.figure) == "measure" and not _adds_up(name.figure)):
        return None
    until = ask.day - timedelta(days=1) if ask.running else ask.day
    weeks = _weeks(ask, name, until, ask.calendar)
    kind = kind_of(name.figure)
    by_day = kind == "count" or _is_sum(name.figure)
    notes = [t("figures.plot.weeks.note")]
    notes += [t("figures.plot.weeks.few")] if kind == "measure" and too_few(weeks) else []
    return PlotView(
        title=t("figures.plot.weeks" if by_day else "figures.plot.weeks.whole"),
        name=t(f"figures.chart.{_CHARTS[kind]}"),
        unit=unit_of(name.figure),
        centre=next((each.limits.centre for each in reversed(weeks) if each.limits is not None), None),
        points=tuple(_point(each) for each in weeks),
        notes=tuple(notes),
    )


def _weeks(ask: Question, name: Name, until: date, calendar: Calendar) -> Sequence[Week]:
    first, kind = mondays(until)[0], kind_of(name.figure)
    if kind == "measure" and not _is_sum(name.figure):
        return weekly_values({day: _over_week(ask, name, day, until).value for day in mondays(until)})
    days = day_values(ask, name, first, until)
    if kind in {"share", "rate"}:
        least = FIGURES[name.figure].least if name.figure in FIGURES else 0
        return weekly_parts(days, until, "share" if kind == "share" else "rate", least=least)
    return (weekly if kind == "count" else weekly_sums)(days, until, calendar)


def _over_week(ask: Question, name: Name, monday: date, until: date) -> Value:
    """The figure over a week, by what its days add up to: a median is that of all of the week's rows."""
    days = span(monday, min(monday + timedelta(days=6), until))
    if name.figure in RATIOS:
        ratio = RATIOS[name.figure]
        return ratio_of(name.figure, *(_summed(ask, Name(each.id), days) for each in (ratio.above, ratio.below)))
    return _summed(ask, name, days)


def _summed(ask: Question, name: Name, days: Sequence[date]) -> Value:
    first, last = days[0], days[-1]
    found: list[Tally | None]
    if name.group:
        groups = ask.numbers.groups(name.figure, first, last)
        found = [groups.get(day, {}).get((name.group, name.member)) for day in days]
    else:
        totals = ask.numbers.totals(first, last)
        found = [totals.get(day, {}).get(name.figure) for day in days]
    silent = ask.numbers.silent(first, last) >= set(days)
    return counted(name.figure, merged(each for each in found if each is not None), silent=silent)


def _is_sum(figure: str) -> bool:
    return figure in FIGURES and FIGURES[figure].how == "sum"


def _adds_up(figure: str) -> bool:
    parts = (RATIOS[figure].above.id, RATIOS[figure].below.id) if figure in RATIOS else (figure,)
    return all(each in TALLIED for each in parts)


def _point(each: Week) -> PlotPoint:
    lower, upper = (None, None) if each.limits is None else (each.limits.lower, each.limits.upper)
    unusual = (
        each.limits is not None
        and each.rate is not None
        and any(is_outside(Point(each.rate, each.limits), side) for side in SIDES)
    )
    return PlotPoint(each.monday, f"{each.monday:%m-%d}", each.rate, lower, upper, unusual)
