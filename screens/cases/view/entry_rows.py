"""How an entry stands in the timeline: when, who, what, and first of all whether two sides did something at once."""

from branch_console.case_views.working import EntryLine
from branch_console.locale import language, t
from screens.signs import sign
from screens.text import one_line
from screens.widgets.row_drawing import Cell, Column

WHAT = {"zh": 12, "en": 19}
"""Cells in which entries are told apart: that containing was asked for, and that it failed or expired."""


def columns() -> list[Column]:
    """Of the timeline; the terminal only where there is room."""
    return [
        Column("", 1),
        Column(t("cases.column.at"), 11),
        Column(t("cases.column.who"), 8),
        Column(t("cases.column.what"), WHAT[language()]),
        Column(t("cases.column.text")),
        Column(t("cases.column.terminal"), 6, wide_only=True),
    ]


def cells(line: EntryLine) -> list[Cell]:
    """One entry. What did not fit is said in words before its text, not by a sign alone."""
    marked = bool(line.marks)
    tone = "warning" if line.unsettled else "muted"
    mark: Cell = (sign("warning"), "warning") if line.unsettled else (sign("problem"), "muted") if marked else ""
    return [mark, line.at, line.who, line.label, (said(line), tone if marked else ""), (line.terminal, "muted")]


def said(line: EntryLine) -> str:
    """Marks, then text, then what else the entry says."""
    mark = ""
    if line.both_sides:
        mark = t("cases.sides.unsettled" if line.unsettled else "cases.sides.settled")
    elif line.marks:
        mark = t("cases.sides.marked")
    text = t("cases.erased") if line.erased and not line.text else line.text
    rest = "  ".join(f"{label} {value}" for label, value in line.details)
    return one_line("  ".join(each for each in (mark, text, rest) if each))
