"""All series that are judged, with what is unusual about each; their charts are in the detail."""

from collections.abc import Iterable

from branch_console.figure_views.tables import ColumnView, Drill, Raw, RowView, TableView, Tone
from branch_console.locale import t
from branch_console.rules.statistics.charts import Chart, Series
from branch_console.rules.statistics.definition import Value
from branch_console.rules.statistics.signals import Panel, Signal
from branch_console.services.figures.formats import NO_DATA, shown, unit_of
from branch_console.services.figures.judging import series_label, signal_text, tone_of
from branch_console.services.figures.question import Question
from branch_console.services.figures.series import Name, name_of
from branch_console.services.figures.tables import name_column, value_column

MARKS: dict[Tone, str] = {"bad": "!", "warning": "!", "good": "+"}


def trend_tables(ask: Question, series: Iterable[Series], found: Panel | None) -> tuple[TableView, ...]:
    """One row a series; those that were not judged say why."""
    names = [name_of(each.id) for each in series]
    charts = {each.series.id: each for each in (found.charts if found else ())}
    why = {each.series: t(f"signal.left_out.{each.why}", days=each.days) for each in (found.left_out if found else ())}
    signals: dict[str, list[Signal]] = {}
    for each in found.signals if found else ():
        signals.setdefault(each.series, []).append(each)
    rows = [_row(ask, name, charts.get(name.id), signals.get(name.id, []), why.get(name.id, NO_DATA)) for name in names]
    table = TableView(
        id="trends",
        title=t("figures.table.trends"),
        columns=(
            name_column("series"),
            value_column(),
            ColumnView("centre", t("figures.column.centre"), right=True),
            ColumnView("limits", t("figures.column.limits"), right=True),
            ColumnView("signal", t("figures.column.signal")),
        ),
        rows=tuple(rows),
        figures=tuple(dict.fromkeys(each.figure for each in names)),
        notes=(t("figures.trends.note"),),
        empty=t("figures.empty"),
    )
    return (table,)


def _row(ask: Question, name: Name, chart: Chart | None, signals: list[Signal], why: str) -> RowView:
    unit = unit_of(name.figure)
    value = value_of(ask, name).value
    centre, limits = "", ""
    if chart is not None and chart.points:
        last = chart.points[-1].limits
        counted = "number" if chart.name == "gaps" else unit
        centre = shown(round(last.centre, 4), counted)
        ends = [NO_DATA if each is None else shown(round(each, 4), counted) for each in (last.lower, last.upper)]
        limits = "–".join(ends) if chart.name != "gaps" else t("figures.gaps.limit", days=ends[1])
        centre = centre if chart.name != "gaps" else t("figures.gaps.centre", days=centre)
    said = [signal_text(ask, each, ask.day) for each in signals]
    tone: Tone = tone_of(signals[0]) if signals else "muted" if chart is None else ""
    words = (
        " ".join([MARKS[tone], t("figures.definition.and").join(said)]) if said else ("" if chart is not None else why)
    )
    label = series_label(ask, name)
    raw: tuple[Raw, ...] = (label, value, centre, limits, words)
    return RowView(name.id, (label, shown(value, unit), centre, limits, words), raw, tone=tone, drill=Drill(*name))


def value_of(ask: Question, name: Name) -> Value:
    """The value of the day."""
    if not name.group:
        return ask.numbers.value(name.figure, ask.day)
    parts = ask.numbers.parts(name.figure, name.group, ask.day)
    return parts.get(name.member) or ask.numbers.nothing(name.figure, ask.day)
