"""One series in depth: definition, control chart of 28 days, twelve weeks, what is unusual."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from branch_console.figure_views.detail import DetailView, PlotPoint, PlotView
from branch_console.figure_views.tables import Drill
from branch_console.locale import t
from branch_console.rules.errors import RuleError
from branch_console.rules.statistics.charts import BASELINE, Chart, ChartPoint, Series
from branch_console.rules.statistics.control import SIDES, is_outside
from branch_console.rules.statistics.figures import FIGURES, RATIOS
from branch_console.rules.statistics.tallies import TALLIED
from branch_console.rules.working_time.workdays import workday
from branch_console.services.figures.comparison import Comparison
from branch_console.services.figures.drilling import check, counted, said, title
from branch_console.services.figures.formats import shown, unit_of
from branch_console.services.figures.judging import judged, signal_text, tone_of
from branch_console.services.figures.numbers import has_stood
from branch_console.services.figures.plots_standing import standing_plots
from branch_console.services.figures.plots_weeks import week_plot
from branch_console.services.figures.question import Question
from branch_console.services.figures.series import ABOUT_CUSTOMERS, Name, series_of
from branch_console.services.figures.sources import basis_of

POINTS: Final = BASELINE + 1


def detail_view(ask: Question, drill: Drill) -> DetailView:
    """Everything that is said of one number. Raises RuleError as its rows do."""
    check(ask, drill)
    if drill.group in ABOUT_CUSTOMERS and not ask.sees_small:
        raise RuleError("figure_hidden")  # some of the days before may be of few customers
    found = counted(ask, drill)
    name = Name(drill.figure, drill.group, drill.member)
    before = ""
    if not drill.group and drill.figure in {*FIGURES, *RATIOS}:
        before, _ = Comparison(ask).words(drill.figure, ask.numbers.value(drill.figure, ask.day))
    why = _why_not(drill)
    stands = not why and has_stood(drill.figure)
    days, weeks = standing_plots(ask, name) if stands else (None, None)
    series = None if why or stands else series_of(ask, name)
    panel = None if series is None else judged(ask, [series])
    chart = next(iter(panel.charts), None) if panel else None
    if panel is not None and panel.left_out:
        left = panel.left_out[0]
        why = t(f"signal.left_out.{left.why}", days=left.days)
    return DetailView(
        drill=drill,
        title=title(ask, drill),
        value=shown(found.value, unit_of(drill.figure)),
        before=before,
        definition=tuple(said(drill.figure)),
        days=days if series is None else _days(ask, name, series, chart),
        weeks=weeks if series is None else week_plot(ask, name),
        signals=tuple((signal_text(ask, each, ask.day), tone_of(each)) for each in (panel.signals if panel else ())),
        why_no_chart=why,
    )


def _why_not(drill: Drill) -> str:
    """Why there are no days to draw; empty when there are."""
    if drill.figure not in {*FIGURES, *RATIOS}:
        return t("figures.no_chart.no_series")
    stands = has_stood(drill.figure)
    if basis_of(drill.figure) == "standing" and not stands:
        return t("figures.no_chart.standing")
    if drill.group and (not (stands or drill.figure in TALLIED) or drill.group not in FIGURES[drill.figure].groups):
        return t("figures.no_chart.no_series")
    return ""


def _days(ask: Question, name: Name, series: Series, chart: Chart | None) -> PlotView:
    """The chart of the day; without one the plain days, so that something is seen before there are limits."""
    if chart is None:
        points = _window(ask, series, {})
        return PlotView(_title(ask), t("figures.chart.none"), unit_of(name.figure), None, points)
    gaps = chart.name == "gaps"
    charted = [_point(each, goes_on=ask.running and not gaps and each.day == ask.day) for each in chart.points]
    return PlotView(
        title=t("figures.plot.gaps") if gaps else _title(ask),
        name=t("figures.chart.rate" if series.kind == "rate" else f"figures.chart.{chart.name}"),
        unit="working_days" if gaps else unit_of(name.figure),
        centre=chart.points[-1].limits.centre if chart.points else None,
        points=tuple(charted[-POINTS:]) if gaps else _window(ask, series, {each.day: each for each in charted}),
        notes=() if chart.calendar_known else (t("figures.calendar_estimated"),),
    )


def _title(ask: Question) -> str:
    return t("figures.plot.days" if ask.calendar is not None else "figures.plot.all_days")


def _window(ask: Question, series: Series, charted: Mapping[date, PlotPoint]) -> tuple[PlotPoint, ...]:
    """The working days before, as far as it is known which are, and the day itself whatever it is.

    A day without data is there without a value.
    """
    calendar = ask.calendar
    shown = [
        each for each in series.days if calendar is None or each.day == ask.day or workday(calendar, each.day).working
    ]
    return tuple(
        charted.get(each.day) or PlotPoint(each.day, f"{each.day:%m-%d}", _plain(each.value, each.of), None, None)
        for each in shown[-POINTS:]
    )


def _plain(value: float | None, of: float | None) -> float | None:
    """A share is told by its parts."""
    if of is None or value is None:
        return value
    return value / of if of else None


def _point(each: ChartPoint, *, goes_on: bool) -> PlotPoint:
    """On a day that goes on, too few is not unusual yet."""
    unusual = any(is_outside(each.point, side) for side in SIDES if not goes_on or side == "above")
    return PlotPoint(each.day, f"{each.day:%m-%d}", each.value, each.limits.lower, each.limits.upper, unusual)
