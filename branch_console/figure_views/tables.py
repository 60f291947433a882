"""Tables of figures: what a list draws and a file writes are the same rows."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Raw: TypeAlias = str | int | float | None
Tone: TypeAlias = Literal["", "good", "bad", "muted", "warning"]


@dataclass(frozen=True, slots=True)
class Drill:
    """Which rows stand behind a number: those of a figure, of one member of one group ("" and "": all of them)."""

    figure: str
    group: str = ""
    member: str = ""


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column. `unit` is that of the raw values (`number`, `share`, `minutes`, `fen`, … as in docs/figures.md).

    `figure`: every row is another figure, and has the unit of that to which it drills.
    """

    id: str
    label: str
    right: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: `cells` as they are shown, `raw` as they are written to files (numbers as numbers; None: no data).

    `bar` (0 to 1) is drawn behind the cells. `hidden`: suppressed, fewer than 5 customers.
    """

    key: str
    cells: tuple[str, ...]
    raw: tuple[Raw, ...]
    bar: float | None = None
    tone: Tone = ""
    drill: Drill | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    """One table. `figures` are the ids of the figures in it, for their definitions; `notes` stand under it.

    `chart` says how a workbook plots it: bars of the column `plotted` by row, lines, or not at all.
    """

    id: str
    title: str
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    figures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    empty: str = ""
    chart: Literal["", "bar", "line"] = ""
    plotted: str = ""


@dataclass(frozen=True, slots=True)
class FactLine:
    """One row behind a number. `subject` leads to the journey, claim or case; empty where nothing can be opened."""

    subject: str
    cells: tuple[str, ...]
    raw: tuple[Raw, ...]
    counted: bool
    """In the numerator; the others are only among those that were looked at."""


@dataclass(frozen=True, slots=True)
class RowsView:
    """The rows behind a number, those that count first. `value` is the number itself, worked out from these rows."""

    drill: Drill
    day: date
    title: str
    value: str
    columns: tuple[ColumnView, ...]
    lines: tuple[FactLine, ...]
    counted: int
    of: int
    definition: tuple[str, ...]
    as_of: str
