"""The funnel: of the customers who came in on the day, how many reached each step, and why some ended."""

from typing import Final

from branch_console.figure_views.tables import ColumnView, Drill, RowView, TableView
from branch_console.locale import t
from branch_console.rules.statistics.counting import FunnelLine, funnel_lines
from branch_console.rules.statistics.definition import Value
from branch_console.services.figures.formats import shown, unit_of
from branch_console.services.figures.question import Question
from branch_console.services.figures.tables import Wanted, figure_column, figure_rows, grouped_table, name_column

_FIGURES: Final = ("funnel.reached", "funnel.seconds_median", "funnel.without_result", "funnel.dropped")
_ENDS: Final = ("journeys.received", "funnel.finished", "funnel.confirmed", "funnel.first_use")
_DROPS: Final = Wanted("drop_reasons", "reason", ("funnel.dropped",), chart="bar")
_WITHOUT: Final = Wanted("without_reasons", "reason", ("funnel.without_result",), chart="bar")


def funnel_tables(ask: Question) -> tuple[TableView, ...]:
    """By step, then the ends of the day's journeys, then reasons."""
    return (
        _steps(ask),
        figure_rows(ask, "funnel_ends", _ENDS),
        grouped_table(ask, _DROPS),
        grouped_table(ask, _WITHOUT),
    )


def _steps(ask: Question) -> TableView:
    received = ask.numbers.value("journeys.received", ask.day)
    lines = funnel_lines(ask.numbers.tallies(ask.day), ask.labels.steps())
    columns = (figure_column(_FIGURES[0]), _share_column(), *(figure_column(each) for each in _FIGURES[1:]))
    return TableView(
        id="funnel",
        title=t("figures.table.funnel"),
        columns=(name_column("step"), *columns),
        rows=tuple(_row(ask, each, received) for each in lines),
        figures=_FIGURES,
        notes=(t("figures.funnel.note"),),
        empty=t("figures.empty"),
        chart="bar",
        plotted=_FIGURES[0],
    )


def _row(ask: Question, line: FunnelLine, received: Value) -> RowView:
    nothing = [ask.numbers.nothing(figure, ask.day) for figure in _FIGURES]
    said = (line.reached, line.seconds, line.without_result, line.dropped)
    reached, *others = [empty if found is None else found for found, empty in zip(said, nothing, strict=True)]
    share = None if reached.value is None or not received.value else reached.value / received.value
    name = ask.labels.member(_FIGURES[0], "step", line.step)
    rest = list(zip(_FIGURES[1:], others, strict=True))
    return RowView(
        key=line.step or "none",
        cells=(
            name,
            shown(reached.value, "number"),
            shown(share, "share"),
            *(shown(each.value, unit_of(figure)) for figure, each in rest),
        ),
        raw=(name, reached.value, share, *(each.value for _, each in rest)),
        bar=share,
        drill=Drill(_FIGURES[0], "step", line.step),
    )


def _share_column() -> ColumnView:
    return ColumnView("share", t("figures.column.of_received"), right=True, unit="share")
