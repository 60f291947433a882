"""What the list of a section shows, line by line: titles, columns, rows, notes. The store is not asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from branch_console.figure_views.board import BoardView
from branch_console.figure_views.tables import ColumnView, Drill, RowView, TableView, Tone
from branch_console.locale import t
from screens.board.columns import GUTTER, fit_table, titles
from screens.board.sentences import sentence

Kind: TypeAlias = Literal["gap", "title", "columns", "row", "empty", "note", "said"]
FIGURES = "figures"
"""The table of what the tiles show, for the keyboard and for those who read line by line."""
STANDS: frozenset[Kind] = frozenset({"row", "empty", "said"})
"""Where the cursor can stand."""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line. `drill` is what a `said` line or a row leads to; `signal`: to its chart rather than to its rows."""

    kind: Kind
    key: str
    text: str = ""
    table: TableView | None = None
    row: RowView | None = None
    drill: Drill | None = None
    tone: Tone = ""
    signal: bool = False

    @property
    def stands(self) -> bool:
        """Whether the cursor can stand here."""
        return self.kind in STANDS

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The cells of a row with their columns' labels, without the first one, its name. Value and comparison of a
        tile are said by its own detail.
        """
        if self.row is None or self.table is None:
            return ()
        named = zip(self.table.columns, self.row.cells, strict=True)
        return tuple((column.label, cell) for column, cell in named)[3 if self.table.id == FIGURES else 1 :]

    @property
    def numbers(self) -> tuple[tuple[Drill, str, str], ...]:
        """The numbers of a row that lead to rows of their own: what to, label, text."""
        if self.row is None or self.table is None or self.row.drill is None:
            return ()
        drill, figures = self.row.drill, self.table.figures
        named = zip(self.table.columns, self.row.cells, strict=True)
        return tuple(
            (Drill(column.id, drill.group, drill.member), column.label, cell)
            for column, cell in named
            if column.id in figures
        )

    @property
    def why_nothing(self) -> str:
        """Why there are no rows and no chart behind it; empty when there are."""
        if self.row is not None and self.row.hidden:
            return t("board.hidden")
        return t("board.no_rows") if self.drill is None else ""


def board_lines(view: BoardView) -> tuple[BoardLine, ...]:
    """What is unusual first: signals where the section has them, restatements of the day. Then the figures of the
    tiles, that there is no signal, the section's tables, what is to be noted.
    """
    judged = [list(_signals(view))] if view.checked or view.signals else []
    restated = [list(_restated(view))] if view.section == "overview" and view.state.restatements else []
    figures = [table_lines((_figures(view),))] if view.tiles else []
    first, second = (judged, []) if view.signals else ([], judged)
    lines: list[BoardLine] = []
    for part in (*first, *restated, *figures, *second):
        lines += [BoardLine("gap", f"{part[0].key}/gap"), *part] if lines else part
    lines += table_lines(view.tables, bool(lines))
    if lines and view.notes:
        lines.append(BoardLine("gap", "note/gap"))
    lines += [BoardLine("note", f"note/{at}", each) for at, each in enumerate(view.notes)]
    return tuple(lines)


def _restated(view: BoardView) -> Iterator[BoardLine]:
    yield BoardLine("title", "restated", t("board.restated", n=len(view.state.restatements)))
    for each in view.state.restatements:
        yield BoardLine("said", f"restated/{each.figure}", each.text, drill=Drill(each.figure), tone="warning")


def _figures(view: BoardView) -> TableView:
    """The tiles as rows: name, value, comparison, of how many."""
    rows = tuple(
        RowView(
            each.drill.figure,
            cells := (each.label, each.value, each.before, each.detail),
            cells,
            tone=each.tone,
            drill=each.drill,
        )
        for each in view.tiles
    )
    columns = (
        ColumnView("name", t("figures.column.figure")),
        ColumnView("value", t("figures.column.value"), right=True),
        ColumnView("before", t("export.column.before")),
        ColumnView("detail", t("figures.column.detail")),
    )
    return TableView(FIGURES, t("board.figures"), columns, rows)


def _signals(view: BoardView) -> Iterator[BoardLine]:
    yield BoardLine("title", "signals", t("board.signals"))
    if not view.signals:
        yield BoardLine("empty", "signals/none", t("board.signals.none"))
    for each in view.signals:
        drill = Drill(each.figure, each.group, each.member)
        key = f"signals/{each.figure}/{each.group}/{each.member}"
        yield BoardLine("said", key, each.text, drill=drill, tone=each.tone, signal=True)
    yield BoardLine("note", "signals/checked", view.checked)


def table_lines(tables: Sequence[TableView], after: bool = False) -> list[BoardLine]:
    """The lines of some tables; `after` something else."""
    lines: list[BoardLine] = []
    for table in tables:
        if lines or after:
            lines.append(BoardLine("gap", f"{table.id}/gap"))
        lines.append(BoardLine("title", f"{table.id}/title", table.title))
        if table.rows:
            lines.append(BoardLine("columns", f"{table.id}/columns", table=table))
        else:
            lines.append(BoardLine("empty", f"{table.id}/empty", table.empty or t("board.no_data")))
        lines += [
            BoardLine("row", f"{table.id}/{row.key}", table=table, row=row, drill=row.drill, tone=row.tone)
            for row in table.rows
        ]
        lines += [BoardLine("note", f"{table.id}/note/{at}", note) for at, note in enumerate(table.notes)]
    return lines


def wrapped(lines: Sequence[BoardLine], cells: int) -> list[BoardLine]:
    """The lines as they stand in a list of `cells` cells: long sentences on several, of which the cursor can stand on
    the first; titles of columns on two where one has no room for them.
    """
    found: list[BoardLine] = []
    for line in lines:
        if line.kind == "columns" and line.table is not None:
            found.append(line)
            if len(titles(line.table.columns, fit_table(line.table, cells))) > 1:
                found.append(replace(line, key=f"{line.key}/2", text="2"))
        elif line.kind not in {"note", "empty", "said"}:
            found.append(line)
        else:
            for at, part in enumerate(sentence(line.text, max(cells - GUTTER - 1, 10))):
                rest = replace(line, text=part, key=f"{line.key}/{at}", kind="note", drill=None)
                found.append(rest if at else replace(line, text=part))
    return found
