"""The charts of a series as sheets: values and limits by day and by week, with a native line chart over them."""

from collections.abc import Iterator

from branch_console.figure_views.detail import DetailView, PlotView
from branch_console.locale import t
from branch_console.services.exports.sheet import Col, Drawn, Graph, Sheet
from branch_console.services.figures.exporting_units import heading, looks_of, written


def trend_sheets(detail: DetailView, below: tuple[str, ...]) -> Iterator[Sheet]:
    """A sheet for each plot of a series; where there is none, why."""
    signals = tuple(text for text, _ in detail.signals)
    for plot, which in ((detail.days, "days"), (detail.weeks, "weeks")):
        if plot is not None:
            name = t(f"export.trend.{which}", title=detail.title)
            yield _sheet(name, plot, (plot.title, plot.name, *plot.notes, *signals, *below))
    if detail.days is None:
        name = t("export.trend.days", title=detail.title)
        yield Sheet(name, (Col(t("export.column.day")),), (), (detail.why_no_chart, *below))


def _sheet(name: str, plot: PlotView, notes: tuple[str, ...]) -> Sheet:
    looks = looks_of(plot.unit, mean=True)
    numbers = [
        Col(heading(t(f"export.column.{each}"), plot.unit), looks=looks)
        for each in ("value", "centre", "lower", "upper")
    ]
    value = Col(numbers[0].label, looks=looks, remark=t("export.empty_cell"))
    columns = (Col(t("export.column.day")), Col(t("export.column.label")), value, *numbers[1:], Col(_unusual()))
    rows = tuple(
        (
            each.day.isoformat(),
            each.label,
            *(written(number, plot.unit) for number in (each.value, plot.centre, each.lower, each.upper)),
            _unusual() if each.unusual else None,
        )
        for each in plot.points
    )
    gaps = (t("export.empty_cell"),) if any(each.value is None for each in plot.points) else ()
    drawn = (Drawn(2), Drawn(3, quiet=True), Drawn(4, quiet=True), Drawn(5, quiet=True))
    graph = Graph(plot.title, "line", drawn, labels=1, looks=looks)
    return Sheet(name, columns, rows, (*(each for each in notes if each), *gaps), graphs=(graph,))


def _unusual() -> str:
    return t("export.column.unusual")
