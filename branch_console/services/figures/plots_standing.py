"""What stood open at the end of each day and week, as it is known now."""

from collections.abc import Sequence
from datetime import date, timedelta

from branch_console.figure_views.detail import PlotPoint, PlotView
from branch_console.locale import t
from branch_console.rules.statistics.charts import BASELINE
from branch_console.rules.statistics.weeks import mondays
from branch_console.rules.working_time.workdays import workday
from branch_console.services.figures.book import span
from branch_console.services.figures.formats import unit_of
from branch_console.services.figures.question import Question
from branch_console.services.figures.series import Name

_WEEK = timedelta(days=6)


def standing_plots(ask: Question, name: Name) -> tuple[PlotView, PlotView]:
    """Days and weeks. No limits: what stands today is for the most part what stood yesterday, so days are not samples.

    The week that goes on stands with its newest day.
    """
    days = span(ask.day - timedelta(days=BASELINE - 1), ask.day)
    weeks = [min(monday + _WEEK, ask.day) for monday in mondays(ask.day)]
    return _plot(ask, name, days, "days"), _plot(ask, name, weeks, "weeks")


def _plot(ask: Question, name: Name, days: Sequence[date], which: str) -> PlotView:
    found = ask.numbers.stood(name.figure, name.group, name.member, days)
    points = [
        PlotPoint(day, f"{day:%m-%d}", each.value, None, None)
        for day, each in found.items()
        if each.value is not None or which == "weeks" or _worked(ask, day)
    ]
    return PlotView(
        title=t(f"figures.plot.standing.{which}"),
        name=t("figures.chart.none"),
        unit=unit_of(name.figure),
        centre=None,
        points=tuple(points),
        notes=(t("figures.plot.standing.note"), t("figures.plot.standing.no_limits")),
    )


def _worked(ask: Question, day: date) -> bool:
    """A day of rest of which nobody has reported is no gap."""
    return ask.calendar is None or workday(ask.calendar, day).working
