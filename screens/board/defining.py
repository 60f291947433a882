"""Which figures' definitions somebody asks for: that under the cursor, those of its table, then all of the section."""

from collections.abc import Iterator, Sequence

from branch_console.figure_views.board import BoardView
from branch_console.figure_views.tables import Drill, TableView
from screens.board.lines import BoardLine


def asked_figures(view: BoardView | None, drill: Drill | None, line: BoardLine | None) -> tuple[str, ...]:
    """Ids, each once. What a row drills to may be no figure (a sign): its words are asked for too."""
    found: list[str] = [drill.figure] if drill is not None else []
    if line is not None:
        found += [line.drill.figure] if line.drill is not None else []
        found += in_tables((line.table,) if line.table is not None else ())
    if view is not None:
        found += [each.drill.figure for each in view.tiles]
        found += in_tables(view.tables)
    return tuple(dict.fromkeys(found))


def in_tables(tables: Sequence[TableView]) -> Iterator[str]:
    """Every figure that stands in a table: of its columns, of its rows, and what it says that it shows."""
    for table in tables:
        yield from (column.id for column in table.columns)
        yield from table.figures
        yield from (row.drill.figure for row in table.rows if row.drill is not None)
