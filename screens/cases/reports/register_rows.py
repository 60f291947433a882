"""Rows and columns of the complaint register on the screen."""

from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from branch_console.case_views.reports import AxisLine, RegisterLine
from branch_console.locale import t
from screens.signs import sign
from screens.widgets.row_drawing import Cell, Column
from screens.widgets.row_list import RowList


class PeriodRows(RowList[Any]):
    """Left and right, which a list has no use for, change the period."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.period(-1)", show=False),
        Binding("right", "screen.period(1)", "report.key.period", id="report.period"),
    ]


def case_columns() -> list[Column]:
    """One line for each case."""
    return [
        Column(t("report.column.number"), 27),
        Column(t("report.column.received"), 11, wide_only=True),
        Column(t("report.column.kind"), 10, wide_only=True),
        Column("A   B   C", 11),
        Column(t("report.column.c_label")),
        Column(t("report.column.due"), 10, wide_only=True),
        Column(t("report.column.in_time"), 20),
    ]


def case_cells(line: RegisterLine) -> list[Cell]:
    """What does not count says so where the others say how they stand with the time."""
    stands: Cell = line.in_time
    if line.why_not_counted:
        stands = (line.why_not_counted, "muted")
    return [line.number, (line.received, "muted"), line.kind, line.codes, line.reason, line.due, stands]


def axis_columns() -> list[Column]:
    """One line for each code of each axis."""
    return [
        Column(t("report.axis_column.axis"), 6),
        Column(t("report.axis_column.code"), 6),
        Column(t("report.axis_column.label")),
        Column(t("report.axis_column.count"), 6, right=True),
        Column(t("report.axis_column.share"), 7, right=True),
        Column(t("report.axis_column.table"), 14),
    ]


def axis_cells(line: AxisLine) -> list[Cell]:
    """A placeholder is marked by sign and word."""
    source: Cell = t("report.bank_code")
    if line.placeholder:
        source = (f"{sign('warning')} {t('report.placeholder')}", "warning")
    return [(line.axis, "muted"), line.code, line.label, str(line.count), line.share, source]
