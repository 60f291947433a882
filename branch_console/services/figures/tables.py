"""How tables are put together: columns are figures, a row is one member of a group, its drill-down is the row's."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from branch_console.figure_views.tables import ColumnView, Drill, Raw, RowView, TableView
from branch_console.locale import t
from branch_console.rules.statistics.definition import Value
from branch_console.rules.statistics.suppression import hidden_cells
from branch_console.services.figures.definitions import label
from branch_console.services.figures.formats import HIDDEN, detail, shown, unit_of
from branch_console.services.figures.question import Question

NAME: Final = "name"


class Wanted(NamedTuple):
    """A table by a group. The first of the `figures` is the row's main number.

    `attribute`: the group is what customers are, so cells of few are hidden from whoever may not see them.
    """

    id: str
    group: str
    figures: tuple[str, ...]
    attribute: bool = False
    chart: Literal["", "bar", "line"] = ""
    order: Callable[[str, Mapping[str, Value]], object] | None = None


def grouped_table(
    ask: Question, wanted: Wanted, *, only: Callable[[str], bool] = lambda _: True, notes: Sequence[str] = ()
) -> TableView:
    """A table of figures by the members of one group."""
    columns = {figure: ask.numbers.parts(figure, wanted.group, ask.day) for figure in wanted.figures}
    members = sorted({member for parts in columns.values() for member in parts if only(member)})
    rows = {member: {figure: _part(ask, figure, parts.get(member)) for figure, parts in columns.items()}
            for member in members}  # fmt: skip
    order = wanted.order
    if order is not None:
        members.sort(key=lambda member: order(member, rows[member]))  # type: ignore[arg-type,return-value]
    hidden = hidden_members(ask, wanted.group, wanted.figures) if wanted.attribute else frozenset()
    most = max((found[wanted.figures[0]].value or 0 for found in rows.values()), default=0)
    lines = []
    for member in members:
        name = ask.labels.member(wanted.figures[0], wanted.group, member)
        if member in hidden:
            lines.append(hidden_row(member, name, len(wanted.figures)))
            continue
        first = rows[member][wanted.figures[0]]
        lines.append(
            RowView(
                key=member or "none",
                cells=(name, *(shown(rows[member][figure].value, unit_of(figure)) for figure in wanted.figures)),
                raw=(name, *(rows[member][figure].value for figure in wanted.figures)),
                bar=(first.value or 0) / most if most else None,
                drill=Drill(wanted.figures[0], wanted.group, member),
            )
        )
    said = [*notes, t("figures.hidden", cell=HIDDEN)] if hidden else list(notes)
    return TableView(
        id=wanted.id,
        title=t(f"figures.table.{wanted.id}"),
        columns=(name_column(wanted.id), *(figure_column(figure) for figure in wanted.figures)),
        rows=tuple(lines),
        figures=wanted.figures,
        notes=tuple(said),
        empty=t("figures.empty"),
        chart=wanted.chart,
        plotted=wanted.figures[0] if wanted.chart else "",
    )


def hidden_row(key: str, name: str, count: int) -> RowView:
    """A row of few customers, whose numbers are not for everybody."""
    nothing: tuple[Raw, ...] = (None,) * count
    return RowView(key or "none", (name, *(HIDDEN for _ in range(count))), (name, *nothing), hidden=True, tone="muted")


def figure_row(ask: Question, figure: str) -> RowView:
    """One figure of the whole day as a row: its name, value, and of how many."""
    found = ask.numbers.value(figure, ask.day)
    return RowView(
        key=figure,
        cells=(label(figure), shown(found.value, unit_of(figure)), detail(figure, found)),
        raw=(label(figure), found.value, detail(figure, found)),
        drill=Drill(figure),
    )


def figure_rows(ask: Question, name: str, figures: Sequence[str], notes: Sequence[str] = ()) -> TableView:
    """A table with one figure a row."""
    return TableView(
        id=name,
        title=t(f"figures.table.{name}"),
        columns=(name_column("figure"), value_column(), ColumnView("detail", t("figures.column.detail"))),
        rows=tuple(figure_row(ask, figure) for figure in figures),
        figures=tuple(figures),
        notes=tuple(notes),
    )


def name_column(of: str) -> ColumnView:
    """The column of names."""
    return ColumnView(NAME, t(f"figures.column.{of}"))


def value_column() -> ColumnView:
    """The column of values of several units: each row's is that of its figure."""
    return ColumnView("value", t("figures.column.value"), right=True, unit="figure")


def figure_column(figure: str) -> ColumnView:
    """The column of one figure."""
    return ColumnView(figure, label(figure), right=True, unit=unit_of(figure))


def _part(ask: Question, figure: str, found: Value | None) -> Value:
    """A member without any row: nothing of what is counted, no data of what is measured."""
    return ask.numbers.nothing(figure, ask.day) if found is None else found


def hidden_members(ask: Question, group: str, figures: Sequence[str]) -> frozenset[str]:
    """Rows that are hidden because some column of theirs is of few customers, or is needed to hide such a one."""
    hidden: set[str] = set()
    columns = {figure: ask.numbers.parts(figure, group, ask.day) for figure in figures}
    members = sorted({member for parts in columns.values() for member in parts})
    for figure, parts in columns.items():
        found = {member: _part(ask, figure, parts.get(member)) for member in members}
        hidden |= hidden_cells({member: each.of for member, each in found.items()}, ask.desk.role)
    return frozenset(hidden)
