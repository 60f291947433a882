"""Complaints, ratings and suggestions of the day."""

from dataclasses import replace
from typing import Final

from branch_console.figure_views.tables import Drill, RowView, TableView
from branch_console.locale import t
from branch_console.services.figures.formats import shown
from branch_console.services.figures.groups import AGE_BANDS
from branch_console.services.figures.question import Question
from branch_console.services.figures.tables import Wanted, figure_column, figure_rows, grouped_table, name_column

_CASES: Final = (
    "cases.received", "cases.withdrawn", "cases.decided", "cases.decided_rate", "cases.closed", "cases.repeats",
    "cases.repeat_rate", "cases.regulator", "cases.escalated", "cases.per_thousand", "cases.open", "clocks.overdue",
    "cases.days_median", "cases.days_p90", "cases.working_days_median", "cases.working_days_p90",
)  # fmt: skip
_CLOCKS: Final = ("clocks.statutory", "clocks.internal", "clocks.first_contact")
_RATINGS: Final = ("ratings.given", "ratings.csat", "ratings.response_journeys", "ratings.response_cases")
_IDEAS: Final = ("ideas.received", "ideas.adopted", "ideas.days_median")
_BY: Final = ("cases.received", "cases.decided", "cases.withdrawn", "cases.open")
_CATEGORIES: Final = Wanted("categories", "category", _BY, chart="bar")
_REASONS: Final = Wanted("reasons", "reason", _BY, chart="bar")
_SCORES: Final = Wanted("scores", "score", ("ratings.given",), chart="bar")
_TOPICS: Final = Wanted("topics", "topic", ("ideas.received",))
OPEN: Final = "cases.open"


def case_tables(ask: Question) -> tuple[TableView, ...]:
    """Totals, time limits by due day, how old what is open is, by category and reason, ratings, suggestions."""
    return (
        figure_rows(ask, "cases", _CASES),
        figure_rows(ask, "clocks", _CLOCKS, notes=[t("figures.clocks.note")]),
        _ages(ask),
        grouped_table(ask, _CATEGORIES),
        grouped_table(ask, _REASONS),
        figure_rows(ask, "ratings", _RATINGS, notes=[t("figures.ratings.note")]),
        grouped_table(ask, _SCORES),
        figure_rows(ask, "ideas", _IDEAS),
        grouped_table(ask, _TOPICS),
    )


def _ages(ask: Question) -> TableView:
    """Every age has its row, also those of which there is nothing."""
    found = ask.numbers.parts(OPEN, "age", ask.day)
    nothing = ask.numbers.nothing(OPEN, ask.day)
    counts = {band: found.get(band, nothing) for band in AGE_BANDS}
    most = max((each.value or 0 for each in counts.values()), default=0)
    rows = []
    for band, each in counts.items():
        name = ask.labels.member(OPEN, "age", band)
        bar = (each.value or 0) / most if most else None
        row = RowView(band, (name, shown(each.value, "number")), (name, each.value), bar)
        rows.append(replace(row, drill=Drill(OPEN, "age", band)))
    return TableView(
        id="ages",
        title=t("figures.table.ages"),
        columns=(name_column("age"), figure_column(OPEN)),
        rows=tuple(rows),
        figures=(OPEN,),
        chart="bar",
        plotted=OPEN,
    )
